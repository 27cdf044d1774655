"""What every source of footage keeps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from videogen.domain.footage import Candidate, Clip

# Candidates that leave a scene a choice; a source that finds fewer asks once more, more widely.
ENOUGH = 12
_WORDS = re.compile(r"\w+(?:['’.-]\w+)*")
_OPERATORS = frozenset({"AND", "OR", "NOT", "TO", "NEAR"})


@dataclass(frozen=True, slots=True)
class Query:
    """What a source is asked: words, and the shot of so many seconds and pixels they are for."""

    words: str
    seconds: float
    width: int
    height: int

    @property
    def shape(self) -> Literal["wide", "tall", "square"]:
        """Which way the output lies."""
        if self.width == self.height:
            return "square"
        return "wide" if self.width > self.height else "tall"

    def plain(self, most: int) -> str:
        """Return its whole words up to `most` characters, none of them an operator of a search."""
        text = ""
        for word in _WORDS.findall(self.words):
            longer = f"{text} {word.lower() if word in _OPERATORS else word}".lstrip()
            if len(longer) > most:
                break
            text = longer
        return text


def is_number(identifier: str) -> bool:
    """Tell whether a person named something by a plain number."""
    return identifier.isascii() and identifier.isdecimal()


class FootageSource(Protocol):
    """Finds and fetches clips; its methods may be called from several threads at once.

    Raises:
        SourceUnavailable: it is off for the rest of the run, so another may be tried.
        FootageError: this one search or clip failed.
    """

    name: str
    is_remote: bool
    """Whether it asks a service, so that its answers are worth remembering."""
    tells_lengths: bool
    """Whether a search tells how long videos are, where anyone knows; else a lookup does."""

    def search(self, query: Query) -> Sequence[Candidate]:
        """Return candidates, best first; none is an answer."""
        ...

    def lookup(self, identifier: str) -> Candidate:
        """Return the candidate that a user named."""
        ...

    def fetch(self, candidate: Candidate, seconds: float, take: int = 0) -> Clip:
        """Make `seconds` of a candidate, or what there is of it, available as a local clip.

        `take` counts the pieces of it that the video shows already: another one, another piece.
        """
        ...

    def close(self) -> None:
        """Give back connections and processes.

        Calls still under way in other threads, and those that follow, raise Interrupted where they
        need what is gone.
        """
        ...
