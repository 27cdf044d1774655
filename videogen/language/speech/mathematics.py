"""Fractions, powers and signs of mathematics in English."""

from __future__ import annotations

import re

from videogen.language.speech.numbers import NUMBER, START, cardinal, fraction, label, ordinal
from videogen.language.speech.rules import Rule, rule
from videogen.language.speech.units import UNIT, several, single

_VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5),
    "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅛": (1, 8), "⅜": (3, 8),
    "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
_LARGEST_DENOMINATOR = 20
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def _simple_fraction(match: re.Match[str]) -> str | None:
    whole, numerator, denominator = match["whole"], int(match["top"]), int(match["bottom"])
    if not (0 < numerator < denominator <= _LARGEST_DENOMINATOR):
        return f"{label(match['top'])} {label(match['bottom'])}" if not whole else None
    return _mixed(whole, numerator, denominator)


def _part_of_a_unit(match: re.Match[str]) -> str | None:
    """Read "3/4-inch bolt" as "three-quarter-inch"; a half and a quarter need no "one"."""
    numerator, denominator = int(match[1]), int(match[2])
    if not 0 < numerator < denominator <= _LARGEST_DENOMINATOR:
        return None
    said = fraction(numerator, denominator).removeprefix("one ").removesuffix("s")
    return f"{said.replace(' ', '-')}-"


def _vulgar_fraction(match: re.Match[str]) -> str:
    said = _mixed(match[1], *_VULGAR[match[2]])
    if not match["unit"]:
        return said
    return f"{said} {(several if match[1] else single)(match['unit'])}"


def _mixed(whole: str | None, numerator: int, denominator: int) -> str:
    part = fraction(numerator, denominator)
    if not whole:
        return part
    return f"{cardinal(whole)} and {part.replace('one ', 'a ', 1)}"


def _power(written: str) -> str:
    """Return an exponent as said after "to the": "minus nineteen", "eighth"."""
    digits = written.translate(_RAISED).lstrip("+")
    if digits.startswith(("-", "−")):
        return f"minus {cardinal(digits[1:])}"
    return ordinal(int(digits))


def _scientific(match: re.Match[str]) -> str:
    sign = "minus " if match["sign"] else ""
    exponent = match["e"] or match["caret"] or match["raised"]
    said = f"{sign}{cardinal(match['number'])} times ten to the {_power(exponent)}"
    return f"{said} {several(match['unit'])}" if match["unit"] else said


def _raised(match: re.Match[str]) -> str:
    base, exponent = match["base"], match["exponent"].translate(_RAISED)
    # Alone, it would be an article.
    said = cardinal(base) if base.isdigit() else {"a": "A"}.get(base, base)
    named = {"2": "squared", "3": "cubed"}.get(exponent)
    return f"{said} {named}" if named else f"{said} to the {_power(exponent)}"


_INTEGER = r"[-−+⁻⁺]?\d{1,4}"
_EXPONENT = rf"(?:\^\{{?(?P<caret>{_INTEGER})\}}?|(?P<raised>[⁻⁺]?[{_RAISED_DIGITS}]{{1,4}}))"

MATHEMATICS: tuple[Rule, ...] = (
    rule(
        rf"(?<![\w.,])(?P<sign>[-−])?(?P<number>{NUMBER})"
        rf"(?:\s?[×x*·]\s?10{_EXPONENT}|[eE](?P<e>[-−+]?\d{{1,3}})\b)"
        rf"(?:\s(?P<unit>{UNIT})(?![\w²³/]))?",
        _scientific,
    ),
    rule(
        rf"\b(?P<base>\d+|[A-Za-z]{{1,2}})(?:\^(?P<exponent>{_INTEGER})\b)",
        _raised,
    ),
    rule(
        rf"\b(?!k?m[²³])(?P<base>\d+|[A-Za-z]{{1,2}})(?P<exponent>⁻?[{_RAISED_DIGITS}]{{1,4}})",
        _raised,
    ),
    rule(
        rf"(?:(?<!\d)(\d+)\s?)?([{''.join(_VULGAR)}])(?:\s?(?P<unit>{UNIT})(?![\w²³/'’])(?:\.(?=\s[a-z]))?)?",
        _vulgar_fraction,
    ),
    rule(
        rf"{START}(\d{{1,2}})/(\d{{1,2}})-(?=(?:inch|mile|foot|ton|pound|ounce|cup|acre|hour|size|scale)\b)",
        _part_of_a_unit,
    ),
    rule(
        rf"{START}(?:(?P<whole>\d{{1,3}})\s)?(?P<top>\d{{1,3}})/(?P<bottom>\d{{1,3}})(?:rds?|ths?)?\b(?!/)",
        _simple_fraction,
    ),
    rule(r"√\s?(?=[\w(])", "the square root of "),
    rule(r"≥(?=\s?\d)", "at least "),
    rule(r"≤(?=\s?\d)", "at most "),
    rule(
        rf"{START}({NUMBER})\s×\s({NUMBER})(?=\s=|\s×|\s\+)",
        lambda m: f"{cardinal(m[1])} times {cardinal(m[2])}",
    ),
)
