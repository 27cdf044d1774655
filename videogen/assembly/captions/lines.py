"""A caption's words in one or two lines, broken where a reader pauses."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from videogen.domain import Word
from videogen.language.phrases import phrases

# Columns; a full-width letter takes two.
LINE_WIDTH = 42

_CLOSING = "\"'”’»)]"
_SENTENCE_ENDS = ".!?…。！？।"
_CLAUSE_ENDS = ",;:—–，、；："

# A line should not end with a word that leads on to the next one, and may well begin with some.
_LEADING_ON = frozenset(
    "a an the of to in on at by for from with as and or but nor that which who whose than into is "
    "are was were be been has have had will would can could may might must not no its their his "
    "her our your my this these those very more most".split()
)
_BEGINNING = frozenset(
    "and but or nor so yet because although though while when where which who that if unless until "
    "after before since with without for from to in on at by into through between against".split()
)

# Costs of a break after a word; found by reading captions of scripts.
_AFTER_CLAUSE, _BEFORE_PHRASE, _ANYWHERE, _BOUND = 1.0, 5.0, 10.0, 18.0
_UNEVEN_LINES = 3.0


def pieces_of(word: Word) -> Iterator[Word]:
    """Cut a word of a script without spaces at its phrases, and anywhere what no line holds.

    The space before the word is kept with its first piece.
    """
    at, each = word.start, (word.end - word.start) / max(1, len(word.text))
    space = " "
    for phrase in phrases(word.text):
        for piece in _held_by_lines(phrase):
            yield Word(space + piece, at, at + each * len(piece))
            at += each * len(piece)
            space = ""


def _held_by_lines(phrase: str) -> Iterator[str]:
    piece = ""
    for letter in phrase:
        if piece and _width(piece + letter) > LINE_WIDTH:
            yield piece
            piece = ""
        piece += letter
    yield piece


def break_cost(before: str, after: str) -> float:
    """Return how bad a break between two words is, 0 at the end of a sentence."""
    before, after = before.strip(), after.strip()
    if ends_sentence(before):
        return 0.0
    if _ends_with(before, _CLAUSE_ENDS):
        return _AFTER_CLAUSE
    is_name = before[:1].isupper() and after[:1].isupper()
    if is_name or before.lower() in _LEADING_ON:
        return _BOUND
    return _BEFORE_PHRASE if after.lower() in _BEGINNING else _ANYWHERE


def ends_sentence(word: str) -> bool:
    """Tell whether a word ends its sentence, whatever closes after it."""
    return _ends_with(word, _SENTENCE_ENDS)


def _ends_with(word: str, marks: str) -> bool:
    bare = word.rstrip(_CLOSING)
    return bool(bare) and bare[-1] in marks


@cache
def best_lines(words: tuple[str, ...]) -> tuple[float, tuple[str, ...]] | None:
    """The best one or two lines with their cost; None where the words need more."""
    if _width(joined_line(words)) <= LINE_WIDTH:
        return 0.0, (joined_line(words),)
    found: list[tuple[float, tuple[str, ...]]] = []
    for index in range(1, len(words)):
        lines = joined_line(words[:index]), joined_line(words[index:])
        upper, lower = map(_width, lines)
        if max(upper, lower) <= LINE_WIDTH:
            uneven = _UNEVEN_LINES * abs(upper - lower) / LINE_WIDTH
            found.append((break_cost(words[index - 1], words[index]) + uneven, lines))
    return min(found) if found else None


def joined_line(pieces: Sequence[str]) -> str:
    """Return pieces, each with the space before it, as one line."""
    return "".join(pieces).strip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
