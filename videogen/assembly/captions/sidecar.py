"""Captions as files beside the video: SubRip and WebVTT."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from videogen.assembly.timeline import Caption, Timeline


def srt(timeline: Timeline) -> str:
    """Return all captions as SubRip text."""
    cues = []
    for number, (start, end, caption) in enumerate(_timed(timeline), 1):
        times = f"{_clock(start, ',')} --> {_clock(end, ',')}"
        cues.append("\n".join([str(number), times, *caption.lines, ""]))
    return "\n".join(cues)


def vtt(timeline: Timeline) -> str:
    """Return all captions as WebVTT text (W3C)."""
    escaped = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
    cues = ["WEBVTT\n"]
    for start, end, caption in _timed(timeline):
        times = f"{_clock(start, '.')} --> {_clock(end, '.')}"
        lines = (line.translate(escaped) for line in caption.lines)
        cues.append("\n".join([times, *lines, ""]))
    return "\n".join(cues)


def _timed(timeline: Timeline) -> Iterator[tuple[Fraction, Fraction, Caption]]:
    for scene, first in zip(timeline.scenes, timeline.starts, strict=True):
        for caption in scene.captions:
            start, end = first + caption.start, first + caption.end
            yield start / timeline.rate, end / timeline.rate, caption


def _clock(seconds: Fraction, point: str) -> str:
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{milliseconds:03}"
