"""Asking the sources: narrow questions first, broader ones only for scenes that still lack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field

from videogen.domain.footage import Candidate
from videogen.domain.video import Format
from videogen.footage.faults import Faults
from videogen.footage.judge import prepare
from videogen.footage.origin import Key, Origins
from videogen.footage.request import LONGEST_SHOT_SECONDS, SceneRequest
from videogen.footage.sources.base import FootageSource, Query

_AT_ONCE = 2  # calls to one source


@dataclass(slots=True)
class Pool:
    """All candidates of a video, each once, and by scene the query that found them first.

    A picture that several sources know is the first one's.
    """

    candidates: dict[Key, Candidate] = field(default_factory=dict)
    hits: dict[int, dict[Key, str]] = field(default_factory=dict)
    dropped: set[Key] = field(default_factory=set)
    _origins: Origins = field(default_factory=Origins)

    def add(self, number: int, query: str, found: Sequence[Candidate]) -> None:
        """Add an answer to a query of the scene with this number; the first hit counts."""
        hits = self.hits.setdefault(number, {})
        for candidate in found:
            known = self._origins.first(candidate)
            if known in self.dropped:
                continue
            self.candidates.setdefault(known, candidate)
            hits.setdefault(known, query)

    def drop(self, known: Key) -> None:
        """Forget a candidate that proved unusable, and whoever finds it again."""
        self.dropped.add(known)
        self.candidates.pop(known, None)
        for hits in self.hits.values():
            hits.pop(known, None)


@dataclass(frozen=True, slots=True)
class Searcher:
    """Asks sources for scenes, side by side; what a source fails at is noted."""

    sources: Sequence[FootageSource]
    output: Format
    faults: Faults

    def ask(
        self,
        questions: Sequence[tuple[SceneRequest, str]],
        pool: Pool,
        tell: Callable[[int], None],
    ) -> None:
        """Add what every source answers to each scene's query; `tell` hears each scene's number.

        On any exception, an interrupt among them, the sources are closed, so that no call stays
        under way.
        """
        left = {request.number: len(self.sources) for request, _ in questions}
        with ThreadPoolExecutor(_AT_ONCE * max(1, len(self.sources)), "search") as threads:
            try:
                futures = {
                    threads.submit(self._search, source, request, words): (request.number, words)
                    for request, words in questions
                    for source in self.sources
                }
                for future in as_completed(futures):
                    number, _ = futures[future]
                    future.result()
                    left[number] -= 1
                    if not left[number]:
                        tell(number)
            except BaseException:
                threads.shutdown(wait=False, cancel_futures=True)
                for source in self.sources:
                    source.close()
                raise
        # In the order of the questions, however fast each answer came.
        for future, (number, words) in futures.items():
            pool.add(number, words, future.result())

    def _search(
        self, source: FootageSource, request: SceneRequest, words: str
    ) -> Sequence[Candidate]:
        if self.faults.is_unavailable(source.name):
            return ()
        # The same for all scenes, so that one's answer is remembered for another.
        query = Query(words, LONGEST_SHOT_SECONDS, *self.output.size)

        def read() -> Sequence[Candidate]:
            found = source.search(query)
            prepare(request, found)
            return found

        return self.faults.attempt(source.name, read) or ()
