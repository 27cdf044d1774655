"""The film: its format, its limits, the finished file."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

# What a video may be asked to last, in seconds.
SHORTEST_SECONDS, LONGEST_SECONDS = 5, 7200

EncoderChoice = Literal["auto", "x264", "nvenc", "qsv", "vaapi", "videotoolbox"]
StyleName = Literal["dark", "light", "bold"]
Quality = Literal["draft", "good", "best"]


@dataclass(frozen=True, slots=True)
class Format:
    """What all frames of a cut share: frames a second, and a size in pixels."""

    rate: Fraction
    width: int
    height: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return (self.width, self.height)

    @property
    def halved(self) -> Format:
        """The format of half the width and height, in even pixels."""
        width, height = (max(2, side // 4 * 2) for side in self.size)
        return Format(self.rate, width, height)


@dataclass(frozen=True, slots=True)
class Framing:
    """What is seen of a picture whose shape is not the cut's.

    A part of it that fills the cut, as near as can be around `x` and `y`, which go from 0 to 1 over
    the picture's width and height; or, `whole`, all of it over a blurred ground of itself.
    """

    x: float = 0.5
    y: float = 0.5
    whole: bool = False


CENTRED = Framing()


@dataclass(frozen=True, slots=True)
class Video:
    """The finished file as measured: seconds, bytes, pixels, frames a second."""

    path: Path
    thumbnail_path: Path
    captions_paths: tuple[Path, ...]
    duration: float
    file_size: int
    width: int
    height: int
    fps: float
