"""Sentences that a narration may end on: what became of it, what remains; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from videogen.script.sections import Importance
from videogen.script.writers.standing import Sentence

_CLOSING = re.compile(
    r"(?i)\b(?:today|nowadays|to this day|remains?|still|legacy|ha(?:s|ve) (?:since |now )?become|"
    r"(?:is|are) now|continues? to|ever since|since then|for more than|considered|regarded|"
    r"remembered|come back|changed|led to|never again|success|most influen\w+)\b"
)
_TODAY = re.compile(
    r"(?i)\b(?:today|to this day|remembered|remains? one|for more than|come back)\b"
)
# Lists, quotations, hearsay, and what announces something else.
_OPEN = re.compile(
    r"(?i)(?:,.*,.*,.*,|[:;]|[\"“”]|\?$|\binclud(?:e|es|ing)\b|\baccording to\b|\bsuch as\b|"
    r"\bfor example\b|^however\b|\bfell again\b)"
)


def closing(
    said: Sequence[Sentence], importance: Importance, *, closes: bool
) -> Iterator[tuple[int, int]]:
    """Yield each sentence's index with how well a film ends on it; `closes` is the heading's."""
    for index, sentence in enumerate(said):
        is_last = index == len(said) - 1
        yield (
            index,
            2 * bool(_CLOSING.search(sentence.text))
            + bool(_TODAY.search(sentence.text))
            + 2 * closes
            + sentence.ends
            + is_last
            - 4 * bool(_OPEN.search(sentence.text))
            - 4 * (importance is Importance.ASIDE),
        )
