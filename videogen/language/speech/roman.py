"""Roman numerals: after a monarch's name an ordinal, after other names a number."""

from __future__ import annotations

import re

from videogen.language.speech.numbers import cardinal, ordinal
from videogen.language.speech.rules import Rule, rule

_NUMERAL = r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?<=[IVXLC])"
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

_MONARCHS = (
    "Henry|Louis|Charles|George|Edward|William|James|Richard|Philip|Philippe|Frederick|Friedrich|"
    "Wilhelm|Otto|Napoleon|Nicholas|Alexander|Peter|Paul|Ivan|Catherine|Elizabeth|Mary|Anne|Ramses|"
    "Ramesses|Ptolemy|Cleopatra|Darius|Xerxes|Philipp|Ferdinand|Francis|Carlos|Juan|Gustav|Haakon|"
    "Olav|Christian|Pius|Benedict|Leo|Gregory|Clement|Innocent|Urban|Thutmose|Amenhotep|Mehmed|"
    "Mehmet|Selim|Suleiman|Murad|Meiji|Leopold|Albert|Umberto|Victor|Emmanuel|Pedro|Joseph|Franz|"
    "Sixtus|Julius|Constantine|Theodosius|Harald|Canute|Malcolm(?! X\\b)|Robert|David|Stephen|John"
)
_NUMBERED = (
    "War|Chapter|Part|Act|Volume|Phase|Type|Class|Mark|Mk|Stage|Level|Title|Article|Section|Book|"
    "Episode|Bowl|Apollo|Gemini|Saturn|Ariane|Corps|Group|Division|Annex|Appendix|Protocol|Vatican|"
    "Vol|Ch|Pt|Scene|Canto|Trident|Polaris|Dreadnought|Tier|Grade|Category|Figure|Table|Block|Increment|Version|SALT|START"
)


_SHORT = {"Vol": "Volume", "Ch": "Chapter", "Pt": "Part"}
_RULERS = "King|Queen|Pope|Emperor|Empress|Tsar|Czar|Sultan|Kaiser|Prince|Duke|Pharaoh|Shah"
_COUNTED = "[Cc]entur(?:y|ies)|Olympi|Corps|Army|Legion|Dynasty|Congress|Amendment"
# Written in small letters too: "Act III, scene ii", "page xii".
_PARTS = "[Ss]cene|[Cc]hapter|[Pp]art|[Vv]olume|[Ss]ection|[Aa]ppendix|[Pp]ages?"


def value(numeral: str) -> int:
    """Return what a Roman numeral in capitals counts."""
    values = [_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def _ordinal_of(match: re.Match[str]) -> str:
    return f"{match['name']} the {ordinal(value(match['numeral'])).capitalize()}"


def _counted(match: re.Match[str]) -> str:
    said = ordinal(value(match["numeral"]))
    return said if match["noun"][0].islower() else said.capitalize()


ROMAN: tuple[Rule, ...] = (
    rule(rf"(?P<name>\b(?:{_RULERS})\s[A-Z]\w+)\s(?P<numeral>{_NUMERAL})\b(?!\.\w)", _ordinal_of),
    rule(rf"\b(?P<numeral>{_NUMERAL})(?=\s(?P<noun>{_COUNTED}))", _counted),
    rule(
        rf"\b(?P<name>{_PARTS})\s(?P<numeral>{_NUMERAL.lower()})\b",
        lambda match: f"{match['name']} {cardinal(str(value(match['numeral'].upper())))}",
    ),
    rule(
        rf"(?<=\b)(?P<name>{_MONARCHS})\s(?P<numeral>{_NUMERAL})\b(?!\.\w)",
        _ordinal_of,
    ),
    rule(
        rf"\b(?P<name>{_NUMBERED})\.?\s(?P<numeral>{_NUMERAL})\b",
        lambda match: (
            f"{_SHORT.get(match['name'], match['name'])} "
            f"{cardinal(str(value(match['numeral']))).capitalize()}"
        ),
    ),
    # Two letters at least, so that neither the pronoun nor an initial is taken for a number; and
    # none that is an abbreviation more often, such as CV, XL, or the IV of hospitals.
    rule(
        rf"(?<=[a-z]\s)(?=[IVX]{{2}})(?!XX+\b)(?<!\ba\s)(?<!\ban\s)(?<!\bby\s)"
        rf"(?P<numeral>{_NUMERAL})\b(?!\.\w|-|\s(?:drip|fluid|line|bag|therapy|antibiotic))",
        lambda match: cardinal(str(value(match["numeral"]))),
    ),
)
