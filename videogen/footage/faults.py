"""What went wrong while footage was looked for: one service or clip less, and a line at the end."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

from videogen.barrier import Fault, attempt
from videogen.errors import SourceUnavailable

T = TypeVar("T")


_MOST_NAMED = 3


class Faults:
    """What was borne, by source and cause; safe between threads."""

    def __init__(self) -> None:
        self._found: defaultdict[str, defaultdict[str, list[str]]]
        self._found = defaultdict(lambda: defaultdict(list))
        self._unavailable: set[str] = set()
        self._lock = threading.Lock()

    def attempt(self, source: str, call: Callable[[], T], thing: str = "") -> T | None:
        """Return what a call to a source returns, None where it fails.

        `thing` is what of the source the call is about, to be named where it fails.
        """
        found = attempt(call)
        if isinstance(found, Fault):
            self._count(source, found, thing)
            return None
        return found

    def is_unavailable(self, source: str) -> bool:
        """Tell whether a source said that it is off for the rest of the run."""
        with self._lock:
            return source in self._unavailable

    def lines(self) -> tuple[str, ...]:
        """Return what went wrong, a line for each source."""
        with self._lock:
            return tuple(
                f"{source}: " + "; ".join(cause + _named(things) for cause, things in found.items())
                for source, found in self._found.items()
            )

    def _count(self, source: str, fault: Fault, thing: str) -> None:
        with self._lock:
            things = self._found[source][fault.cause]
            if isinstance(fault.error, SourceUnavailable):
                self._unavailable.add(source)
                # That a source is off is one fact, however many scenes run into it.
                things[:] = [""]
            else:
                things.append(thing)


def _named(things: Sequence[str]) -> str:
    """Return what a cause befell, or how often where it befell nothing that has a name."""
    names = [*dict.fromkeys(filter(None, things))]
    if not names:
        return f" ({len(things)} times)" if len(things) > 1 else ""
    more = len(names) - _MOST_NAMED
    return f" ({', '.join(names[:_MOST_NAMED])}{f' and {more} more' if more > 0 else ''})"
