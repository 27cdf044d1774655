"""BERT's uncased WordPiece: the pieces of words that all-MiniLM-L6-v2 reads."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, islice

_VOCABULARY = "bert-uncased.txt"
_BEGIN, _END, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_LONGEST_WORD = 100  # letters
_REMOVED = frozenset({"Mn", "Cc", "Cf", "Co"})
_IDEOGRAPHS = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0x2F800, 0x2FA1F),
)


def pieces(text: str, most: int) -> list[str]:
    """Return the pieces of a text between those of begin and end, cut so that all are `most`."""
    found = chain.from_iterable(map(_pieces, _words(text)))
    return [_BEGIN, *islice(found, most - 2), _END]


def tokens(found: Sequence[str]) -> list[int]:
    """Return the numbers of pieces."""
    known = _vocabulary()
    return [known[piece] for piece in found]


@cache
def _vocabulary() -> Mapping[str, int]:
    text = files(__package__).joinpath(_VOCABULARY).read_text(encoding="utf-8")
    return {piece: token for token, piece in enumerate(text.splitlines())}


def _words(text: str) -> list[str]:
    return "".join(map(_plain, unicodedata.normalize("NFD", text))).split()


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """A letter without its accent in lower case, a mark or an ideograph as a word of its own."""
    category = unicodedata.category(character)
    if character in "\t\n\r" or category.startswith("Z"):
        return " "
    if category in _REMOVED or character == "\N{REPLACEMENT CHARACTER}":
        return ""
    code = ord(character)
    is_ideograph = any(first <= code <= last for first, last in _IDEOGRAPHS)
    if is_ideograph or category.startswith("P") or character in string.punctuation:
        return f" {character} "
    return character.lower()


def _pieces(word: str) -> Iterator[str]:
    """The longest beginnings that the vocabulary has, one after the other; all of a word or none."""
    known = _vocabulary()
    found: list[str] = []
    start = 0
    while start < len(word) <= _LONGEST_WORD:
        opening = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if opening + word[start:end] in known), None)
        if end is None:
            break
        found.append(opening + word[start:end])
        start = end
    return iter(found if start == len(word) else [_UNKNOWN])
