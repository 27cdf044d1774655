"""What is said while cards are seen, cut where sentences end, with the second of each word."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from videogen.domain.speech import VoicedScene, Word
from videogen.language.phrases import joined
from videogen.language.sentences import sentences

# A card is seen for so long at least; what takes longer to say may show two things.
SHORTEST_SECONDS, LONGEST_SECONDS = 2.4, 7.5
_CLAUSE_END = re.compile(r"[,;:—](?=\s)\s*|(?<=[、，；：])")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A text, and the card that is seen from `start` to `end` while it is said.

    `words` tell at which second each character that begins a word is said. All seconds count from
    the start of the scene.
    """

    text: str
    words: tuple[tuple[int, float], ...]
    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long its card is seen."""
        return self.end - self.start

    def second(self, at: int) -> float:
        """Return when what begins at a character is said."""
        return self.words[max(0, bisect([place for place, _ in self.words], at) - 1)][1]

    def halves(self) -> tuple[Stretch, Stretch] | None:
        """Return it in two at the end of a clause; None where a part would be too short."""
        ends = [match.end() for match in _CLAUSE_END.finditer(self.text)]
        fitting = [
            at
            for at in ends
            if self.start + SHORTEST_SECONDS <= self.second(at) <= self.end - SHORTEST_SECONDS
        ]
        middle = (self.start + self.end) / 2
        if not fitting:
            return None
        at = min(fitting, key=lambda at: abs(self.second(at) - middle))
        edge = self.second(at)
        first = tuple(word for word in self.words if word[0] < at)
        last = tuple((place - at, second) for place, second in self.words if place >= at)
        return (
            Stretch(self.text[:at].rstrip(), first, self.start, edge),
            Stretch(self.text[at:], last, edge, self.end),
        )


def together(stretches: Sequence[Stretch]) -> Stretch:
    """Return stretches that follow each other as one."""
    text, words = "", []
    for one in stretches:
        text = joined([text, one.text]) if text else one.text
        shift = len(text) - len(one.text)
        words += [(at + shift, second) for at, second in one.words]
    return Stretch(text, tuple(words), stretches[0].start, stretches[-1].end)


def stretches(voiced: VoicedScene, language: str, start: float, end: float) -> list[Stretch]:
    """Return the sentences that are said from one second of a scene to another, none too short."""
    said = [
        one for one in _sentences(voiced.words, language) if one.end > start and one.start < end
    ]
    if not said:
        return []
    edges = [start, *(one.start for one in said[1:]), end]
    cut = [
        replace(one, start=first, end=last)
        for one, (first, last) in zip(said, pairwise(edges), strict=True)
    ]
    kept: list[Stretch] = []
    for one in cut:
        if kept and min(kept[-1].seconds, one.seconds) < SHORTEST_SECONDS:
            kept[-1] = together([kept[-1], one])
        else:
            kept.append(one)
    return kept


@lru_cache(maxsize=512)
def _split(text: str, language: str) -> tuple[str, ...]:
    return tuple(sentences(text, language))


def _sentences(words: Sequence[Word], language: str) -> list[Stretch]:
    """Return the sentences of a scene, each until the next one begins."""
    text, starts = "", []
    for word in words:
        text = joined([text, word.text]) if text else word.text
        starts.append((len(text) - len(word.text), word.start, word.end))
    found: list[Stretch] = []
    at = 0
    for sentence in _split(text, language):
        at = text.index(sentence, at)
        inside = [one for one in starts if at <= one[0] < at + len(sentence)]
        if inside:
            timed = tuple((place - at, start) for place, start, _ in inside)
            found.append(Stretch(sentence, timed, inside[0][1], inside[-1][2]))
        at += len(sentence)
    return found
