"""Scenes become shown scenes: search, judge, assign, fetch."""
