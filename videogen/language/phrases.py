"""Where a line may end in scripts that write no spaces, and how words stand beside each other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

import budoux
from budoux.parser import Parser

_KANA = "\u3040-\u30ff\uff66-\uff9f"
_THAI = "\u0e00-\u0e7f"
# Ideographs with their marks, kana and Thai; Korean writes spaces.
_UNSPACED = re.compile(
    rf"[{_KANA}{_THAI}\u2e80-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]"
)
_CLOSING_CATEGORIES = {"Pe", "Pf", "Po"}


def phrases(word: str) -> list[str]:
    """Cut a word between spaces where a line may end; only scripts without spaces are cut.

    Japanese, Chinese and Thai are cut at phrases, by BudouX's models.
    """
    if not _UNSPACED.search(word):
        return [word]
    parts: list[str] = []
    for part in _parser(word).parse(word):
        if parts and _belong_together(parts[-1], part):
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def joined(lines: Iterable[str]) -> str:
    """Return lines as one, with a space between two unless neither's script writes any."""
    text = ""
    for line in lines:
        bare = not text or (_UNSPACED.match(text[-1]) and _UNSPACED.match(line))
        text += line if bare else f" {line}"
    return text


def _belong_together(before: str, after: str) -> bool:
    """Tell a Latin word or number cut in two, and a mark that must not begin a line."""
    inside = not _UNSPACED.match(before[-1]) and not _UNSPACED.match(after[0])
    return inside or unicodedata.category(after[0]) in _CLOSING_CATEGORIES


def _parser(word: str) -> Parser:
    if re.search(f"[{_KANA}]", word):
        return _loaded("ja")
    return _loaded("th" if re.search(f"[{_THAI}]", word) else "zh-hans")


@cache
def _loaded(language: str) -> Parser:
    loaders = {
        "ja": budoux.load_default_japanese_parser,
        "th": budoux.load_default_thai_parser,
        "zh-hans": budoux.load_default_simplified_chinese_parser,
    }
    return loaders[language]()
