"""Captions beside the video, as SubRip and WebVTT, and as a track in it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from videogen.assembly.timeline import Timeline
from videogen.media.join import Subtitle


def subtitles(timeline: Timeline) -> tuple[Subtitle, ...]:
    """Return all captions in frames from the start of the video."""
    return tuple(
        Subtitle(first + caption.start, first + caption.end, "\n".join(caption.lines))
        for first, scene in timeline.placed()
        for caption in scene.captions
    )


def srt(timeline: Timeline) -> str:
    """Return all captions as SubRip text."""
    cues = [
        f"{number}\n{times}\n{text}\n"
        for number, (times, text) in enumerate(_timed(timeline, ","), 1)
    ]
    return "\n".join(cues)


def vtt(timeline: Timeline) -> str:
    """Return all captions as WebVTT text (W3C)."""
    escaped = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
    cues = [f"{times}\n{text.translate(escaped)}\n" for times, text in _timed(timeline, ".")]
    return "\n".join(["WEBVTT\n", *cues])


def _timed(timeline: Timeline, point: str) -> Iterator[tuple[str, str]]:
    for one in subtitles(timeline):
        edges = (_clock(frame / timeline.rate, point) for frame in (one.start, one.end))
        yield " --> ".join(edges), one.text


def _clock(seconds: Fraction, point: str) -> str:
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{milliseconds:03}"
