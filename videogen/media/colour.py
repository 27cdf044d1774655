"""Colours as the encoder stores them: limited-range BT.709."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Yuv:
    """A colour as luma (16 to 235) and two chroma values (16 to 240, 128 is grey)."""

    luma: float
    blue: float
    red: float


def yuv(web_colour: str) -> Yuv:
    """Return a colour written as `#rrggbb` (ITU-R BT.709, section 3)."""
    r, g, b = (int(web_colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    luma = 0.2126 * r + 0.7152 * g + 0.0722 * b
    return Yuv(
        16 + 219 * luma,
        128 + 224 * (b - luma) / 1.8556,
        128 + 224 * (r - luma) / 1.5748,
    )


WHITE = yuv("#ffffff")
BLACK = yuv("#000000")
