"""Articles as Wikipedia's extracts give them: headings, pronunciations, lists, leftovers."""

from __future__ import annotations

from pathlib import Path

TAMBORA, ANNING, OTTER, CANAL = (
    "1815 eruption of Mount Tambora",
    "Mary Anning",
    "Sea otter",
    "Suez Canal",
)
TITLES = (TAMBORA, ANNING, OTTER, CANAL)
_FOLDER = Path(__file__).parents[1] / "articles"


def extract(title: str) -> str:
    return (_FOLDER / f"{title}.txt").read_text(encoding="utf-8")
