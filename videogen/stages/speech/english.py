"""How English reads money, dates, times, units and other numbers aloud."""

from __future__ import annotations

import re
from collections.abc import Sequence

from videogen.stages.speech.abbreviations import ABBREVIATIONS
from videogen.stages.speech.numbers import (
    NUMBER,
    cardinal,
    digits,
    fraction,
    label,
    ordinal,
    plural,
    scaled,
    year,
)
from videogen.stages.speech.readings import Rule, rule
from videogen.stages.speech.roman import ROMAN
from videogen.stages.speech.units import UNITS

_TO = r"\s?[-–—]\s?"
_START = r"(?<![\w.,])"
_SCALE = r"(?:thousand|million|billion|trillion|bn|mn|tn|[mMkKbB])"
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_MONTH = r"(?:{}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)".format("|".join(_MONTHS))
_YEAR = r"(?:1\d{3}|20\d\d)"
_ORDINAL = r"(?:st|nd|rd|th)"
_CURRENCIES = {
    "$": ("dollar", "dollars", "cent"),
    "£": ("pound", "pounds", "penny"),
    "€": ("euro", "euros", "cent"),
    "¥": ("yen", "yen", "sen"),
    "₹": ("rupee", "rupees", "paisa"),
    "₽": ("ruble", "rubles", "kopeck"),
    "₴": ("hryvnia", "hryvnias", "kopiyka"),
    "USD": ("U S dollar", "U S dollars", "cent"),
    "EUR": ("euro", "euros", "cent"),
    "GBP": ("British pound", "British pounds", "penny"),
    "US$": ("U S dollar", "U S dollars", "cent"),
    "A$": ("Australian dollar", "Australian dollars", "cent"),
    "C$": ("Canadian dollar", "Canadian dollars", "cent"),
}
_SYMBOL = r"(?:US\$|A\$|C\$|[$£€¥₹₽₴])"
_VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5),
    "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅛": (1, 8), "⅜": (3, 8),
    "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
_LARGEST_DENOMINATOR = 20


def _money(match: re.Match[str]) -> str:
    symbol, low, high, scale = match.group("symbol", "low", "high", "scale")
    one, many, cent = _CURRENCIES[symbol]
    if high:
        return f"{cardinal(low)} to {scaled(high, scale)} {many}"
    if scale:
        return f"{scaled(low, scale)} {one if match['hyphen'] else many}"
    whole, _, part = low.replace(",", "").partition(".")
    if len(part) != 2:
        return f"{cardinal(low)} {one if low == '1' else many}"
    cents = int(part)
    pence = "pence" if cent == "penny" else f"{cent}s"
    words = [f"{cardinal(whole)} {one if whole == '1' else many}"] if int(whole or 0) else []
    if cents or not words:
        words.append(f"{cardinal(str(cents))} {cent if cents == 1 else pence}")
    return " and ".join(words)


def _coded_money(match: re.Match[str]) -> str:
    one, many, _ = _CURRENCIES[match["code"]]
    return f"{scaled(match['low'], match['scale'])} {one if match['low'] == '1' else many}"


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


def _simple_fraction(match: re.Match[str]) -> str | None:
    numerator, denominator = int(match[1]), int(match[2])
    if not (0 < numerator < denominator <= _LARGEST_DENOMINATOR) or denominator == 1:
        return f"{label(match[1])} {label(match[2])}"
    return fraction(numerator, denominator)


def _vulgar_fraction(match: re.Match[str]) -> str:
    numerator, denominator = _VULGAR[match[2]]
    part = fraction(numerator, denominator)
    if not match[1]:
        return part
    return f"{cardinal(match[1])} and {part.replace('one ', 'a ', 1)}"


def _ordinal(match: re.Match[str]) -> str:
    return ordinal(int(match[1].replace(",", "")))


def _name_with_number(match: re.Match[str]) -> str:
    """Read "F-35B", "M1A2", "5G" run by run."""
    runs = re.findall(r"\d+|[A-Za-z]+", match.group())
    words = [label(run) if run.isdigit() else run for run in runs]
    if len(words) > 1 and words[-1] == "s":
        words[-2:] = [plural(words[-2])]
    return " ".join(words)


def _phone(match: re.Match[str]) -> str:
    groups: Sequence[str] = re.findall(r"\d+", match.group())
    said = ", ".join(digits(group) for group in groups)
    return f"plus {said}" if match.group().startswith("+") else said


