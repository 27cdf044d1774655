"""The lanes of a cut: which scenes are being drawn, and when the last of them is through."""

from __future__ import annotations

import heapq
from collections.abc import Mapping


class Lanes:
    """So many scenes at once, begun in one order; the seconds of each are foretold.

    Where fewer scenes are left than lanes, some are idle: what is left is not what is to be done
    over the lanes, but what the longest lane has still before it.
    """

    def __init__(self, scenes: Mapping[int, float], lanes: int) -> None:
        self._lanes = lanes
        self._total = sum(scenes.values())
        self._waiting = dict(scenes)
        # When each that is under way began, and its seconds.
        self._open: dict[int, tuple[float, float]] = {}

    @property
    def share(self) -> float:
        """How much is done, 0 to 1, by what each scene takes."""
        under_way = sum(seconds for _, seconds in self._open.values())
        return 1 - (under_way + sum(self._waiting.values())) / self._total

    def hear(self, done: int | None, now: float) -> None:
        """Take in that a scene is done, so that the next one has begun."""
        if done is not None:
            self._open.pop(done, None)
            self._waiting.pop(done, None)
        while self._waiting and len(self._open) < self._lanes:
            number = next(iter(self._waiting))
            self._open[number] = (now, self._waiting.pop(number))

    def left(self, now: float, slowness: float) -> float:
        """Return the seconds until the last scene is through, on a machine so much slower."""
        free = [max(0.0, began + slowness * s - now) for began, s in self._open.values()]
        free += [0.0] * (self._lanes - len(free))
        heapq.heapify(free)
        for seconds in self._waiting.values():
            heapq.heapreplace(free, free[0] + slowness * seconds)
        return max(free)
