"""Sums of money in English."""

from __future__ import annotations

import re

from videogen.stages.speech.numbers import NUMBER, START, TO, cardinal, scaled
from videogen.stages.speech.readings import Rule, rule

_SCALE = r"(?:thousand|million|billion|trillion|bn|mn|tn|[mMkKbB])"
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


MONEY: tuple[Rule, ...] = (
    rule(
        rf"(?P<symbol>{_SYMBOL})\s?(?P<low>{NUMBER})(?:{TO}{_SYMBOL}?(?P<high>{NUMBER}))?"
        rf"(?:(?P<hyphen>-)?\s?(?P<scale>{_SCALE})\b)?",
        _money,
    ),
    rule(
        rf"{START}(?P<low>{NUMBER})(?:\s?(?P<scale>{_SCALE}))?\s(?P<code>USD|EUR|GBP)\b",
        _coded_money,
    ),
)
