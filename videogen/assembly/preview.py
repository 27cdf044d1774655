"""A clip as a page previews it: a few seconds as the film shows it, small, and one picture of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from av import VideoFrame

from videogen.assembly.shots import ShotFrames
from videogen.assembly.style import Look
from videogen.assembly.thumbnail import as_image, scaled
from videogen.assembly.timeline import Shot
from videogen.domain.footage import Card, MediaFile
from videogen.domain.video import Format
from videogen.files import atomic_file
from videogen.media.encoding import ENCODERS, SOFTWARE, encode
from videogen.media.frames import copy_of

_SECONDS = 4
_RATE = Fraction(12)
_LONGER = 480  # pixels
_ENCODER = ENCODERS[SOFTWARE]["draft"]


@dataclass(frozen=True, slots=True)
class Sight:
    """What is to be seen of a clip: from `offset` seconds into the file on, for `seconds`.

    Where it can't be shown, a card with its `title` on it is.
    """

    media: MediaFile | Card
    title: str
    offset: float = 0.0
    seconds: float = _SECONDS


def draw_preview(sight: Sight, output: Format, look: Look, video: Path, picture: Path) -> None:
    """Write a video of some seconds, and its middle as a JPEG, in the film's shape.

    Raises:
        AssemblyError: the encoder failed.
    """
    shape = _small(output)
    frames = max(1, round(min(sight.seconds, _SECONDS) * shape.rate))
    shown = _frames(sight, shape, look, frames)
    with atomic_file(video) as partial:
        encode(_pictured(shown, frames // 2, picture), partial, shape, _ENCODER)


def draw_picture(sight: Sight, output: Format, look: Look, picture: Path) -> None:
    """Write the first frame that is seen as a JPEG, in the film's shape."""
    for _ in _pictured(_frames(sight, _small(output), look, 1), 0, picture):
        pass


def _small(output: Format) -> Format:
    shape = scaled(output, _LONGER / max(output.size))
    return Format(_RATE, shape.width, shape.height)


def _frames(sight: Sight, shape: Format, look: Look, frames: int) -> Iterator[VideoFrame]:
    begin = round(Fraction(sight.offset) * shape.rate)
    shot = Shot(sight.media, frames, 0, begin)
    source = ShotFrames(shot, frames, sight.title, shape, look)
    try:
        for index in range(frames):
            yield source.frame(index)
    finally:
        source.close()


def _pictured(frames: Iterator[VideoFrame], wanted: int, picture: Path) -> Iterator[VideoFrame]:
    """Yield frames as they come, and write one of them as a JPEG."""
    for index, frame in enumerate(frames):
        if index == wanted:
            with atomic_file(picture) as partial:
                as_image(copy_of(frame)).save(partial, "JPEG", quality=85)
        yield frame
