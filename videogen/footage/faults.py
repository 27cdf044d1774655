"""What went wrong while footage was looked for: one service or clip less, and a line at the end."""

from __future__ import annotations

import logging
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import TypeVar

from videogen.errors import FootageError, Interrupted, SourceUnavailable

T = TypeVar("T")

log = logging.getLogger(__name__)


class Faults:
    """The barrier that whatever may fail alone stands behind; safe between threads."""

    def __init__(self) -> None:
        self._found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._unavailable: set[str] = set()
        self._lock = threading.Lock()

    def attempt(self, source: str, call: Callable[[], T], doing: str = "") -> T | None:
        """Return what a call to a source returns, None where it fails.

        Any exception is kept as a fault of the source; only an interrupt passes.
        """
        who = f"{source}, {doing}" if doing else source
        try:
            return call()
        except Interrupted:
            raise
        except SourceUnavailable as exc:
            with self._lock:
                self._unavailable.add(source)
                # That a source is off is one fact, however many scenes run into it.
                self._found[who][exc.what] = 1
        except FootageError as exc:
            self._count(who, exc.what)
        except Exception as exc:
            # A service that answers as nobody foresaw, or a fault of ours: a source less, no run.
            log.debug("Unforeseen", exc_info=True)
            self._count(who, f"Unexpected {type(exc).__name__}")
        return None

    def is_unavailable(self, source: str) -> bool:
        """Tell whether a source said that it is off for the rest of the run."""
        with self._lock:
            return source in self._unavailable

    def lines(self) -> tuple[str, ...]:
        """Return what went wrong, a line for each source."""
        with self._lock:
            return tuple(
                f"{who}: "
                + "; ".join(f"{what} ({n} times)" if n > 1 else what for what, n in found.items())
                for who, found in self._found.items()
            )

    def _count(self, who: str, what: str) -> None:
        with self._lock:
            self._found[who][what] += 1
