"""The thumbnail: a sharp, bright frame of the cut with its topic set on it."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from videogen.assembly.segment import Format
from videogen.assembly.sources import ShotFrames
from videogen.timeline import Timeline
from videogen.workspace import atomic_file

_SIZE = (1280, 720)


def write_thumbnail(timeline: Timeline, title: str, path: Path) -> None:
    """Write a JPEG of 1280 x 720."""
    shot = timeline.scenes[0].shots[0]
    source = ShotFrames(shot, 999999, title, Format(timeline.rate, *_SIZE), 1)
    image = Image.fromarray(source.frame(60).to_ndarray(format="rgb24"))
    source.close()
    with atomic_file(path) as partial:
        image.save(partial, "JPEG", quality=90)
