"""A circuit breaker around a source: a service that keeps failing is left alone for a while.

Closed, it lets every call through; after three failures in a row it opens and refuses them for a
minute; then it lets a single call through, whose outcome closes or opens it again. A broken clip is
no failure of the service.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from videogen.domain.footage import Candidate, Clip
from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.footage.sources.base import FootageSource, Query

_FAILURES_IN_A_ROW = 3
_OPEN_SECONDS = 60.0

T = TypeVar("T")


class CircuitBreaker:
    """A source that turns unavailable while the one behind it only fails."""

    def __init__(self, source: FootageSource, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = source.name
        self.is_remote = source.is_remote
        self.tells_lengths = source.tells_lengths
        self._source = source
        self._clock = clock
        self._failures = 0
        self._open_until = float("-inf")
        self._gone: SourceUnavailable | None = None
        self._lock = threading.Lock()

    def search(self, query: Query) -> Sequence[Candidate]:
        """Search, unless the circuit is open."""
        return self._call(lambda: self._source.search(query))

    def lookup(self, identifier: str) -> Candidate:
        """Look a candidate up, unless the circuit is open."""
        return self._call(lambda: self._source.lookup(identifier))

    def fetch(self, candidate: Candidate, seconds: float, take: int = 0) -> Clip:
        """Fetch a clip, unless the circuit is open."""
        return self._call(lambda: self._source.fetch(candidate, seconds, take))

    def close(self) -> None:
        """Close the source."""
        self._source.close()

    def _call(self, call: Callable[[], T]) -> T:
        self._admit()
        try:
            answer = call()
        except SourceUnavailable as exc:
            self._gone = exc
            raise
        except UnusableClip:
            raise
        except FootageError:
            self._count_failure()
            raise
        with self._lock:
            self._failures = 0
        return answer

    def _admit(self) -> None:
        with self._lock:
            if self._gone is not None:
                raise SourceUnavailable(self._gone.what, cure=self._gone.cure)
            if self._failures < _FAILURES_IN_A_ROW:
                return
            if self._clock() < self._open_until:
                raise SourceUnavailable(f"Left alone after {_FAILURES_IN_A_ROW} failures in a row")
            # Half open: whoever comes while this call is under way finds the circuit open.
            self._open_until = self._clock() + _OPEN_SECONDS

    def _count_failure(self) -> None:
        with self._lock:
            self._failures += 1
            self._open_until = self._clock() + _OPEN_SECONDS
