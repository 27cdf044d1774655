"""What is written but never said, in any language: markup, stage directions, emoji, citations."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from videogen.language.speech.rules import Rule, rule

_LINE = re.MULTILINE
_ANY_CASE = re.IGNORECASE

_CUES = (
    r"(?:pause|beat|music|sfx|sound|soft|upbeat|dramatic|cut|fade|fades|dissolve|zoom|camera|"
    r"applause|laughs?|laughter|laughing|sighs?|sighing|whispers?|whispering|narrator|narration|"
    r"voice-?over|v\.?o\.?|on[- ]screen|b-roll|visual|scene|intro|outro|transition|smiles?)"
)

# Emoji are symbols of Unicode's So category from the blocks below, with their joiners, variation
# selectors, skin tones, flags' regional letters and keycaps (Unicode Technical Standard 51).
_PICTURE = (
    "[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u2500-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\ufe0e\ufe0f\u200d\u20e3\U000e0020-\U000e007f]"
)
_EMOJI = rf"(?:\b[0-9#*]\ufe0f?\u20e3|{_PICTURE})++"


# The host of an address, without scheme, account and port; also of what is no valid address.
_HOST = re.compile(r"(?:[a-z]+://)?(?:[^/@]*@)?([^/:?#]+)", _ANY_CASE)


def _host(match: re.Match[str]) -> str:
    address = match.group()
    found = _HOST.match(address)
    return (found[1] if found else address).lower().removeprefix("www.")


@dataclass(frozen=True, slots=True)
class Address:
    """How a language says the signs of addresses."""

    at: str
    dot: str
    dash: str
    underscore: str
    plus: str


ENGLISH_ADDRESS = Address(at="at", dot="dot", dash="dash", underscore="underscore", plus="plus")


def _character(match: re.Match[str]) -> str:
    return html.unescape(match.group())


def _and_space(match: re.Match[str]) -> str:
    return f"{match.group()} "


_FULL_WIDTH_MARK = re.compile(r"[。！？，、；：](?=[^\s。！？，、；：」』”’）])")
_TOP_LEVEL = r"(?:com|org|net|edu|gov|mil|int|info|io|ai|tv|co\.uk|uk|eu|de|fr|jp|ru|ua|cn|us)"

_BLOCKS: tuple[Rule, ...] = (
    # A heading, an item or a paragraph without a full stop still ends where its block ends.
    rule(r"(?<=[\w)\]\"'”’*_`%])[ \t]*\n[ \t]*(?:\n\s*|(?=[-*+•#]\s))", ". "),
    rule(r"^\s*(?:```|~~~).*$", "", _LINE),
    rule(r"<!--.*?-->", "", re.DOTALL),
    rule(r"<(?:script|style)\b.*?</(?:script|style)>", "", re.DOTALL | _ANY_CASE),
    rule(r"<br\s*/?>|</p>", " ", _ANY_CASE),
    rule(r"</?[a-zA-Z][^<>]*>", ""),
    rule(r"!\[[^\]]*\]\([^)]*\)", ""),
    rule(r"\](?:\([^)]*\)|\[[^\]]*\])", ""),
    rule(r"\[(?=[^\]]*\](?:\(|\[))", ""),
    rule(r"\[\^?[^\]\[]*\](?:\s*(?=[.,;:!?]))?", ""),
    rule(rf"\(\s*{_CUES}\b[^()]*\)", "", _ANY_CASE),
    rule(rf"(?<!\*)\*{_CUES}\*(?!\*)", "", _ANY_CASE),
    rule(rf"^\s*\**(?:{_CUES}|host|speaker(?: \d+)?)\**\s*:\**\s*", "", _LINE | _ANY_CASE),
    rule(r"^[ \t]{0,3}#{1,6}[ \t]+|[ \t]+#{1,6}[ \t]*$", "", _LINE),
    rule(r"^[ \t]*>[ \t]?", "", _LINE),
    rule(r"^[ \t]*[-*+•–][ \t]+", "", _LINE),
    rule(r"^\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*$", "", _LINE),
    rule(r"\*+|~~|`+", ""),
    rule(r"(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)", ""),
    rule(r"&(?:lt|gt);", ""),
    Rule(re.compile(r"&(?:#\d+|[a-z]+);"), _character, _character),
)

# What is left when addresses are read.
_SIGNS: tuple[Rule, ...] = (
    rule(r"(?<!\w)#(?=[A-Za-z])", ""),
    rule(rf"\s*(?<!{_PICTURE}){_EMOJI}(?=\s*[.,;:!?])", ""),
    rule(_EMOJI, " "),
    rule(r"[\u200b\u200c\u2060\ufeff\u00ad\u200e\u200f]", ""),
    rule(r"[©®™]", ""),
)


def markup(said: Address = ENGLISH_ADDRESS) -> tuple[Rule, ...]:
    """Return the rules for what is written but not said, addresses in a language's own words."""
    return (*_BLOCKS, *_addresses(said), *_SIGNS)


def _addresses(said: Address) -> tuple[Rule, ...]:
    signs = {".": said.dot, "@": said.at, "_": said.underscore, "-": said.dash, "+": said.plus}

    def spelled(text: str) -> str:
        return "".join(f" {signs[sign]} " if sign in signs else sign for sign in text)

    def say_host(match: re.Match[str]) -> str:
        return spelled(_host(match))

    return (
        rule(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b", lambda match: spelled(match.group())),
        Rule(
            re.compile(r"\b(?:https?://|www\.)[^\s<>\"')\[\]]*[^\s<>\"')\[\].,;:!?]", _ANY_CASE),
            say_host,
            _host,
        ),
        Rule(re.compile(rf"\b(?:[a-z0-9-]+\.)+{_TOP_LEVEL}\b(?:/[\w/-]+)?"), say_host),
    )


PUNCTUATION: tuple[Rule, ...] = (
    # Scripts without spaces get one after each clause, to time and to show it on its own.
    Rule(_FULL_WIDTH_MARK, _and_space, _and_space),
    rule(r"[\u2018\u2019\u201b\u2032\u00b4]", "'"),
    rule(r"[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]", '"'),
    rule(r"\s*(?:\u2014|\u2013|---?)\s*(?=\S)|\s+-\s+", " — "),
    rule(r"\.{2,}|…", "…"),
    rule(r"([!?])[!?]+", r"\1"),
    rule(r"\s+\(", ", "),
    rule(r"\(", ""),
    rule(r"\)(?=\s*(?:[.,;:!?]|$))", ""),
    rule(r"\)\s*", ", "),
    rule(r"[{}|\\^]", " "),
)
