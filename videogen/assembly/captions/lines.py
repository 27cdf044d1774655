"""A scene's words measured, and any run of them in one or two lines broken where a reader pauses."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from videogen.assembly.captions.setting import Setting
from videogen.domain.speech import Word
from videogen.domain.video import Format
from videogen.language.joints import Joint, joints
from videogen.language.phrases import phrases

# Costs of a break; found by reading captions of scripts. A bound pair is parted only where nothing
# else will do.
BREAK_COSTS = {
    Joint.SENTENCE: 0.0,
    Joint.CLAUSE: 1.0,
    Joint.BEFORE_PHRASE: 5.0,
    Joint.WORDS: 10.0,
    Joint.LEADING_ON: 18.0,
    Joint.BOUND: 1000.0,
}
_UNEVEN_LINES = 3.0


class Measured:
    """The pieces that a scene's captions are made of, each a word with the space before it.

    `joints` tell what stands between a piece and the next.
    """

    def __init__(
        self, words: Sequence[Word], language: str, setting: Setting, output: Format
    ) -> None:
        self.pieces = tuple(piece for word in words for piece in _pieces(word, setting.letters))
        self.joints = joints([piece.text.strip() for piece in self.pieces], language)
        self._setting = setting
        self._column = output.width * setting.column
        self._face = setting.face(output, "".join(piece.text for piece in self.pieces))

    def lines(self, first: int, end: int) -> tuple[float, tuple[str, ...]] | None:
        """Return the best one or two lines of a run with their cost; None where it needs more."""
        if self._fits(first, end):
            return 0.0, (self._line(first, end),)
        found: list[tuple[float, int]] = []
        for middle in range(first + 1, end):
            if self._fits(first, middle) and self._fits(middle, end):
                upper, lower = self._letters(first, middle), self._letters(middle, end)
                uneven = _UNEVEN_LINES * abs(upper - lower) / self._setting.letters
                found.append((BREAK_COSTS[self.joints[middle - 1]] + uneven, middle))
        if not found:
            return None
        cost, middle = min(found)
        return cost, (self._line(first, middle), self._line(middle, end))

    def letters(self, first: int, end: int) -> int:
        """Return how many letters a run holds, its spaces included."""
        return self._letters(first, end)

    def _fits(self, first: int, end: int) -> bool:
        """Tell whether a line holds a run; a word alone is set smaller where it is too wide."""
        if end - first == 1:
            return True
        pixels = self._pixel_sums[end] - self._pixel_sums[first]
        return self._letters(first, end) <= self._setting.letters and pixels <= self._column

    def _letters(self, first: int, end: int) -> int:
        leading = self.pieces[first].text.startswith(" ")
        return self._letter_sums[end] - self._letter_sums[first] - leading

    def _line(self, first: int, end: int) -> str:
        return "".join(piece.text for piece in self.pieces[first:end]).strip()

    @cached_property
    def _letter_sums(self) -> list[int]:
        return list(accumulate((_columns(piece.text) for piece in self.pieces), initial=0))

    @cached_property
    def _pixel_sums(self) -> list[float]:
        widths = (self._face.length(piece.text) for piece in self.pieces)
        return list(accumulate(widths, initial=0.0))


def _pieces(word: Word, most_letters: int) -> Iterator[Word]:
    """Cut a word of a script without spaces at its phrases, and anywhere what no line holds.

    The space before the word is kept with its first piece.
    """
    at, each = word.start, (word.end - word.start) / max(1, len(word.text))
    space = " "
    for phrase in phrases(word.text):
        for piece in _held_by_lines(phrase, most_letters):
            yield Word(space + piece, at, at + each * len(piece))
            at += each * len(piece)
            space = ""


def _held_by_lines(phrase: str, most_letters: int) -> Iterator[str]:
    piece = ""
    for letter in phrase:
        if piece and _columns(piece + letter) > most_letters:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
