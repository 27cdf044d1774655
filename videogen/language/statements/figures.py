"""Numbers in a text: counts, sums and measures, alone or beside others of their unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from videogen.language.speech.languages import FIGURES
from videogen.language.speech.money import SYMBOL
from videogen.language.speech.numbers import NUMBER
from videogen.language.speech.units import UNIT
from videogen.language.statements.content import Figure, Number
from videogen.language.statements.dates import DATE
from videogen.language.statements.told import Told

_SCALES = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "bn": 1e9, "mn": 1e6,
    "millones": 1e6, "millón": 1e6, "millions": 1e6, "milliards": 1e9, "milioni": 1e6,
    "miliardi": 1e9, "milhões": 1e6, "bilhões": 1e9, "万": 1e4, "億": 1e8, "亿": 1e8, "लाख": 1e5,
    "करोड़": 1e7,
}  # fmt: skip
_MOST_LEAD, _MOST_TAIL = 9, 8
# Fewer of anything are no surprise.
_LEAST = 11
_PARTED = "years?|months?|weeks?|days?|hours?|minutes?|feet|foot|pounds?|degrees?|miles?"
# A small count is told where it measures.
_MEASURES = re.compile(
    r"[\s-](?:square |cubic |nautical )?(?:feet|foot|miles?|inch(?:es)?|yards?|acres?|pounds?|ounces?|ton(?:ne)?s?|"
    r"gallons?|degrees?|knots?|(?:kilo|centi|milli)?met(?:er|re)s?|(?:kilo|milli)?grams?|lit(?:er|re)s?|"
    r"(?:kiló|quilô|centí)?metros?|(?:kilo|centi)?mètres?|(?:chilo|centi)?metri|kilos?|quilos?|chili|grad[oi]s?|"
    r"degrés?|tonnes?|toneladas?|tonnellate|litros?|litri|litres?|"
    r"euros?|dollars?|dollari|d[óo]lares|cents?|francs?|francos|franchi|libras|livres|lire|reais)\b"
)
_CLOCK = re.compile(r"(?i)\s(?:o['’]clock|[ap]\.?m\b)")
_HALF_PAST = re.compile(r"(?i)\b(?:half|quarter|minutes?)\s(?:past|to|after|before)\s$")
# What must not be lost of a longer lead, or the number would say something else.
_QUALIFIED = re.compile(
    r"(?i)\b(?:about|nearly|almost|some|around|roughly|approximately|over|under|up to|at least|"
    r"at most|more than|less than|fewer than|just|only|not|no|estimated)\s*$"
)


@dataclass(frozen=True)
class Notation:
    """How a language writes figures: `pattern` finds one, `groups` and `point` stand in it."""

    pattern: re.Pattern[str]
    groups: str
    point: str


@cache
def notation(language: str) -> Notation:
    """Return how figures are written in a language, by the rules they are read aloud by."""
    scales = "|".join(sorted(map(re.escape, _SCALES), key=len, reverse=True))
    if figures := FIGURES.get(language):
        groups, point = figures.groups, figures.point
        number = (
            rf"(?:\d{{1,3}}(?:[{re.escape(groups)}]\d{{3}})+(?!\d)|\d+)(?:{re.escape(point)}\d+)?"
        )
        signs = "|".join(map(re.escape, sorted(figures.currencies, key=len, reverse=True)))
        units = "|".join(map(re.escape, sorted(figures.units, key=len, reverse=True)))
        unit = rf"{units}|{signs}|%"
    else:
        groups, point, number = ",", ".", NUMBER
        signs, unit = SYMBOL, rf"{UNIT}|percent|per cent"
    return Notation(
        re.compile(
            rf"(?<![\dA-Za-z_.,:/–-])(?<!\d\s)(?P<before>(?:{signs})\s?)?(?P<digits>{number})"
            rf"(?P<scale>[\s-]?(?:{scales})(?!\w))?(?P<unit>[\s-]?(?:{unit})(?![\w/²³-]))?"
            # No ordinal, range, clock, decade, or part of a name.
            r"(?!\d|[.,:/–-]\d|(?<=\d)[\w])"
        ),
        groups,
        point,
    )


def figures(told: Told) -> Iterator[Figure]:
    """Yield the counts, sums and measures of a text; no years, numbers of things, or small counts."""
    how = notation(told.language)
    for match in how.pattern.finditer(told.text):
        before, digits = match["before"] or "", match["digits"]
        scale, unit = match["scale"] or "", match["unit"] or ""
        bare = re.sub(f"[{re.escape(how.groups)}]", "", digits).replace(how.point, ".")
        value = float(bare) * _SCALES.get(scale.strip(" -"), 1.0)
        marked = bool(before or scale or unit or re.search(r"\D", digits))
        measures = value > 1 and _MEASURES.match(told.text, match.end())
        counts = value >= _LEAST and not _is_year(digits) and not _is_name(told, match)
        if (marked or counts or measures) and not (
            _is_part(told.text, match) or _is_time(told.text, match)
        ):
            qualified = _QUALIFIED.search(told.text[: match.start()])
            yield Figure(
                before,
                digits,
                scale + unit,
                value,
                how.groups,
                how.point,
                match.start(),
                qualified.group().strip() if qualified else "",
            )


def numbers(told: Told) -> Iterator[Number]:
    """Yield each figure with what its clause says before and behind it, the largest words first."""
    for figure in figures(told) if told.is_spaced else ():
        start, end = told.clause(figure.at, figure.end)
        lead = told.whole(start, figure.at, _MOST_LEAD)
        if lead and re.search(r"\d", lead.text):
            lead = None
        if lead is None and (qualified := _QUALIFIED.search(told.text[start : figure.at])):
            lead = told.piece(start + qualified.start(), figure.at)
        elif lead is None and not told.is_english and told.piece(start, figure.at):
            continue
        tail = told.shortened(figure.end, _next_figure(told, figure.end, end), _MOST_TAIL)
        if tail or (lead and (figure.before or figure.after)):
            yield Number(figure, lead, tail)


def _next_figure(told: Told, start: int, end: int) -> int:
    """Return where what is said of the next figure begins: at the verb before it."""
    digit = re.search(r"\d", told.text[start:end])
    if not digit:
        return end
    verbs = [
        token.idx
        for token in told.doc
        if start <= token.idx < start + digit.start() and token.pos_ in {"VERB", "AUX"}
    ]
    return verbs[-1] if verbs else end


def _is_year(digits: str) -> bool:
    return bool(re.fullmatch(r"1\d{3}|20\d\d", digits))


def _is_name(told: Told, match: re.Match[str]) -> bool:
    """Tell "Apollo 11" and "page 12" from a count."""
    if not told.is_english:
        word = re.search(r"(\w+)\s$", told.text[: match.start()])
        return bool(word and word[1][0].isupper() and word.start())
    number = next((token for token in told.doc if token.idx == match.start("digits")), None)
    if number is None or not number.i:
        return False
    before = told.doc[number.i - 1]
    return bool(before.pos_ == "PROPN" or (before.pos_ == "NOUN" and number.head.i == before.i))


def _is_time(text: str, match: re.Match[str]) -> bool:
    """Tell the day of a date, and the hour of a clock."""
    at = match.start("digits")
    return bool(
        any(date.start() <= at < date.end() for date in DATE.finditer(text))
        or _CLOCK.match(text, match.end())
        or _HALF_PAST.search(text[: match.start()])
    )


def _is_part(text: str, match: re.Match[str]) -> bool:
    """Tell the parts of one measure, "8 minutes and 20 seconds", of which none stands alone."""
    before = re.search(rf"\d\s(?:{_PARTED})\s(?:and\s)?$", text[: match.start()])
    return bool(before or re.match(rf"\s(?:{_PARTED})\s(?:and\s)?\d", text[match.end() :]))
