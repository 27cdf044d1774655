"""Time limits: one for everything a run asks of services, one for each call."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from videogen.errors import SourceUnavailable

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class Budget:
    """The seconds that all services of a run may take together, from their first call on."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._end: float | None = None
        self._lock = threading.Lock()

    def remaining(self) -> float:
        """Return the seconds that are left, above 0.

        Raises:
            SourceUnavailable: none is.
        """
        with self._lock:
            if self._end is None:
                self._end = self._clock() + self._seconds
        left = self._end - self._clock()
        if left <= 0:
            raise SourceUnavailable(
                f"the {self._seconds:.0f} s for sourcing are over",
                cure="Allow more with --sourcing-timeout.",
            )
        return left


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Let the network calls of this thread take so many seconds in all, however they drip.

    A limit within a limit can only be tighter.
    """
    outer = _deadline.get()
    end = time.monotonic() + seconds
    token = _deadline.set(end if outer is None else min(end, outer))
    try:
        yield
    finally:
        _deadline.reset(token)


def time_left(most: float | None) -> float:
    """Return the seconds that a single network operation may wait: `most`, or less; 0 is none."""
    deadline = _deadline.get()
    left = float("inf") if deadline is None else deadline - time.monotonic()
    return max(0.0, min(left, most if most is not None else 60.0))
