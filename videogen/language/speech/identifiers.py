"""Names that hold figures or dots: aircraft, substances, versions, files, telephones."""

from __future__ import annotations

import re

from videogen.language.speech.numbers import cardinal, digits, label, plural
from videogen.language.speech.rules import Rule, rule

# A three-figure number after these is said as a name: "Room one oh one", "Boeing seven forty-seven".
_LABELLED = "Boeing|Airbus|Flight|Room|Route|Highway|Interstate|Channel|Xbox|Studio|Platform"
_SPELLED = "py|md|js|ts|cpp|pdf|html?|css|csv|xml|jpe?g|png|mp3|mp4|exe|txt|xlsx?|docx?|sql|rs|dll"
_READ = "json|zip|toml|yaml|log|bat|iso|tar"
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
# Symbols of elements that are words to a reader unless they are spelled.
_FORMULA = re.compile(
    r"(?:He|Li|Be|Ne|Na|Mg|Al|Si|Cl|Ca|Fe|Cu|Zn|Br|Ag|Au|Hg|Pb|Ni|Mn|Cr|Ti|H|C|N|O|S|P|F|K|B|U|\d)+"
)
_LONGEST_SYMBOLS = 2


def _dotted(written: str) -> str:
    return " point ".join(map(cardinal, written.split(".")))


def _name_with_number(match: re.Match[str]) -> str:
    """Read "F-35B", "M1A2", "5G", "C6H12O6" run by run."""
    written = match.group().translate(_SUBSCRIPTS)
    is_formula = _FORMULA.fullmatch(written) is not None
    runs = re.findall(r"\d+|[A-Za-z]+", written)
    words = [label(run) if run.isdigit() else _letters(run, is_formula) for run in runs]
    if len(words) > 1 and words[-1] == "s":
        words[-2:] = [plural(words[-2])]
    return " ".join(words)


def _letters(run: str, is_formula: bool) -> str:
    """Spell symbols of elements, and "CO" in "CO2e", but no name such as "COP" in "COP26"."""
    is_name = len(run) > _LONGEST_SYMBOLS and run.isupper()
    return " ".join(run.upper()) if run == "CO" or (is_formula and not is_name) else run


def _phone(match: re.Match[str]) -> str:
    groups = re.findall(r"\d+", match.group())
    said = ", ".join(digits(group) for group in groups)
    return f"plus {said}" if match.group().startswith("+") else said


def _file_name(match: re.Match[str]) -> str:
    suffix = match["spelled"]
    ending = " ".join(suffix.upper()) if suffix else match["read"]
    return f"{match['stem']} dot {ending}"


def _digit(letter: str) -> str:
    return cardinal(letter) if letter.isdigit() else letter.upper()


_ISOTOPES = (
    "[Uu]ranium|[Pp]lutonium|[Tt]horium|[Aa]mericium|[Cc](?:ae|e)sium|[Ii]odine|[Xx]enon|[Pp]olonium|"
    "[Rr]adium|[Rr]adon"
)

IDENTIFIERS: tuple[Rule, ...] = (
    rule(rf"\b({_ISOTOPES})-(\d{{3}})\b", lambda m: f"{m[1]} {label(m[2])}"),
    rule(r"\b(Intel|Motorola|Zilog|Atari)\s(\d{4})\b", lambda m: f"{m[1]} {label(m[2])}"),
    rule(
        r"(?:\+\d{1,3}|\b1)[\s.-]?\(?\d{1,4}\)?(?:[\s.-]\d{2,4}){2,}\b|\b\d{3}-\d{3}-\d{4}\b|"
        r"(?<!\w)\(\d{3}\)\s?\d{3}-\d{4}\b|\b555-\d{4}\b|\b\d{3}-0\d{3}\b|"
        r"(?<=\b(?:[Cc]all|[Dd]ial) )\d{3}-\d{4}\b",
        _phone,
    ),
    rule(
        r"(?<=\b[Cc]all )(?:9\d\d|1\d\d)\b(?!\s[a-z])|(?<=\b[Dd]ial )\d{3}\b|(?<=\b[Dd]ialed )\d{3}\b",
        lambda m: digits(m.group()),
    ),
    rule(r"\bv(\d+(?:\.\d+)+)\b", lambda m: f"version {_dotted(m[1])}"),
    rule(r"\b\d+(?:\.\d+){2,}\b", lambda m: _dotted(m.group())),
    rule(
        rf"\b(?P<stem>[\w-]*[A-Za-z][\w-]*)\.(?:(?P<spelled>{_SPELLED})|(?P<read>{_READ}))\b(?!\.\w)",
        _file_name,
    ),
    rule(r"\b\d{3}(?=\([a-z]\))", lambda m: label(m.group())),
    rule(r"(?<=[\d)])\(([a-z]|\d{1,2})\)", lambda m: f" {_digit(m[1])}"),
    rule(r"(?<!\w)\.NET\b", "dot net"),
    rule(r"\b([CF])#(?!\w)", r"\1 sharp"),
    rule(
        r"\b7([0-8])7-(\d)00(ER|LR)?\b",
        lambda m: f"{label('7' + m[1] + '7')} {cardinal(m[2])} hundred{' ' + m[3] if m[3] else ''}",
    ),
    rule(rf"(?<=\b)({_LABELLED})\s(\d{{3}})(?![\w.,]\d|\w)", lambda m: f"{m[1]} {label(m[2])}"),
    rule(
        r"\b(?:[A-Z][A-Za-z]{0,5}-\d+[A-Za-z]{0,2}|(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z\d]{2,})\b|"
        r"\b[A-Z][A-Za-z]?(?=\w*[₀-₉])[A-Za-z₀-₉]+",
        _name_with_number,
    ),
)
