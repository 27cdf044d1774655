"""Dates in a text, each with what happened then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from videogen.language.statements.content import Dates, Moment, Said
from videogen.language.statements.told import Told

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_MONTH = "|".join(_MONTHS)
_YEAR = r"(?:1\d{3}|20\d\d)"
# Of other languages, each name at the number of its month.
_MONTHS_ELSEWHERE = tuple(
    names.split("|")
    for names in (
        "enero|janvier|gennaio|janeiro febrero|février|febbraio|fevereiro marzo|mars|março "
        "abril|avril|aprile mayo|mai|maggio|maio junio|juin|giugno|junho julio|juillet|luglio|julho "
        "agosto|août septiembre|septembre|settembre|setembro octubre|octobre|ottobre|outubro "
        "noviembre|novembre|novembro diciembre|décembre|dicembre|dezembro"
    ).split()
)
_MONTH_ELSEWHERE = "|".join(name for names in _MONTHS_ELSEWHERE for name in names)
DATE = re.compile(
    rf"\b(?P<m1>{_MONTH})\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,\s(?P<y1>{_YEAR})\b"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m2>{_MONTH})\s(?P<y2>{_YEAR})\b"
    rf"|\b(?P<m3>{_MONTH})\s(?P<y3>{_YEAR})\b"
    rf"|\b(?:(?P<d4>\d{{1,2}})(?:er|º|°)?\s(?:de\s)?)?(?P<m4>{_MONTH_ELSEWHERE})\s(?:del?\s)?(?P<y4>\d{{3,4}})\b"
    r"|\b(?P<bc>\d{1,4})\s(?:BC|BCE)\b"
    rf"|(?<![\d,.$€£/–-])\b(?P<plain>{_YEAR})\b(?![,.]?\d|[-–/]\w|\s?(?:%|km|m|kg)\b)"
)
# A year by itself is one behind such a word only: "1815 people" is a number.
_BEFORE_YEAR = re.compile(
    r"(?i)\b(?:in|since|by|until|till|from|to|and|of|around|about|after|before|late|early|mid|year|"
    r"summer|winter|spring|autumn|fall|en|de|desde|hasta|entre|y|a|año|nel|dal|al|anno|e|em|ano|"
    r"depuis|vers|et|à|au|année|(?:entre|tra|fra|e) (?:el|il|o))\s$|\b[Dd]ell?['’]$"
)
_BETWEEN = re.compile(
    r"\s?(?:to|and|until|till|through|hasta|a|al|y|e|et|à|au|até|–|-)\s?(?:(?:el|le|il|o)\s)?"
)
_OPENS_SPAN = re.compile(
    r"(?i)\b(?:from|between|de|desde|entre|dal|du|depuis|tra|fra)\s(?:(?:el|le|il|o)\s)?$|[–-]$"
)
_MOST_LABEL, _MOST_MOMENTS = 9, 4
# So near the beginning of its clause, a date leads to what happened behind it.
_NEAR = 3


def dates(told: Told) -> Iterator[Dates]:
    """Yield the span of time that a text names, or all its dates in their order."""
    if not told.is_spaced:
        return
    found = [match for match in DATE.finditer(told.text) if _is_date(told, match)]
    if len(found) == 2 and _is_span(told, found):  # noqa: PLR2004
        label = _label(told, found[0].start(), found[1].end())
        moments = tuple(Moment(_said(one), _year(one), label) for one in found)
        if moments[0].year < moments[1].year and label:
            yield Dates(moments, is_span=True)
        return
    moments = tuple(Moment(_said(one), _year(one), _own_label(told, one, found)) for one in found)
    moments = tuple(one for one in moments if one.label)[:_MOST_MOMENTS]
    years = [one.year for one in moments]
    if moments and years == sorted(set(years)):
        yield Dates(moments, is_span=False)


def _is_date(told: Told, match: re.Match[str]) -> bool:
    return match["plain"] is None or bool(_BEFORE_YEAR.search(told.text[: match.start()]))


def _is_span(told: Told, found: Sequence[re.Match[str]]) -> bool:
    first, last = found
    between = told.text[first.end() : last.start()]
    opened = _OPENS_SPAN.search(told.text[: first.start()])
    return bool(_BETWEEN.fullmatch(between) and (opened or between.strip() in {"–", "-"}))


def _said(match: re.Match[str]) -> Said:
    return Said(match.group(), match.start())


def _year(match: re.Match[str]) -> float:
    """Return where a date lies, in years of our era."""
    if match["bc"]:
        return -float(match["bc"])
    written = (match[group] for group in ("y1", "y2", "y3", "y4", "plain"))
    year = float(next(filter(None, written)))
    day = float(match["d1"] or match["d2"] or match["d4"] or 1)
    return year + (_month(match) + (day - 1) / 30.5) / 12


def _month(match: re.Match[str]) -> int:
    """Return the number of a date's month, counted from 0; 0 where it has none."""
    if match["m4"]:
        return next(n for n, names in enumerate(_MONTHS_ELSEWHERE) if match["m4"] in names)
    month = match["m1"] or match["m2"] or match["m3"]
    return _MONTHS.index(month) if month else 0


def _own_label(told: Told, match: re.Match[str], found: Sequence[re.Match[str]]) -> Said | None:
    """Return what is said of one of several dates; None where that speaks of another of them."""
    label = _label(told, match.start(), match.end())
    if label is None:
        return None
    end = label.at + len(label.text)
    is_shared = any(label.at < one.end() and one.start() < end for one in found if one is not match)
    return None if is_shared else label


def _label(told: Told, start: int, end: int) -> Said | None:
    """Return what is said of a date: what its clause, or the one behind, says beside it."""
    first, last = told.clause(start, end)
    before = told.piece(first, start)
    if before and len(before.text.split()) >= _NEAR:
        return told.shortened(before.at, start, _MOST_LABEL)
    behind = told.shortened(end, last, _MOST_LABEL)
    if behind is None and told.text[last : last + 1] == ",":
        behind = told.shortened(last + 1, told.clause(last + 1, last + 2)[1], _MOST_LABEL)
    return behind
