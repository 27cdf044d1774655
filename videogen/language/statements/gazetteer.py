"""Where cities and countries lie, by what each language calls them.

Cities are GeoNames' (CC BY 4.0), countries those of Natural Earth, names in other languages CLDR's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees north and east; `country` is its ISO 3166 number where it is one."""

    latitude: float
    longitude: float
    country: int | None


@cache
def gazetteer(language: str) -> dict[str, Position]:
    """Return the places that texts in a language name, given by the first letters of its code.

    Where letters are Latin, those that it has no other name for stand under their own.
    """
    known = _positions()
    lines = _lines("place_names.txt")
    own = {name: known[key] for code, name, key in lines if code == language}
    if language in {"hi", "ja", "zh"}:
        return own
    return known | own


@cache
def _positions() -> dict[str, Position]:
    known = {}
    for file in ("cities.txt", "countries.txt"):
        for name, north, east, *number in _lines(file):
            known[name] = Position(float(north), float(east), int(number[0]) if number else None)
    return known


def _lines(file: str) -> list[list[str]]:
    folder: Traversable = files("videogen.language.statements")
    text = (folder / file).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]
