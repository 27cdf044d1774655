"""Dates, times of day, years, decades and eras in English."""

from __future__ import annotations

import re

from videogen.stages.speech.numbers import START, TO, YEAR, cardinal, label, ordinal, plural, year
from videogen.stages.speech.readings import Rule, rule

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_MONTH = r"(?:{}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)".format("|".join(_MONTHS))
_ORDINAL = r"(?:st|nd|rd|th)"


def _month(written: str) -> str:
    return next(month for month in _MONTHS if month.startswith(written[:3]))


def _month_first(match: re.Match[str]) -> str | None:
    month, day, last, written_year = match.group("month", "day", "last", "year")
    if not 1 <= int(day) <= 31:
        return None
    words = f"{_month(month)} {ordinal(int(day))}"
    if last:
        words += f" to {ordinal(int(last))}"
    return f"{words}, {year(int(written_year))}" if written_year else words


def _day_first(match: re.Match[str]) -> str | None:
    the, day, month, written_year = match.group("the", "day", "month", "year")
    if not 1 <= int(day) <= 31:
        return None
    words = f"{the or 'the '}{ordinal(int(day))} of {_month(month)}"
    return f"{words}, {year(int(written_year))}" if written_year else words


def _numeric_date(match: re.Match[str]) -> str | None:
    month, day, written_year = (int(match[name]) for name in ("month", "day", "year"))
    if month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{_MONTHS[month - 1]} {ordinal(day)}, {year(written_year)}"


def _time(match: re.Match[str]) -> str | None:
    hour, minute, half = match.group("hour", "minute", "half")
    if int(hour) > 24 or int(minute or 0) > 59:
        return None
    words = [cardinal(str(int(hour)))]
    if minute and int(minute):
        words.append(f"oh {cardinal(minute[1])}" if minute[0] == "0" else cardinal(minute))
    elif minute and not half:
        words.append("o'clock" if int(hour) <= 12 else "hundred")
    if half:
        words.append("A M" if half[0] in "aA" else "P M")
    return " ".join(words)


def _military_time(match: re.Match[str]) -> str:
    hour, minute = match.group("hour", "minute")
    words = f"oh {cardinal(hour[1])}" if hour[0] == "0" else cardinal(hour)
    return f"{words} {'hundred' if minute == '00' else cardinal(str(int(minute)))} hours"


def _years(match: re.Match[str]) -> str:
    first, last = match.group("first", "last")
    return f"{year(int(first))} to {year(int(last)) if len(last) == 4 else cardinal(last)}"


def _decade(match: re.Match[str]) -> str:
    written = match["decade"]
    if len(written) == 4:
        return plural(year(int(written)))
    return plural(cardinal(written))


def _era(match: re.Match[str]) -> str:
    number, era = match["number"].replace(",", ""), match["era"].replace(".", "")
    said = year(int(number)) if len(number) == 4 and match["number"] == number else cardinal(number)
    return f"{said} {' '.join(era)}"


DATES: tuple[Rule, ...] = (
    rule(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b", _numeric_date),
    rule(r"\b(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})\b", _numeric_date),
    rule(
        rf"\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}}){_ORDINAL}?"
        rf"(?:{TO}(?P<last>\d{{1,2}}){_ORDINAL}?)?(?:,?\s+(?P<year>{YEAR}))?\b(?!\s?%|[:.,]\d)",
        _month_first,
    ),
    rule(
        rf"\b(?P<the>[Tt]he\s+)?(?P<day>\d{{1,2}}){_ORDINAL}?\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?"
        rf"(?:,?\s+(?P<year>{YEAR})\b)?",
        _day_first,
    ),
    rule(rf"\b({_MONTH})\.?\s+({YEAR})\b", lambda m: f"{_month(m[1])} {year(int(m[2]))}"),
    rule(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.", lambda m: _month(m[1])),
    rule(
        r"\b(?P<hour>\d{1,2}):(?P<minute>\d\d)(?:\s?(?P<half>[aApP])\.?[mM]\b"
        r"(?:\.(?=\s+(?:[a-z\d]|[A-Z]{2})|[,;:)]))?)?(?!:?\d)",
        _time,
    ),
    rule(
        r"\b(?P<hour>\d{1,2})(?P<minute>)\s?(?P<half>[aApP])\.?[mM]\b(?:\.(?=\s+(?:[a-z\d]|[A-Z]{2})|[,;:)]))?",
        _time,
    ),
    rule(r"\b(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)\s?(?:hours|hrs)\b", _military_time),
    rule(
        rf"{START}(?P<number>\d{{1,3}}(?:,\d{{3}})*|\d{{1,4}})\s?"
        r"(?P<era>BCE?\b|CE\b|AD\b|B\.C\.(?:E\.)?|A\.D\.)",
        _era,
    ),
    rule(r"\bA\.?D\.?\s(\d{1,4})\b", lambda m: f"A D {label(m[1])}"),
    rule(rf"{START}(?P<first>{YEAR}){TO}(?P<last>{YEAR}|\d\d)\b(?![-–\d])", _years),
    rule(r"(?:(?<!\w)['’])?\b(?P<decade>(?:1\d|20)?\d0)['’]?s\b", _decade),
    rule(r"(?<=:\d\d)\s?[-–]\s?(?=\d{1,2}:\d)", " to "),
)
