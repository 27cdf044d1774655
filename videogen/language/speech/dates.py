"""Dates, times of day, years, decades and eras in English."""

from __future__ import annotations

import re

from videogen.language.speech.abbreviations import NEW_SENTENCE
from videogen.language.speech.numbers import START, TO, YEAR, cardinal, label, ordinal, plural, year
from videogen.language.speech.rules import Rule, rule

MONTHS = (
    "January February March April May June July August September October November December"
).split()
_MONTH = r"(?:{}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)".format("|".join(MONTHS))
_ORDINAL = r"(?:st|nd|rd|th)"
_WEEKDAYS = {
    "Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday",
    "Thur": "Thursday", "Thurs": "Thursday", "Fri": "Friday", "Sat": "Saturday", "Sun": "Sunday",
}  # fmt: skip
_WEEKDAY = "|".join(_WEEKDAYS)
# The full stop of a short form, which ends a sentence too where a new one begins.
_STOP = rf"(?:(?P<stop>\.(?={NEW_SENTENCE}))|\.)"
_HALF = r"(?P<half>[aApP])\.?[mM]\b(?:\.(?=\s+(?:[a-z\d]|[A-Z]{2})|[,;:)–-]))?"


def _month(written: str) -> str:
    return next(month for month in MONTHS if month.startswith(written[:3]))


def _month_first(match: re.Match[str]) -> str | None:
    month, day, last, written_year = match.group("month", "day", "last", "year")
    if not 1 <= int(day) <= 31:
        return None
    words = f"{_month(month)} {ordinal(int(day))}"
    if last:
        words += f" to {ordinal(int(last))}"
    return f"{words}, {year(int(written_year))}" if written_year else words


def _day_first(match: re.Match[str]) -> str | None:
    the, day, last, month, written_year = match.group("the", "day", "last", "month", "year")
    if not 1 <= int(day) <= 31:
        return None
    words = f"{the or 'the '}{ordinal(int(day))}"
    if last:
        words += f" to the {ordinal(int(last))}"
    words += f" of {_month(month)}"
    return f"{words}, {year(int(written_year))}" if written_year else words + (match["stop"] or "")


def _british_month_first(match: re.Match[str]) -> str | None:
    day, month, written_year = match.group("day", "month", "year")
    if not 1 <= int(day) <= 31:
        return None
    words = f"the {ordinal(int(day))} of {_month(month)}"
    return f"{words}, {year(int(written_year))}" if written_year else words


def _numeric_date(match: re.Match[str]) -> str | None:
    month, day, written_year = (int(match[name]) for name in ("month", "day", "year"))
    if month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{MONTHS[month - 1]} {ordinal(day)}, {year(written_year)}"


def _numeric_day_first(match: re.Match[str]) -> str | None:
    month, day, written_year = (int(match[name]) for name in ("month", "day", "year"))
    if month > 12 or not 1 <= day <= 31:
        return None
    return f"the {ordinal(day)} of {MONTHS[month - 1]}, {year(written_year)}"


def _time(match: re.Match[str]) -> str | None:
    hour, minute, half = match.group("hour", "minute", "half")
    if int(hour) > 24 or int(minute or 0) > 59:
        return None
    if (hour, minute) == ("00", "00"):
        return "midnight"
    words = [cardinal(str(int(hour)))]
    if minute and int(minute):
        words.append(f"oh {cardinal(minute[1])}" if minute[0] == "0" else cardinal(minute))
    elif minute and not half:
        words.append("o'clock" if 0 < int(hour) <= 12 else "hundred")
    if half:
        words.append("A M" if half[0] in "aA" else "P M")
    return " ".join(words)


def _military_time(match: re.Match[str]) -> str:
    hour, minute = match.group("hour", "minute")
    words = f"oh {cardinal(hour[1])}" if hour[0] == "0" else cardinal(hour)
    return f"{words} {'hundred' if minute == '00' else cardinal(str(int(minute)))} hours"


def _years(match: re.Match[str]) -> str:
    first, last = match.group("first", "last")
    if len(last) == 4:
        return f"{year(int(first))} to {year(int(last))}"
    return f"{year(int(first))} to {_short_year(last)}"


def _short_year(written: str) -> str:
    """Return the last two digits of a year: "45" as "forty-five", "09" as "oh nine"."""
    return f"oh {cardinal(written[1])}" if written[0] == "0" else cardinal(written)


def _duration(match: re.Match[str]) -> str:
    first, *rest = match.group("hour", "minute", "second")
    if rest == ["00", "00"]:
        return f"{cardinal(str(int(first)))} o'clock"
    return " ".join([cardinal(first), *map(_short_year, rest)])


def _decade(match: re.Match[str]) -> str:
    written = match["decade"]
    if len(written) == 4:
        return plural(year(int(written)))
    return plural(cardinal(written))


