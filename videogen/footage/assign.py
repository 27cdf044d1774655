"""What the scenes of one video share while they are sourced side by side."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from videogen.domain import Suggestion
from videogen.errors import FootageError, SourceUnavailable
from videogen.footage.judge import Key, is_alike, key

# What a clip loses that is much like one in use, on the scale of a score.
_ALIKE = 0.1


@dataclass(frozen=True, slots=True)
class Claim:
    """A suggestion that a scene may fetch; `take` counts the uses of its clip before this one."""

    suggestion: Suggestion
    take: int


class Claims:
    """Which clips are in use, which are no use, and what went wrong; safe between threads."""

    def __init__(self, banned: frozenset[Key]) -> None:
        self._useless = set(banned)
        self._uses: Counter[Key] = Counter()
        self._titles: list[str] = []
        self._faults: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._lock = threading.Lock()
        self._turns = threading.Condition()
        self._turn = 0

    @contextmanager
    def turn(self, number: int) -> Iterator[Callable[[], None]]:
        """Yield a call that waits until every turn before this one, from 0 on, is over.

        So the same answers lead to the same choice, however fast each scene is with its search.
        """

        def wait() -> None:
            with self._turns:
                self._turns.wait_for(lambda: self._turn == number)

        try:
            yield wait
        finally:
            wait()
            with self._turns:
                self._turn += 1
                self._turns.notify_all()

    def claim(
        self, suggestions: Iterable[Suggestion], *, allow_repeats: bool = False
    ) -> Claim | None:
        """Take the best suggestion that is not in use, or the least used; None where none is."""
        with self._lock:
            usable = [one for one in suggestions if key(one.candidate) not in self._useless]
            if not allow_repeats:
                usable = [one for one in usable if not self._uses[key(one.candidate)]]
            if not usable:
                return None
            best = min(usable, key=lambda one: (self._uses[key(one.candidate)], -self._worth(one)))
            take = self._uses[key(best.candidate)]
            self._uses[key(best.candidate)] += 1
            self._titles.append(best.candidate.title)
            return Claim(best, take)

    def give_back(self, claim: Claim, *, useless: bool) -> None:
        """Take back a claim that came to nothing; a useless clip is never claimed again."""
        with self._lock:
            self._uses[key(claim.suggestion.candidate)] -= 1
            self._titles.remove(claim.suggestion.candidate.title)
            if useless:
                self._useless.add(key(claim.suggestion.candidate))

    def note(self, who: str, fault: FootageError) -> None:
        """Keep what went wrong with a source, or with a clip of it."""
        with self._lock:
            known = fault.what in self._faults[who]
            # That a source is off is one fact, however many scenes run into it.
            if not (known and isinstance(fault, SourceUnavailable)):
                self._faults[who][fault.what] += 1

    @property
    def repeated(self) -> int:
        """How many clips are in use more than once."""
        return sum(count > 1 for count in self._uses.values())

    def faults(self) -> Sequence[str]:
        """Return what went wrong, a line for each source."""
        return [
            f"{who}: "
            + "; ".join(f"{what} ({n} times)" if n > 1 else what for what, n in faults.items())
            for who, faults in self._faults.items()
        ]

    def _worth(self, suggestion: Suggestion) -> float:
        alike = is_alike(suggestion.candidate, self._titles)
        return suggestion.score - (_ALIKE if alike else 0.0)
