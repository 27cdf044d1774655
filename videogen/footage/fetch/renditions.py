"""Which of a recording's sizes is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Short sides above this only cost: no output is larger.
_MOST_ROWS = 1080


@dataclass(frozen=True, slots=True)
class Rendition:
    """One size of a recording: pixels, and bits a second or bytes to tell equals apart."""

    url: str
    width: int
    height: int
    weight: float


def choose_rendition(renditions: Sequence[Rendition], width: int, height: int) -> Rendition:
    """Return the smallest that covers the output, else the largest there is; at least one is given.

    Sizes above 1080p are left out where there is another.
    """
    usable = [one for one in renditions if min(one.width, one.height) <= _MOST_ROWS] or renditions
    covering = [one for one in usable if one.width >= width and one.height >= height]
    if covering:
        return min(covering, key=lambda one: (one.width * one.height, one.weight))
    return max(usable, key=lambda one: (one.width * one.height, -one.weight))
