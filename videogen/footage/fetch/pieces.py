"""Which piece of a longer recording is shown, and at which of the recording's sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Openings are slates, logos and hand-over counts more often than pictures.
_FIRST_PIECE = 0.2
# Steps of the golden ratio keep any number of pieces far apart (the additive recurrence R1).
_STEP = 0.6180339887498949

# More pieces of one recording than this are a film of their own.
_MOST_TAKES = 5
# Shots differ in length, and with it where their pieces start.
_APART_SECONDS = 2.0

# Frames are stored in decoding order: the last ones of a piece may lack those shown before them.
MARGIN_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Wanted:
    """A piece that is asked for: of what, at which output size in pixels, how long in seconds."""

    source: str
    id: str
    width: int
    height: int
    seconds: float
    take: int


def piece_start(duration: float, seconds: float, take: int) -> float:
    """Return where piece number `take` starts, all in seconds; 0 where there is no choice."""
    room = duration - seconds
    if room <= 0:
        return 0.0
    return room * ((_FIRST_PIECE + take * _STEP) % 1.0)


def takes_of(duration: float | None, seconds: float) -> int:
    """Return how many pieces of so many seconds a recording has that show different moments.

    One where nobody knows how long it is.
    """
    if duration is None:
        return 1
    starts: list[float] = []
    while len(starts) < _MOST_TAKES:
        start = piece_start(duration, seconds, len(starts))
        if any(abs(start - other) < seconds + _APART_SECONDS for other in starts):
            break
        starts.append(start)
    return max(1, len(starts))


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
