"""All that English reads aloud otherwise than it is written, the most telling patterns first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from videogen.stages.speech.abbreviations import ABBREVIATIONS
from videogen.stages.speech.dates import DATES
from videogen.stages.speech.money import MONEY
from videogen.stages.speech.numbers import (
    NUMBER,
    START,
    TO,
    YEAR,
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

_VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5),
    "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅛": (1, 8), "⅜": (3, 8),
    "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
_LARGEST_DENOMINATOR = 20


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


def _dotted(written: str) -> str:
    return " point ".join(map(cardinal, written.split(".")))


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
    *MONEY,
    *DATES,
    *UNITS,
    rule(r"(?<=[\w)])/y(?:ea)?r\b", " per year"),
    rule(r"\by/y\b", "year over year"),
    rule(
        r"\b(\d)['’](\d{1,2})[\"”″]?(?!\w)",
        lambda m: f"{cardinal(m[1])} foot {cardinal(m[2])}",
    ),
    rule(r"\b24/7\b", "twenty-four seven"),
    rule(r"\b9/11\b", "nine eleven"),
    rule(rf"(\d+)?\s?([{''.join(_VULGAR)}])", _vulgar_fraction),
    rule(rf"{START}(\d{{1,3}})/(\d{{1,3}})\b(?!/)", _simple_fraction),
    rule(r"\+\d{1,3}[\s.-]?\(?\d{1,4}\)?(?:[\s.-]\d{2,4}){2,}\b|\b\d{3}-\d{3}-\d{4}\b", _phone),
    rule(r"\b(\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?:st|nd|rd|th)\b", _ordinal),
    rule(rf"{START}({NUMBER})\s?(bn|mn|tn)\b", lambda m: scaled(m[1], m[2])),
    *ROMAN,
    rule(r"\b([Nn])os?\.\s?(?=\d)", lambda m: f"{m[1]}umber "),
    rule(r"(?<!\w)#(?=\d)", "number "),
    rule(r"\bv(\d+(?:\.\d+)+)\b", lambda m: f"version {_dotted(m[1])}"),
    rule(r"\b\d+(?:\.\d+){2,}\b", lambda m: _dotted(m.group())),
    rule(
        rf"{START}({NUMBER})\s?[x×]\s?({NUMBER})\b",
        lambda m: f"{label(m[1])} by {label(m[2])}",
    ),
    rule(rf"{START}({NUMBER})[x×](?!\w)", lambda m: f"{cardinal(m[1])} times"),
    rule(r"\b(\d{1,3}):(\d)\b", lambda m: f"{cardinal(m[1])} to {cardinal(m[2])}"),
    rule(
        r"\b(?:[A-Z][A-Za-z]{0,5}-\d+[A-Za-z]{0,2}|[A-Za-z]{1,5}\d+[A-Za-z]*\d*|\d+[A-Za-z]{1,2}\d*)\b",
        _name_with_number,
    ),
    rule(
        rf"{START}({NUMBER}){TO}({NUMBER})(?!\w)",
        lambda m: f"{cardinal(m[1])} to {cardinal(m[2])}",
    ),
    rule(rf"{START}(?<!\d[-–])({YEAR})\b(?![.,]\d)", lambda m: year(int(m[1]))),
    rule(rf"(?<![\w.)])[-−](?={NUMBER})", "minus "),
    rule(rf"{START}({NUMBER})\+", lambda m: f"{cardinal(m[1])} plus"),
    rule(rf"{NUMBER}(?!\w)", lambda m: cardinal(m.group())),
    rule(r"~(?=\s?[\d$£€])|≈\s?", "about "),
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
