"""English numbers as words, from the way they are written."""

from __future__ import annotations

import re
from functools import cache

from num2words import num2words

# Pieces of patterns: a number as written, a year, the dash of a range, where no number goes on.
NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})* 000(?!\d)|\d+(?:\.\d+)?|(?<!\w)\.\d+)"
YEAR = r"(?:1\d{3}|20\d\d)"
TO = r"\s?[-–—]\s?"
# Whether an article stands before, so that a measure or a sum may be an adjective.
ARTICLE = r"(?P<article>(?<=\b[Aa]\s)|(?<=\b[Aa]n\s)|(?<=\b[Tt]he\s))?"
START = r"(?<!\w)(?<!\d[.,])"

_SCALES = {
    "k": "thousand",
    "m": "million",
    "mn": "million",
    "b": "billion",
    "bn": "billion",
    "t": "trillion",
    "tn": "trillion",
}
# What is longer is an identifier, not a count of anything.
_LONGEST_COUNT = 15
_DENOMINATORS = {2: ("half", "halves"), 4: ("quarter", "quarters")}


def cardinal(written: str) -> str:
    """Return "1,234.50" as "one thousand two hundred thirty-four point five zero"."""
    whole, point, decimals = re.sub("[, ]", "", written).partition(".")
    words = []
    if whole:
        by_digit = len(whole) > _LONGEST_COUNT or (len(whole) > 1 and whole[0] == "0")
        words.append(digits(whole) if by_digit else _plain(int(whole)))
    if point:
        words += ["point", digits(decimals)]
    return " ".join(words)


def ordinal(number: int) -> str:
    """Return 21 as "twenty-first"."""
    return _bare(num2words(number, to="ordinal"))


def year(number: int) -> str:
    """Return 1805 as "eighteen oh five", 2024 as "twenty twenty-four"."""
    return _bare(num2words(number, to="year")).replace("oh-", "oh ")


def digits(written: str) -> str:
    """Return "007" as "zero zero seven"."""
    return " ".join(map(_digit, written))


def label(written: str) -> str:
    """Return the number of a thing's name: "747" as "seven forty-seven", "101" as "one oh one"."""
    if not written.isdigit():
        return cardinal(written)
    if len(written) == 3 and written[0] != "0" and not written.endswith("00"):
        tens = f"oh {_plain(int(written[2]))}" if written[1] == "0" else _plain(int(written[1:]))
        return f"{_plain(int(written[0]))} {tens}"
    if len(written) == 4 and written[0] != "0":
        return year(int(written))
    return cardinal(written)


def plural(words: str) -> str:
    """Return number words in the plural: "fifty-two" as "fifty-twos", "ninety" as "nineties"."""
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return f"{words}es" if words.endswith("x") else f"{words}s"


def fraction(numerator: int, denominator: int) -> str:
    """Return 2 and 3 as "two thirds"."""
    named = ordinal(denominator)
    one, many = _DENOMINATORS.get(denominator, (named, f"{named}s"))
    return f"{_plain(numerator)} {one if numerator == 1 else many}"


def scaled(written: str, scale: str | None) -> str:
    """Return a number and the scale behind it, "13.3" and "bn" as "thirteen point three billion"."""
    if not scale:
        return cardinal(written)
    return f"{cardinal(written)} {_SCALES.get(scale.lower(), scale.lower())}"


@cache
def _digit(digit: str) -> str:
    return _plain(int(digit))


def _plain(number: int) -> str:
    return _bare(num2words(number))


def _bare(words: str) -> str:
    """Drop the commas and the "and" that num2words puts between hundreds and tens."""
    return re.sub(r" and |, ", " ", words)