ENGLISH: tuple[Rule, ...] = (
    *ABBREVIATIONS,
    rule(
        rf"(?P<symbol>{_SYMBOL})\s?(?P<low>{NUMBER})(?:{_TO}{_SYMBOL}?(?P<high>{NUMBER}))?"
        rf"(?:(?P<hyphen>-)?\s?(?P<scale>{_SCALE})\b)?",
        _money,
    ),
    rule(
        rf"{_START}(?P<low>{NUMBER})(?:\s?(?P<scale>{_SCALE}))?\s(?P<code>USD|EUR|GBP)\b",
        _coded_money,
    ),
    rule(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b", _numeric_date),
    rule(r"\b(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})\b", _numeric_date),
    rule(
        rf"\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}}){_ORDINAL}?"
        rf"(?:{_TO}(?P<last>\d{{1,2}}){_ORDINAL}?)?(?:,?\s+(?P<year>{_YEAR}))?\b(?!\s?%|[:.,]\d)",
        _month_first,
    ),
    rule(
        rf"\b(?P<the>[Tt]he\s+)?(?P<day>\d{{1,2}}){_ORDINAL}?\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?"
        rf"(?:,?\s+(?P<year>{_YEAR})\b)?",
        _day_first,
    ),
    rule(rf"\b({_MONTH})\.?\s+({_YEAR})\b", lambda m: f"{_month(m[1])} {year(int(m[2]))}"),
    rule(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.", lambda m: _month(m[1])),
    rule(
        r"\b(?P<hour>\d{1,2}):(?P<minute>\d\d)(?:\s?(?P<half>[aApP])\.?[mM]\b"
        r"(?:\.(?=\s+[a-z\d]|[,;:)]))?)?(?!:?\d)",
        _time,
    ),
    rule(
        r"\b(?P<hour>\d{1,2})(?P<minute>)\s?(?P<half>[aApP])\.?[mM]\b(?:\.(?=\s+[a-z\d]|[,;:)]))?",
        _time,
    ),
    rule(r"\b(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)\s?(?:hours|hrs)\b", _military_time),
    rule(
        rf"{_START}(?P<number>\d{{1,3}}(?:,\d{{3}})*|\d{{1,4}})\s?"
        r"(?P<era>BCE?\b|CE\b|AD\b|B\.C\.(?:E\.)?|A\.D\.)",
        _era,
    ),
    rule(r"\bA\.?D\.?\s(\d{1,4})\b", lambda m: f"A D {label(m[1])}"),
    rule(rf"{_START}(?P<first>{_YEAR}){_TO}(?P<last>{_YEAR}|\d\d)\b(?![-–\d])", _years),
    rule(r"(?:(?<!\w)['’])?\b(?P<decade>(?:1\d|20)?\d0)['’]?s\b", _decade),
    *UNITS,
    rule(r"\b24/7\b", "twenty-four seven"),
    rule(r"\b9/11\b", "nine eleven"),
    rule(rf"(\d+)?\s?([{''.join(_VULGAR)}])", _vulgar_fraction),
    rule(rf"{_START}(\d{{1,3}})/(\d{{1,3}})\b(?!/)", _simple_fraction),
    rule(r"\+\d{1,3}[\s.-]?\(?\d{1,4}\)?(?:[\s.-]\d{2,4}){2,}\b|\b\d{3}-\d{3}-\d{4}\b", _phone),
    rule(r"\b(\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?:st|nd|rd|th)\b", _ordinal),
    rule(rf"{_START}({NUMBER})\s?(bn|mn|tn)\b", lambda m: scaled(m[1], m[2])),
    *ROMAN,
    rule(r"\b([Nn])os?\.\s?(?=\d)", lambda m: f"{m[1]}umber "),
    rule(r"(?<!\w)#(?=\d)", "number "),
    rule(r"\bv(?=\d+\.\d)", "version "),
    rule(r"\b\d+(?:\.\d+){2,}\b", lambda m: " point ".join(map(cardinal, m.group().split(".")))),
    rule(
        rf"{_START}({NUMBER})\s?[x×]\s?({NUMBER})\b",
        lambda m: f"{label(m[1])} by {label(m[2])}",
    ),
    rule(rf"{_START}({NUMBER})[x×](?!\w)", lambda m: f"{cardinal(m[1])} times"),
    rule(r"\b(\d{1,3}):(\d)\b", lambda m: f"{cardinal(m[1])} to {cardinal(m[2])}"),
    rule(
        r"\b(?:[A-Z][A-Za-z]{0,5}-\d+[A-Za-z]{0,2}|[A-Za-z]{1,5}\d+[A-Za-z]*\d*|\d+[A-Za-z]{1,2}\d*)\b",
        _name_with_number,
    ),
    rule(
        rf"{_START}({NUMBER}){_TO}({NUMBER})(?!\w)",
        lambda m: f"{cardinal(m[1])} to {cardinal(m[2])}",
    ),
    rule(rf"{_START}(?<!\d[-–])({_YEAR})\b(?![.,]\d)", lambda m: year(int(m[1]))),
    rule(rf"(?<![\w.)])[-−](?={NUMBER})", "minus "),
    rule(rf"{_START}({NUMBER})\+", lambda m: f"{cardinal(m[1])} plus"),
    rule(rf"{NUMBER}(?!\w)", lambda m: cardinal(m.group())),
    rule(r"~(?=\s?\d)|≈\s?", "about "),
    rule(r"<\s?(?=\d)", "less than "),
    rule(r">\s?(?=\d)", "more than "),
    rule(r"\s*±\s*", " plus or minus "),
    rule(r"\s*[=≠]\s*", lambda m: " does not equal " if "≠" in m.group() else " equals "),
    rule(r"\s+×\s+", " times "),
    rule(r"\s*÷\s*", " divided by "),
    rule(r"\s\+\s", " plus "),
    rule(r"\s*&(?:amp;)?\s*", " and "),
    rule(r"\s*@\s*", " at "),
    rule(r"(?<=\w)/(?=\w)", " "),
    rule(r"\s*§\s*", " section "),
)  # fmt: skip
