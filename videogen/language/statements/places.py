"""Places that a text speaks of, where they lie on the map.

Cities and their places are GeoNames' (CC BY 4.0), countries' those of Natural Earth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from videogen.language.statements.content import Place, Said, Site
from videogen.language.statements.told import Told

_MOST_SITES = 3
# Who is seen somewhere is said to be there; "London's banks" and "the Paris treaty" are not.
_SEEN = re.compile(
    r"(?i)\b(?:in|near|at|from|to|of|around|outside|across|through|into|reached|left|between|and|"
    r"en|desde|hasta|cerca de|de|à|dans|près de|a|di|da|vicino a|em|perto de|no|na|nel|nella)\s"
    r"(?:the\s|la\s|le\s|el\s|los\s|o\s|il\s)?$"
)
_LISTED = re.compile(r",?\s?(?:(?:and|or|to|y|et|e)\s)?")
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'.-]*(?:\s(?:(?:of|de|do|da|del|la)\s)?[A-ZÀ-Þ][\w’'.-]*)*")
_COUNTRIES = {
    "the United States": "United States",
    "America": "United States",
    "Britain": "United Kingdom",
    "Great Britain": "United Kingdom",
    "Russia": "Russia",
    "the Netherlands": "The Netherlands",
}


def places(told: Told) -> Iterator[Place]:
    """Yield the places that something is said to be in, at most three; English names only."""
    sites: dict[str, Site] = {}
    end = 0
    for name in _names(told):
        known = _gazetteer().get(_COUNTRIES.get(name.text, name.text))
        follows = bool(end) and _LISTED.fullmatch(told.text[end : name.at])
        if known and (follows or _SEEN.search(told.text[: name.at])):
            sites.setdefault(name.text, Site(name, *known))
            end = name.at + len(name.text)
    if sites:
        yield Place(tuple(sites.values())[:_MOST_SITES])


def _names(told: Told) -> Iterator[Said]:
    if told.is_english:
        for span in told.doc.ents:
            if span.label_ in {"GPE", "LOC"} and not told.text[span.end_char :].startswith(
                ("'", "’")
            ):
                bare = span.text.removeprefix("the ").removeprefix("The ")
                yield Said(bare, span.end_char - len(bare))
        return
    for match in _NAME.finditer(told.text):
        yield Said(match.group(), match.start())


@cache
def _gazetteer() -> dict[str, tuple[float, float, int | None]]:
    """Return the degrees north and east of cities and countries, and the numbers of countries."""
    folder = files("videogen.language.statements")
    known: dict[str, tuple[float, float, int | None]] = {}
    for file in ("cities.txt", "countries.txt"):
        for line in (folder / file).read_text(encoding="utf-8").splitlines():
            name, north, east, *number = line.split("\t")
            known[name] = (float(north), float(east), int(number[0]) if number else None)
    return known
