"""Roman numerals: after a monarch's name an ordinal, after other names a number."""

from __future__ import annotations

from videogen.stages.speech.numbers import cardinal, ordinal
from videogen.stages.speech.readings import Rule, rule

_NUMERAL = r"(?=[IVXLC])(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

_MONARCHS = (
    "Henry|Louis|Charles|George|Edward|William|James|Richard|Philip|Philippe|Frederick|Friedrich|"
    "Wilhelm|Otto|Napoleon|Nicholas|Alexander|Peter|Paul|Ivan|Catherine|Elizabeth|Mary|Anne|Ramses|"
    "Ramesses|Ptolemy|Cleopatra|Darius|Xerxes|Philipp|Ferdinand|Francis|Carlos|Juan|Gustav|Haakon|"
    "Olav|Christian|Pius|Benedict|Leo|Gregory|Clement|Innocent|Urban|Thutmose|Amenhotep|Mehmed|"
    "Mehmet|Selim|Suleiman|Murad|Meiji|Leopold|Albert|Umberto|Victor|Emmanuel|Pedro|Joseph|Franz|"
    "Sixtus|Julius|Constantine|Theodosius|Harald|Canute|Malcolm|Robert|David|Stephen|John"
)
_NUMBERED = (
    "War|Chapter|Part|Act|Volume|Phase|Type|Class|Mark|Mk|Stage|Level|Title|Article|Section|Book|"
    "Episode|Bowl|Apollo|Gemini|Saturn|Ariane|Corps|Group|Division|Annex|Appendix|Protocol|Vatican|"
    "Trident|Polaris|Dreadnought|Tier|Grade|Category|Figure|Table|Block|Increment|Version|SALT|START"
)


def _value(numeral: str) -> int:
    values = [_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


ROMAN: tuple[Rule, ...] = (
    rule(
        rf"(?<=\b)(?P<name>{_MONARCHS})\s(?P<numeral>{_NUMERAL})\b(?!\.\w)",
        lambda match: f"{match['name']} the {ordinal(_value(match['numeral'])).capitalize()}",
    ),
    rule(
        rf"\b(?P<name>{_NUMBERED})\.?\s(?P<numeral>{_NUMERAL})\b",
        lambda match: f"{match['name']} {cardinal(str(_value(match['numeral']))).capitalize()}",
    ),
    # Two letters at least, so that neither the pronoun nor an initial is taken for a number.
    rule(
        rf"(?<=[a-z]\s)(?=[IVXLC]{{2}})(?<![a-z]\.\s)(?P<numeral>{_NUMERAL})\b(?!\.\w|-)",
        lambda match: cardinal(str(_value(match["numeral"]))),
    ),
)
