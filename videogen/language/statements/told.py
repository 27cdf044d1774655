"""A text that is told, its clauses, and pieces of it that can stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from videogen.language.sentences import is_english, parsed, tokenized
from videogen.language.statements.content import Said
from videogen.language.words import word_count

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


# What ends a clause: marks, and words that open another one.
_MARK_EDGE = r"""[.,;:!?…](?=["”’»\s]|$)|[()—;，。、；：！？।“”«»„「」"¿¡]|\s[–-](?=\s)"""
_MARKED = re.compile(_MARK_EDGE)
# "And" is none where nothing parses what it joins: "entre la Sicile et la Calabre".
_OPENING = {
    "en": "and but or while whereas which who that because when where although so yet if",
    "es": "pero mientras que cuando porque aunque donde",
    "fr": "mais tandis que quand car où dont",
    "it": "ma mentre che quando perché dove",
    "pt": "mas enquanto que quando porque onde",
}
# What can't be the last word of a piece, by its part of speech where English.
_DANGLING = frozenset({"ADP", "DET", "CCONJ", "SCONJ"})
_LEADING_ON = frozenset("to 's ’s only just even about".split())
_LEADING_OVER = re.compile(
    r"\s*(?:and|but|or|so|then|yet|still|also|now|however|instead|finally|meanwhile|soon|indeed|thus|"
    r"therefore)\b,?\s",
    re.IGNORECASE,
)
# What stands behind a noun says what it is to the verb: none of it can be left out.
_VERBS_LAST = frozenset({"hi", "ja"})
_LETTERS_A_WORD = 2  # where no spaces stand between words
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Mt|No|vs|[A-Z])\.$")
# Marks that belong to the figure before them.
_MEASURING = frozenset("%‰°′″")
_MARKS = " \t\n\xa0\u202f,;:.!?…—–-()[]“”\"«»„‘'，。、；：！？।「」¿¡"


@dataclass(frozen=True)
class Told:
    """A text in a language, given by its code; English is parsed."""

    text: str
    language: str

    @property
    def is_english(self) -> bool:
        """Whether it can be parsed."""
        return is_english(self.language)

    @property
    def is_spaced(self) -> bool:
        """Whether its script writes spaces between words."""
        return self.language[:2] not in {"ja", "zh"}

    @cached_property
    def doc(self) -> Doc:
        """The text as tokens, parsed where it is English."""
        if self.is_english:
            return parsed(self.text)
        return tokenized(self.text, self.language)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Return where the clause around a piece of the text begins and ends."""
        first, last = 0, len(self.text)
        for edge in _edges(self.language[:2]).finditer(self.text):
            if _ABBREVIATED.search(self.text[: edge.end()]):
                continue
            if edge.end() <= start:
                first = edge.end()
            elif edge.start() >= end:
                last = edge.start()
                break
        return first, last

    def clauses(self) -> Iterator[tuple[int, int]]:
        """Yield where each clause begins and ends, without the words that lead over to it."""
        edges = [edge.span() for edge in _edges(self.language[:2]).finditer(self.text)]
        starts = [0, *(end for _, end in edges)]
        ends = [*(start for start, _ in edges), len(self.text)]
        for start, end in zip(starts, ends, strict=True):
            lead = _LEADING_OVER.match(self.text, start) if self.is_english else None
            yield min(lead.end(), end) if lead else start, end

    def piece(self, start: int, end: int) -> Said | None:
        """Return a piece of the text without the marks around it; None where nothing is left."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip(_MARKS))
        bare = piece.strip(_MARKS)
        return Said(bare, start) if bare else None

    def shortened(self, start: int, end: int, most: int) -> Said | None:
        """Return the first words of a piece, `most` at most, up to where a phrase of it ends."""
        tokens = self._tokens(start, end)
        whole = None if self.is_english else self.whole(start, end, most)
        if self.language[:2] in _VERBS_LAST or (whole and self._ends_clause(end)):
            return whole
        while tokens and not self.whole(start, tokens[-1].idx + len(tokens[-1]), most):
            tokens = tokens[
                : max((n for n in range(1, len(tokens)) if self._opens(tokens[n])), default=0)
            ]
        while tokens and self._dangles(tokens[-1]):
            tokens = tokens[:-1]
        if not tokens or all(map(self._dangles, tokens)):
            return None
        return self.piece(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))

    def whole(self, start: int, end: int, most: int) -> Said | None:
        """Return a piece of `most` words at most as it stands; None where it is longer."""
        piece = self.piece(start, end)
        if piece is None:
            return None
        words = word_count(piece.text)
        return piece if words <= most * (1 if self.is_spaced else _LETTERS_A_WORD) else None

    def _ends_clause(self, end: int) -> bool:
        """Tell whether nothing more of a clause comes behind a place."""
        return end >= len(self.text) or bool(_MARKED.match(self.text, end))

    def is_wordy(self, piece: Said) -> bool:
        """Tell whether a piece is more than a single word."""
        return word_count(piece.text) > 1

    def _opens(self, token: Token) -> bool:
        """Tell whether a phrase begins with a word, so that the words before can stand alone."""
        if not self.is_english:
            return bool(token.is_stop)
        return token.pos_ in _DANGLING - {"DET"} and token.tag_ != "RP" and token.lower_ != "of"

    def _dangles(self, token: Token) -> bool:
        if not self.is_english:
            return bool(token.is_stop)
        return (token.pos_ in _DANGLING and token.tag_ != "RP") or token.lower_ in _LEADING_ON

    def _tokens(self, start: int, end: int) -> list[Token]:
        return [
            token
            for token in self.doc
            if token.idx >= start
            and token.idx + len(token) <= end
            and not (token.is_space or (token.is_punct and token.text not in _MEASURING))
        ]


@cache
def _edges(language: str) -> re.Pattern[str]:
    opening = _OPENING.get(language)
    words = rf"|\b(?:{opening.replace(' ', '|')})\b" if opening else ""
    return re.compile(_MARK_EDGE + words)
