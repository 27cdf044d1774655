"""Words as a reader counts them and a listener hears them, without a model."""

from __future__ import annotations

import re

_UNSPACED = re.compile(r"[\u3005\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def word_count(text: str) -> int:
    """Return how many words a text has; scripts without spaces count a letter as a word."""
    letters = len(_UNSPACED.findall(text))
    return letters + len(_UNSPACED.sub(" ", text).split()) if letters else len(text.split())


def normalized(text: str) -> str:
    """Return a text to compare by, equal where a listener hears the same: no case, no marks."""
    return " ".join(re.findall(r"\w+", text.casefold()))
