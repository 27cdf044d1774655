"""All that English reads aloud otherwise than it is written, the most telling patterns first."""

from __future__ import annotations

import re

from videogen.language.speech.abbreviations import ABBREVIATIONS
from videogen.language.speech.dates import BRITISH_DATES, DATES
from videogen.language.speech.identifiers import IDENTIFIERS
from videogen.language.speech.mathematics import MATHEMATICS
from videogen.language.speech.money import MONEY
from videogen.language.speech.numbers import (
    NUMBER,
    START,
    TO,
    YEAR,
    cardinal,
    label,
    ordinal,
    scaled,
    year,
)
from videogen.language.speech.roman import ROMAN
from videogen.language.speech.rules import Rule, rule
from videogen.language.speech.units import BARE_UNITS, UNITS

# Words in capitals that a reader takes for initials because of their endings; BRICS is a word.
_INFLECTED = r"\b(?!BRICS\b)[A-Z]{3,}(?:S|ED|ING)\b"
_HUNDREDS = {"100": "hundreds", "1000": "thousands", "10000": "tens of thousands"}
_RATES = {
    "hour": "hour", "hr": "hour", "h": "hour", "day": "day", "week": "week", "month": "month",
    "year": "year", "yr": "year", "person": "person", "capita": "capita", "night": "night",
    "gallon": "gallon", "gal": "gallon", "mile": "mile", "kg": "kilogram", "lb": "pound",
    "share": "share", "ton": "ton", "tonne": "tonne", "barrel": "barrel", "minute": "minute",
    "min": "minute", "second": "second", "sec": "second", "bbl": "barrel", "oz": "ounce",
}  # fmt: skip
_ONES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_BELOW_A_HUNDRED = (
    rf"(?:{_ONES}|[a-z]+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-[a-z]+)?)"
)
_AND_PLACES = re.compile(
    rf"\bhundred(?= {_BELOW_A_HUNDRED}\b)|\bthousand(?= {_BELOW_A_HUNDRED}\b(?! hundred))"
)


def _ordinal(match: re.Match[str]) -> str:
    return ordinal(int(match[1].replace(",", "")))


def _heading_word(match: re.Match[str]) -> str | None:
    """Return a word in capitals among others, which is a heading's and no abbreviation, small."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    among = re.search(r"\b[A-Z]{2,}[^\w.]+$", before) or re.match(r"[^\w.]+[A-Z]{2,}\b", after)
    return match.group().lower() if among else None


def _inches(match: re.Match[str]) -> str | None:
    """Read a double quote behind a number as inches, unless it closes a quotation."""
    if match[2] == '"' and match.string[: match.start()].count('"') % 2:
        return None
    return f"{cardinal(match[1])} inch"


def _with_and(each: Rule) -> Rule:
    """Return a rule that says "one hundred and one", as Britain does."""

    def say(match: re.Match[str]) -> str | None:
        said = each.say(match)
        return None if said is None else _AND_PLACES.sub(r"\g<0> and", said)

    return Rule(each.pattern, say, each.show)


AMERICAN: tuple[Rule, ...] = (
    *ABBREVIATIONS,
    *MONEY,
    *DATES,
    rule(rf"\b({'|'.join(_HUNDREDS)})s(?= of\b)", lambda m: _HUNDREDS[m[1]]),
    rule(
        rf"{START}({NUMBER})m(?=\s(?:people|men|women|users|viewers|jobs|children|homes|tons)\b)",
        lambda m: f"{cardinal(m[1])} million",
    ),
    *UNITS,
    rule(r"(?<=[\w)])/y(?:ea)?r\b", " per year"),
    rule(
        r"\b(\d)['’](\d{1,2})[\"”″]?(?!\w)",
        lambda m: f"{cardinal(m[1])} foot {cardinal(m[2])}",
    ),
    rule(r"\b9/11\b", "nine eleven"),
    *MATHEMATICS,
    *BARE_UNITS,
    rule(
        rf"(?:(?<=\d)|(?<=\d[mkMKBb])|(?<=[bm]n)|(?<=lion)|(?<=[€$£¢]))/({'|'.join(_RATES)})\b",
        lambda m: f" per {_RATES[m[1]]}",
    ),
    rule(rf"{START}({NUMBER})([\"”″])(?=[\s-][a-z])", _inches),

    rule(r"\b(\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?:st|nd|rd|th)\b", _ordinal),
    rule(
        rf"{START}(?:({NUMBER}){TO})?({NUMBER})\s?(bn|mn|tn)\b",
        lambda m: f"{cardinal(m[1])} to {scaled(m[2], m[3])}" if m[1] else scaled(m[2], m[3]),
    ),
    rule(r"\bNo (?=\d{1,2}\b(?! [a-z]+s\b))", "Number "),
    *ROMAN,
    rule(r"(?<!\w)#(?=\d)", "number "),
    rule(_INFLECTED, _heading_word),
    rule(
        rf"{START}(?!0x)({NUMBER})\s?[x×]\s?({NUMBER})\b",
        lambda m: f"{label(m[1])} by {label(m[2])}",
    ),
    rule(rf"{START}({NUMBER})[x×](?!\w)", lambda m: f"{cardinal(m[1])} times"),
    rule(r"\b(\d{1,3}):(\d|\d{3,})\b", lambda m: f"{cardinal(m[1])} to {cardinal(m[2])}"),
    *IDENTIFIERS,
    rule(r"\b([aApP])\.\s?[mM]\.", lambda m: f"{m[1].upper()} M"),
    rule(
        rf"{START}({NUMBER}){TO}({NUMBER})(?!\w)",
        lambda m: f"{cardinal(m[1])} to {cardinal(m[2])}",
    ),
    rule(rf"{START}(?<!\d[-–])({YEAR})\b(?![.,]\d)", lambda m: year(int(m[1]))),
    rule(rf"(?<![\w.)])[-−](?={NUMBER})|(?<!\S)–(?=\d)", "minus "),
    rule(r"(?<=[A-Z][a-z]{2})–(?=[A-Z])|(?<=[a-z]{3})–(?=[A-Z])", "-"),
    rule(rf"{NUMBER}(?!\w)", lambda m: cardinal(m.group())),
    rule(r"~(?=\s?[\d$£€])|≈\s?", "about "),
    rule(r"<\s?(?=\d)", "less than "),
    rule(r">\s?(?=\d)", "more than "),
    rule(r"\s*±\s*", " plus or minus "),
    rule(r"\s*=+\s*", " equals "),
    rule(r"\s*÷\s*", " divided by "),
    rule(r"\s*&\s*", " and "),
    rule(r"(?<=\w)/(?=\w)", " "),
)  # fmt: skip

BRITISH: tuple[Rule, ...] = tuple(map(_with_and, (*BRITISH_DATES, *AMERICAN)))
