"""Icons, found by what they mean; they are Phosphor's (MIT)."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from videogen.language.meaning import read
from videogen.language.minilm_graph import WIDTH

# Found by reading what is chosen for about thirty phrases: below it, half are puzzling.
FLOOR = 0.44
# How much the phrase counts by the icon's nearer text, by both of them, and the whole sentence.
_NEARER, _BOTH, _SENTENCE = 0.5, 0.2, 0.3


@cache
def glyphs() -> dict[str, tuple[str, str]]:
    """Return the two letters of each icon in its font: its tinted areas, and its lines."""
    lines = (files("videogen.language.statements") / "icons.txt").read_text().splitlines()
    rows = (line.split("\t") for line in lines)
    return {name: (chr(int(areas, 16)), chr(int(strokes, 16))) for name, areas, strokes in rows}


def icon_of(phrase: str, sentence: str, taken: Collection[str]) -> tuple[str, float]:
    """Return the free icon that comes nearest to an English phrase, and how near, 0 to 1."""
    meanings = _meanings()
    near = meanings @ read(phrase).whole
    score = _NEARER * near.max(axis=1) + _BOTH * near.mean(axis=1)
    score += _SENTENCE * (meanings @ read(sentence).whole).max(axis=1)
    names = list(glyphs())
    score[[name in taken for name in names]] = 0
    best = int(score.argmax())
    return names[best], float(score[best])


@cache
def _meanings() -> NDArray[np.float32]:
    """Return what each icon's name and tags, and its name alone, mean; of unit length."""
    packed = (files("videogen.language.statements") / "icons.bin").read_bytes()
    rows = np.frombuffer(packed, np.int8).reshape(len(glyphs()), 2, WIDTH).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True))
