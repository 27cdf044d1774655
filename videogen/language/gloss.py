"""What a narration in another language speaks of, in English: its names, and words that are known.

A small dictionary of nouns a language lies beside this file, made by benchmarks/dictionary.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING

from videogen.language.sentences import tokenized

if TYPE_CHECKING:
    from spacy.tokens import Token


# How plurals end, and what the dictionary has instead.
_PLURALS = {
    "es": (("ces", "z"), ("es", ""), ("s", "")),
    "fr": (("aux", "al"), ("s", ""), ("x", "")),
    "hi": (("ियाँ", "ी"), ("ियों", "ी"), ("ओं", ""), ("ों", ""), ("ें", ""), ("े", "ा"), ("ों", "ा")),
    "it": (("chi", "co"), ("ghi", "go"), ("he", "a"), ("i", "o"), ("i", "e"), ("i", "io"), ("e", "a")),
    "pt": (("ões", "ão"), ("óis", "ol"), ("éis", "el"), ("ais", "al"), ("ns", "m"), ("es", ""), ("s", "")),
}  # fmt: skip
_UNSPACED = frozenset({"ja", "zh"})
_MOST_WORDS = 3  # of one entry
_MOST_LETTERS = 8  # of one entry, where words are not spaced
_PARTICLES = frozenset("d da dal de degli dei del della der di do dos du la le van von".split())

Dictionary = Mapping[tuple[str, ...], str]


@lru_cache(maxsize=1024)
def glosses(text: str, language: str) -> tuple[str, ...]:
    """Return what a text speaks of, in English and in its order, each thing once.

    `language` is its tag, such as `pt-br`. A language without a dictionary tells its names alone.
    """
    code = language.lower()[:2]
    found = _unspaced(text, code) if code in _UNSPACED else _spaced(text, language, code)
    return tuple(dict.fromkeys(found))


def _spaced(text: str, language: str, code: str) -> Iterator[str]:
    tokens = list(tokenized(text, language))
    known = _dictionary(code)
    forms = [_forms(token.lower_, code) for token in tokens]
    place = 0
    while place < len(tokens):
        name = _name_at(tokens, place, is_sure=code in _PLURALS)
        meant, length = _longest(known, forms, place)
        if name and not (length >= name and meant):
            yield "".join(token.text_with_ws for token in tokens[place : place + name]).strip()
            place += name
        elif meant and not (length == 1 and tokens[place].is_stop):
            yield meant
            place += length
        else:
            place += 1


def _longest(known: Dictionary, forms: Sequence[Sequence[str]], place: int) -> tuple[str, int]:
    """Return what the longest known words at a place mean, and how many they are."""
    for length in range(_MOST_WORDS, 0, -1):
        for words in product(*forms[place : place + length]):
            if meant := known.get(words):
                return meant, length
    return "", 0


def _name_at(tokens: Sequence[Token], place: int, *, is_sure: bool) -> int:
    """Return how many tokens the name at a place has; 0 where there is none.

    One capital letter within a sentence is a name where a language writes no nouns so.
    """
    end = place
    while end < len(tokens) and (
        _is_capital(tokens[end])
        or (is_sure and place < end < len(tokens) - 1 and _joins(tokens[end], tokens[end + 1]))
    ):
        end += 1
    capitals = sum(_is_capital(token) for token in tokens[place:end])
    begins = place == 0 or tokens[place - 1].is_punct
    is_name = capitals > 1 or (capitals == 1 and is_sure and not begins)
    return end - place if is_name and not tokens[place].is_stop else 0


def _is_capital(token: Token) -> bool:
    return token.is_alpha and token.text[:1].isupper()


def _joins(token: Token, following: Token) -> bool:
    return token.lower_.rstrip("'’") in _PARTICLES and _is_capital(following)


def _unspaced(text: str, code: str) -> Iterator[str]:
    known = _dictionary(code)
    place = 0
    while place < len(text):
        for length in range(_MOST_LETTERS, 0, -1):
            if meant := known.get((text[place : place + length],)):
                yield meant
                break
        place += length


@cache
def _dictionary(code: str) -> Dictionary:
    file = files(__package__).joinpath("dictionary", f"{code}.txt")
    if not file.is_file():
        return {}
    lines = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    return {(word,) if code in _UNSPACED else tuple(word.split()): meant for word, meant in lines}


def _forms(word: str, code: str) -> Sequence[str]:
    """Return a word, and what it is the plural of where it is one."""
    endings = _PLURALS.get(code, ())
    return (word, *(f"{word[: -len(end)]}{one}" for end, one in endings if word.endswith(end)))
