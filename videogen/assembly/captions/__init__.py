"""Captions: broken into cues, written beside the video, burned into it."""