def _era(match: re.Match[str]) -> str:
    number, era = match["number"].replace(",", ""), match["era"].replace(".", "")
    said = year(int(number)) if len(number) == 4 and match["number"] == number else cardinal(number)
    if match["first"]:
        said = f"{label(match['first'])} to {said}"
    return f"{said} {' '.join(era)}{'' if match['end'] is None else '.'}"


BRITISH_DATES: tuple[Rule, ...] = (
    rule(r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})\b", _numeric_day_first),
    rule(
        rf"\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}}){_ORDINAL}?"
        rf"(?:,?\s+(?P<year>{YEAR}))?\b(?!\s?%|[:.,]\d|[-–]\d)",
        _british_month_first,
    ),
)

DATES: tuple[Rule, ...] = (
    rule(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b", _numeric_date),
    rule(r"\b(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})\b", _numeric_date),
    rule(r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})\b", _numeric_day_first),
    rule(rf"\b({_MONTH}){TO}({_MONTH})\b\.?", lambda m: f"{_month(m[1])} to {_month(m[2])}"),
    rule(
        rf"\b({_WEEKDAY}){TO}({_WEEKDAY})\b\.?",
        lambda m: f"{_WEEKDAYS[m[1]]} to {_WEEKDAYS[m[2]]}",
    ),
    rule(
        rf"\b({_WEEKDAY})\.?(?=,?\s{_MONTH}\b|,?\s\d{{1,2}}\s{_MONTH}\b)",
        lambda m: _WEEKDAYS[m[1]],
    ),
    rule(
        rf"\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}}){_ORDINAL}?"
        rf"(?:{TO}(?P<last>\d{{1,2}}){_ORDINAL}?)?(?:,?\s+(?P<year>{YEAR}))?\b(?!\s?%|[:.,]\d)",
        _month_first,
    ),
    rule(
        rf"\b(?P<the>[Tt]he\s+)?(?P<day>\d{{1,2}}){_ORDINAL}?"
        rf"(?:{TO}(?P<last>\d{{1,2}}){_ORDINAL}?)?\s+(?:of\s+)?(?P<month>{_MONTH})\b"
        rf"{_STOP}?(?:,?\s+(?P<year>{YEAR})\b)?",
        _day_first,
    ),
    rule(
        rf"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:{_STOP}|(?=\s{YEAR}\b))",
        lambda m: _month(m[1]) + (m["stop"] or ""),
    ),
    rule(
        r"(?<![\d:])(?P<hour>\d{1,2}):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)(?![\d:])", _duration
    ),
    rule(
        rf"\b(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?:\s?{_HALF}|\s?h\b)?(?!:?\d)",
        _time,
    ),
    rule(rf"\b(?P<hour>\d{{1,2}})(?P<minute>)\s?{_HALF}", _time),
    rule(
        rf"(?:(?<=[ap]m)|(?<=[ap]\.m)|(?<=[ap]\.m\.)|(?<=[AP]M)|(?<=\d\d)|(?<=\d)){TO}"
        r"(?=\d{1,2}(?:(?::\d\d)?\s?[aApP]\.?[mM]\b|:\d))",
        " to ",
    ),
    rule(r"\b(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)\s?(?:hours|hrs)\b", _military_time),
    rule(
        rf"{START}(?:(?P<first>\d{{1,4}}){TO})?(?P<number>\d{{1,3}}(?:,\d{{3}})*|\d{{1,4}})\s?"
        r"(?P<era>BCE?\b|CE\b|AD\b|(?:B\.C\.(?:E\.)?|A\.D\.)"
        rf"(?P<end>(?={NEW_SENTENCE}))?)",
        _era,
    ),
    rule(
        r"(?:(?<=\bBC)|(?<=\bAD)|(?<=CE)|(?<=C\.)|(?<=\bAD \d\d))\s?[-–]\s?(?=\d|AD\b|A\.D\.)",
        " to ",
    ),
    rule(rf"{START}(?P<first>{YEAR})(?:{TO}|/)(?P<last>{YEAR}|\d\d)\b(?![-–/\d])", _years),
    rule(r"(?:(?<!\w)['’])?\b(?P<decade>(?:1\d|20)?\d0)['’]?s\b(?! of\b)", _decade),
    rule(r"(?<=\d0s)\s?[-–]\s?(?=['’]?\d)|(?<=\d(?:st|nd|rd|th))\s?[-–]\s?(?=\d)", " to "),
    rule(r"(?<!\w)['’](?P<year>\d\d)\b(?!['’\w])", lambda m: _short_year(m["year"])),
    rule(r"(?<=\b[Bb]y )2[1-9]\d\d\b(?![.,]\d)", lambda m: year(int(m.group()))),
)
