"""Answers of a service on disk, so that no run asks again what another run asked.

The database keeps answers too, but where it has the app's richer table it keeps them by scene.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from videogen import serialization
from videogen.domain.footage import Candidate, Clip
from videogen.footage.sources.base import FootageSource, Query

# Services add videos every day; a week-old answer still names good ones.
_KEPT_SECONDS = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class _Answer:
    candidates: tuple[Candidate, ...]


class RememberingSource:
    """A source that asks the same question under the same licences only once a week."""

    def __init__(self, source: FootageSource, folder: Path, licenses: Iterable[str] = ()) -> None:
        self.name = source.name
        self.is_remote = source.is_remote
        self.tells_lengths = source.tells_lengths
        self._source = source
        self._folder = folder / source.name / "answers"
        self._licenses = sorted(licenses)

    def search(self, query: Query) -> Sequence[Candidate]:
        """Return what was answered to the same query before, else search."""
        return self._remembered((query,), lambda: self._source.search(query))

    def lookup(self, identifier: str) -> Candidate:
        """Return what was found under the same id before, else look it up."""
        [found] = self._remembered(
            ("lookup", identifier), lambda: [self._source.lookup(identifier)]
        )
        return found

    def fetch(self, candidate: Candidate, seconds: float, take: int = 0) -> Clip:
        """Fetch a clip."""
        return self._source.fetch(candidate, seconds, take)

    def close(self) -> None:
        """Close the source and drop answers that are out of date."""
        self._source.close()
        for path in self._folder.glob("*.json"):
            if not _is_fresh(path):
                path.unlink(missing_ok=True)

    def _remembered(
        self, question: tuple[object, ...], ask: Callable[[], Sequence[Candidate]]
    ) -> tuple[Candidate, ...]:
        path = self._folder / f"{serialization.digest(*question, self._licenses)}.json"
        if _is_fresh(path) and (known := serialization.load(_Answer, path)):
            return known.candidates
        found = tuple(ask())
        # A folder that can't be written costs the next run a question, and this one nothing.
        with suppress(OSError):
            serialization.save(path, _Answer(found))
        return found


def _is_fresh(path: Path) -> bool:
    try:
        return path.stat().st_mtime > time.time() - _KEPT_SECONDS
    except OSError:
        return False
