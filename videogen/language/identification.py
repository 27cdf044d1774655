"""Which language a text is in, of those that the voices speak: by its script and its small words."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

NAMES = {
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "pt": "Portuguese",
    "zh": "Chinese",
}
_LATIN = ("en", "es", "fr", "it", "pt")
_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_SCRIPTS = {
    "kana": re.compile(r"[\u3041-\u30ff]"),
    "han": re.compile(r"[\u3400-\u9fff]"),
    "devanagari": re.compile(r"[\u0900-\u097f]"),
}
# Less says nothing: names and quotations are in other languages.
_FEWEST_SMALL_WORDS = 4
_CLEARLY = 2.0
_MOST_LETTERS = 0.5
_FEWEST_KANA = 0.1  # of the letters; a Japanese text has a third and more


def name_of(language: str) -> str:
    """Return what a language is called in English, by a code such as `pt-br`; the code if unknown."""
    return NAMES.get(_code(language), language)


def other_language(text: str, language: str) -> str:
    """Return the code of the language that a text is in for sure, empty where it may be `language`.

    A scene of one sentence is enough as a rule; where it isn't, nothing is found.
    """
    wanted, script = _code(language), _by_script(text)
    if script:
        return script if script != wanted else ""
    shares = _small_words(text)
    found = max(shares, key=lambda code: shares[code])
    is_sure = shares[found] >= max(_FEWEST_SMALL_WORDS, _CLEARLY * shares.get(wanted, 0))
    return found if is_sure and found != wanted else ""


def _code(language: str) -> str:
    return language[:2].lower()


def _by_script(text: str) -> str:
    """Return the language that most letters tell, empty for those that share the Latin ones."""
    letters = len(_LETTER.findall(text))
    counts = {name: len(one.findall(text)) for name, one in _SCRIPTS.items()}
    if counts["kana"] + counts["han"] > _MOST_LETTERS * letters:
        return "ja" if counts["kana"] > _FEWEST_KANA * letters else "zh"
    return "hi" if counts["devanagari"] > _MOST_LETTERS * letters else ""


def _small_words(text: str) -> Mapping[str, int]:
    words = _WORD.findall(text.casefold())
    return {code: sum(word in _stop_words(code) for word in words) for code in _LATIN}


@functools.cache
def _stop_words(code: str) -> frozenset[str]:
    from spacy.util import get_lang_class

    return frozenset(get_lang_class(code).Defaults.stop_words)
