"""The words that texts have in common, without what all texts have."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """about also an and any are as at be been but by can for from had has have he her his how
        if in into is it its more most no not of off on one or our out over she so than that the
        their them then there these they this through to under was we were what when where which
        who why will with you your""",
    )
)


class Words:
    """The telling words of many texts, a rare one worth more than a common one."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._stems = [stems(text) for text in texts]
        count = Counter(stem for found in self._stems for stem in found)
        most = math.log(len(texts) + 1)
        self._worth = {
            stem: math.log((len(texts) + 1) / (n + 0.5)) / most for stem, n in count.items()
        }

    def having(self, wanted: frozenset[str]) -> NDArray[np.float64]:
        """Return 1 for each text with one of these stems at least."""
        return np.array([float(bool(wanted & known)) for known in self._stems])

    def shared(self, wanted: frozenset[str]) -> NDArray[np.float64]:
        """Return what each text shares with some stems, at most 2."""
        return np.array(
            [min(2.0, sum(self._worth[one] for one in wanted & known)) for known in self._stems]
        )


def common(text: str, other: str) -> tuple[str, ...]:
    """Return the telling words of a text that another has too, in whatever form."""
    known = stems(other)
    words = {_stem(word): word for word in _telling(text)}
    return tuple(word for stem, word in words.items() if stem in known)


def stems(text: str) -> frozenset[str]:
    """Return the stems of a text's telling words."""
    return frozenset(map(_stem, _telling(text)))


def _telling(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+", text.casefold())
    return [word for word in words if len(word) > 1 and word not in _STOP_WORDS]


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    # A stemmer keeps the word it works on, so that threads can't share one.
    return str(snowballstemmer.stemmer("english").stemWord(word))


# People who speak of a thing, and its signs, are not the thing.
TALK = stems(
    """interview lecture talk briefing conference hearing meeting council speech panel podcast
    episode discusses explains explained ceremony change command spot report host show
    trailer tribute band concert album logo sign poster chart diagram screenshot plaque
    advertisement commercial map graphic infographic slide seminar workshop webinar"""
)
