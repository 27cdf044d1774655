"""Which of a recording's sizes is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rendition:
    """One size of a recording: pixels, and bits a second or bytes to tell equals apart."""

    url: str
    width: int
    height: int
    weight: float


def choose_rendition(renditions: Sequence[Rendition], width: int, height: int) -> Rendition:
    """Return the smallest whose short side is the output's at least, else the largest there is.

    Of equally short sides one that covers the output comes first. At least one is given.
    """
    shortest = min(width, height)
    enough = [one for one in renditions if min(one.width, one.height) >= shortest]

    def cost(one: Rendition) -> tuple[int, bool, int, float]:
        covers = one.width >= width and one.height >= height
        return min(one.width, one.height), not covers, one.width * one.height, one.weight

    if enough:
        return min(enough, key=cost)
    return max(renditions, key=lambda one: (one.width * one.height, -one.weight))
