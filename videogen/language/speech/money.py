"""Sums of money in English."""

from __future__ import annotations

import re

from videogen.language.speech.numbers import ARTICLE, NUMBER, START, TO, cardinal, scaled
from videogen.language.speech.rules import Rule, rule

_SCALE = r"(?:thousand|million|billion|trillion|crore|lakh|bn|mn|tn|[mMkKbBT])"
# One of it, several of it, the hundredth part of it; empty where sums have no such part.
_CURRENCIES = {
    "$": ("dollar", "dollars", "cent"),
    "£": ("pound", "pounds", "penny"),
    "€": ("euro", "euros", "cent"),
    "¥": ("yen", "yen", ""),
    "₹": ("rupee", "rupees", "paisa"),
    "₽": ("ruble", "rubles", "kopeck"),
    "₴": ("hryvnia", "hryvnias", "kopiyka"),
    "₩": ("won", "won", ""),
    "₪": ("shekel", "shekels", "agora"),
    "₺": ("lira", "lira", "kurus"),
    "¢": ("cent", "cents", ""),
    "US$": ("U S dollar", "U S dollars", "cent"),
    "A$": ("Australian dollar", "Australian dollars", "cent"),
    "C$": ("Canadian dollar", "Canadian dollars", "cent"),
    "R$": ("real", "reais", "centavo"),
    "Rs": ("rupee", "rupees", "paisa"),
    "USD": ("U S dollar", "U S dollars", "cent"),
    "EUR": ("euro", "euros", "cent"),
    "GBP": ("British pound", "British pounds", "penny"),
    "CHF": ("Swiss franc", "Swiss francs", "centime"),
    "JPY": ("yen", "yen", ""),
    "CNY": ("yuan", "yuan", ""),
    "INR": ("Indian rupee", "Indian rupees", "paisa"),
    "AUD": ("Australian dollar", "Australian dollars", "cent"),
    "CAD": ("Canadian dollar", "Canadian dollars", "cent"),
}
_IRREGULAR = {"penny": "pence", "paisa": "paise", "agora": "agorot", "kopiyka": "kopiykas"}
_CODE = "USD|EUR|GBP|CHF|JPY|CNY|INR|AUD|CAD"
_SIGN = "[$£€¥₹₽₴₩₪₺]"
SYMBOL = rf"(?:US\$|A\$|C\$|R\$|{_SIGN}|\b(?:{_CODE}|Rs\b\.?)\s)"
_AFTER_NO_NOUN = (
    "of|in|on|at|by|to|from|and|or|but|than|with|per|for|a|an|each|is|are|was|were|will|would|that|"
    "which|who|he|she|it|they|we|you|spent|paid|raised|invested|earned|needed|owed|won|lost|went"
)
# "the $64,000 question", "a $5-a-day wage": as an adjective a currency stays in the singular.
_NOUN = rf"(?P<noun>(?=-[a-z])|(?=\s(?!(?:{_AFTER_NO_NOUN})\b)[a-z]))?"


def _money(match: re.Match[str]) -> str:
    low, high, first, scale = match.group("low", "high", "first", "scale")
    one, many, cent = _CURRENCIES[match["symbol"].rstrip(" .")]
    is_adjective = match["noun"] is not None and (
        match["article"] is not None or match.string[match.end()] == "-"
    )
    name = one if is_adjective or match["hyphen"] else many
    minus = "minus " if match["sign"] else ""
    if high:
        shared = None if first == scale else first
        return f"{minus}{scaled(low, shared)} to {scaled(high, scale)} {name}"
    if first:
        return f"{minus}{scaled(low, first)} {name}"
    return minus + _sum(low, one, name, cent)


def _sum(written: str, one: str, many: str, cent: str) -> str:
    """Return an amount without a scale, its hundredth parts named."""
    whole, _, part = written.replace(",", "").partition(".")
    if len(part) != 2 or not cent:
        return f"{cardinal(written)} {one if written == '1' else many}"
    cents = int(part)
    words = [f"{cardinal(whole)} {one if whole == '1' else many}"] if int(whole or 0) else []
    if cents or not words:
        several = _IRREGULAR.get(cent, f"{cent}s")
        words.append(f"{cardinal(str(cents))} {cent if cents == 1 else several}")
    return " and ".join(words)


def _money_behind(match: re.Match[str]) -> str:
    low, high, scale = match.group("low", "high", "scale")
    one, many, cent = _CURRENCIES[match["symbol"]]
    if high:
        return f"{cardinal(low)} to {scaled(high, scale)} {many}"
    return f"{scaled(low, scale)} {many}" if scale else _sum(low, one, many, cent)


MONEY: tuple[Rule, ...] = (
    rule(
        rf"{ARTICLE}(?:(?<![\w%)])(?P<sign>[-−]))?(?P<symbol>{SYMBOL})\s?(?P<low>{NUMBER})"
        rf"(?:(?P<hyphen>-)?\s?(?P<first>{_SCALE})\b)?"
        rf"(?:{TO}{SYMBOL}?(?P<high>{NUMBER})(?:-?\s?(?P<scale>{_SCALE})\b)?)?{_NOUN}",
        _money,
    ),
    rule(
        rf"{START}(?P<low>{NUMBER})(?:{TO}(?P<high>{NUMBER}))?(?:\s?(?P<scale>{_SCALE}))?"
        rf"(?:\s(?=(?:{_CODE})\b)|\s?(?=(?:{_SIGN}|¢)(?!\d)))(?P<symbol>{_CODE}|{_SIGN}|¢)",
        _money_behind,
    ),
)
