"""How long clips are whose search does not tell: asked of those that are about to be shown.

A recording of unknown length has one moment only; measured, it may fill more shots. What proves
unusable gives way while it still costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from videogen.domain.footage import Candidate, PlannedScene
from videogen.errors import UnusableClip
from videogen.footage.choose import choose
from videogen.footage.faults import Faults
from videogen.footage.origin import Key, key
from videogen.footage.sources.base import FootageSource
from videogen.footage.table import Film

_MOST = 60  # lookups for one video
_ROUNDS = 3  # what comes in for a clip that gave way is measured in turn
_AT_ONCE = 5


@dataclass(slots=True)
class Measuring:
    """Measures the clips of one video, each once; what a source fails at is noted."""

    sources: Mapping[str, FootageSource]
    faults: Faults
    asked: set[Key] = field(default_factory=set)

    def choose(self, film: Film) -> tuple[PlannedScene, ...]:
        """Return what every shot shows, chosen by lengths that are known.

        On any exception, an interrupt among them, the sources are closed, so that no call stays
        under way.
        """
        planned = choose(film)
        for _ in range(_ROUNDS):
            wanted = self._unmeasured(planned)
            if not wanted:
                break
            for one, found in zip(wanted, self._measure(wanted), strict=True):
                if found is None:
                    film.pool.drop(key(one))
                else:
                    film.pool.candidates[key(one)] = found
            planned = choose(film)
        return planned

    def _unmeasured(self, planned: Iterable[PlannedScene]) -> list[Candidate]:
        shown = [choice.suggestion.candidate for scene in planned for choice in scene.choices]
        found = {
            key(one): one
            for one in shown
            if one.kind == "video" and one.duration is None and key(one) not in self.asked
            if (source := self.sources.get(one.source)) and not source.tells_lengths
            if not self.faults.is_unavailable(one.source)
        }
        wanted = list(found.values())[: _MOST - len(self.asked)]
        self.asked |= set(map(key, wanted))
        return wanted

    def _measure(self, wanted: Sequence[Candidate]) -> list[Candidate | None]:
        with ThreadPoolExecutor(_AT_ONCE, "measure") as threads:
            try:
                return list(threads.map(self._measured, wanted))
            except BaseException:
                threads.shutdown(wait=False, cancel_futures=True)
                for source in self.sources.values():
                    source.close()
                raise

    def _measured(self, one: Candidate) -> Candidate | None:
        """Return a candidate with what a lookup tells; None where it can't be shown."""
        source = self.sources[one.source]

        def lookup() -> Candidate | None:
            try:
                found = source.lookup(one.id)
            except UnusableClip:
                return None
            return replace(one, duration=found.duration, width=found.width, height=found.height)

        if self.faults.is_unavailable(one.source):
            return one
        found = self.faults.attempt(one.source, lambda: (lookup(),), one.id)
        return one if found is None else found[0]
