"""Figures in other languages than English: their voices read whole numbers, not what is around.

espeak-ng and the Asian readers take a mark inside a number for the end of a clause, so "1.234,5 €"
is handed to them as "1234 coma 5 euros".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from videogen.language.speech.markup import Address
from videogen.language.speech.rules import Rule, rule


@dataclass(frozen=True, slots=True)
class Figures:
    """How a language writes and says what stands in and beside its numbers.

    `groups` are the marks between thousands and `point` the one before decimals; `comma` is how
    that is said. `of` stands between millions and a currency, `to` between the ends of a range,
    `clock` between hours and minutes. `words` are the language's own rules, `space` what is between words.
    """

    groups: str
    point: str
    comma: str
    of: str
    to: str
    clock: str
    currencies: Mapping[str, str]
    units: Mapping[str, str]
    address: Address
    words: tuple[Rule, ...] = ()
    space: str = " "


# No letter or figure before, in a script that has spaces between words and in one that has none.
_START = r"(?<![\dA-Za-z.,])"
_MILLIONS = r"(?:mil millones|mil\w*[lhi]\w+|bi\w*l[lhi]\w+|करोड़|लाख|[百千]?[万億亿兆])"


def _either(written: Mapping[str, str]) -> str:
    return "|".join(map(re.escape, sorted(written, key=len, reverse=True)))


def rules(said: Figures) -> tuple[Rule, ...]:
    """Return the rules by which a language reads what it writes in figures."""
    groups, point = re.escape(said.groups), re.escape(said.point)
    number = rf"(?:\d{{1,3}}(?:[{groups}]\d{{3}})+(?!\d)|\d+)(?:[{point}]\d+)?"
    gap = r"\s" if said.space else r"\s?"
    symbol, units = _either(said.currencies), _either(said.units)

    def spoken(written: str) -> str:
        whole, _, decimals = re.sub(f"[{groups}](?=\\d{{3}})", "", written).partition(said.point)
        return said.space.join((whole, said.comma, decimals)) if decimals else whole

    def money(match: re.Match[str]) -> str:
        amount, scale = match["amount"], match["scale"]
        of = said.of if scale else ""
        parts = (spoken(amount), scale, of, said.currencies[match["symbol"]])
        return said.space.join(filter(None, parts))

    return (
        *said.words,
        rule(
            rf"(?P<symbol>{symbol})\s?(?P<amount>{number})(?:{gap}(?P<scale>{_MILLIONS}))?",
            money,
        ),
        rule(
            rf"{_START}(?P<amount>{number})(?:{gap}(?P<scale>{_MILLIONS}))?\s?(?P<symbol>{symbol})",
            money,
        ),
        rule(
            rf"(?<=\d)\s?({units})(?![\dA-Za-z²³/])",
            lambda match: f"{said.space}{said.units[match[1]]}",
        ),
        rule(
            rf"{_START}(\d{{1,2}}):([0-5]\d)(?![:\d])",
            lambda match: said.space.join((match[1], said.clock, match[2])),
        ),
        rule(r"(?<=\d)\s?[–-]\s?(?=\d)", f"{said.space}{said.to}{said.space}"),
        rule(rf"{_START}{number}(?![\dA-Za-z]|[.,]\d)", lambda match: spoken(match.group())),
    )
