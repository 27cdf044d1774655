"""Measures in English: a number and the unit behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from videogen.language.speech.numbers import ARTICLE, NUMBER, cardinal
from videogen.language.speech.rules import Rule, rule

# Written form: one of it, several of it.
_NAMES = {
    "km": "kilometer", "m": "meter", "cm": "centimeter", "mm": "millimeter", "nm": "nanometer",
    "mi": "mile", "yd": "yard", "NM": "nautical mile", "nmi": "nautical mile", "kg": "kilogram",
    "g": "gram", "mg": "milligram", "lb": "pound", "lbs": "pound", "oz": "ounce", "t": "ton",
    "kt": "knot", "kts": "knot", "kn": "knot", "kg/m³": "kilogram per cubic meter",
    "mph": "mile per hour", "km/h": "kilometer per hour", "kph": "kilometer per hour",
    "kmh": "kilometer per hour", "m/s": "meter per second", "km/s": "kilometer per second",
    "ft/s": "foot per second", "km²": "square kilometer", "km2": "square kilometer",
    "m²": "square meter", "m2": "square meter", "sq mi": "square mile", "sq km": "square kilometer",
    "sq ft": "square foot", "m³": "cubic meter", "m3": "cubic meter", "ha": "hectare",
    "L": "liter", "l": "liter", "ml": "milliliter", "mL": "milliliter", "gal": "gallon",
    "KB": "kilobyte", "kB": "kilobyte", "MB": "megabyte", "GB": "gigabyte",
    "TB": "terabyte", "Mbps": "megabit per second", "Gbps": "gigabit per second",
    "W": "watt", "kW": "kilowatt", "MW": "megawatt", "GW": "gigawatt", "kWh": "kilowatt-hour",
    "MWh": "megawatt-hour", "V": "volt", "kV": "kilovolt", "dB": "decibel", "rpm": "revolution per minute",
    "s": "second", "sec": "second", "ms": "millisecond", "min": "minute", "h": "hour", "hr": "hour",
    "hrs": "hour", "°": "degree", "°C": "degree Celsius", "°F": "degree Fahrenheit",
    "Pa": "pascal", "hPa": "hectopascal", "kPa": "kilopascal", "MPa": "megapascal", "fps": "frame per second", "Mt": "megaton", "ft": "foot", "in.": "inch",
    "eV": "electronvolt", "keV": "kiloelectronvolt", "MeV": "mega-electronvolt",
    "GeV": "giga-electronvolt", "TeV": "tera-electronvolt", "ly": "light-year", "atm": "atmosphere",
    "pp": "percentage point", "ppm": "part per million", "ppb": "part per billion", "bps": "basis point", "K": "kelvin",
    "yr": "year", "yrs": "year", "mo": "month", "mos": "month", "wk": "week", "wks": "week",
    "mins": "minute", "secs": "second", "Mbit/s": "megabit per second", "Mb/s": "megabit per second",
    "Gbit/s": "gigabit per second", "Gb/s": "gigabit per second", "kbit/s": "kilobit per second",
    "kbps": "kilobit per second", "MB/s": "megabyte per second", "GB/s": "gigabyte per second",
    "µm": "micrometer", "μm": "micrometer", "µg": "microgram", "μg": "microgram", "mcg": "microgram",
    "mg/L": "milligram per liter", "mg/dL": "milligram per deciliter", "g/cm³": "gram per cubic centimeter",
    "mA": "milliamp", "mAh": "milliamp-hour", "kcal": "kilocalorie", "kJ": "kilojoule", "J": "joule",
    "N": "newton", "kN": "kilonewton", "TWh": "terawatt-hour", "GWh": "gigawatt-hour", "PB": "petabyte",
    "mi²": "square mile", "sq. ft.": "square foot", "sq. mi.": "square mile", "sq m": "square meter", "ft²": "square foot", "cm²": "square centimeter",
    "cm³": "cubic centimeter", "km³": "cubic kilometer", "bbl": "barrel", "tbsp": "tablespoon",
    "tsp": "teaspoon", "fl oz": "fluid ounce", "Ω": "ohm", "m/s²": "meter per second squared",
    "°N": "degree north", "°S": "degree south", "°E": "degree east", "°W": "degree west",
    "mi2": "square mile", "mi/h": "mile per hour", "cu ft": "cubic foot", "dm": "decimeter", "AU": "astronomical unit",
    "kpc": "kiloparsec", "Mpc": "megaparsec", "nT": "nanotesla", "mSv": "millisievert", "kΩ": "kiloohm", "dBA": "decibel",
    "bpm": "beat per minute", "cfs": "cubic foot per second",
    "° N": "degree north", "° S": "degree south", "° E": "degree east", "° W": "degree west",
}  # fmt: skip
_UNCHANGING = {
    "Hz": "hertz", "kHz": "kilohertz", "MHz": "megahertz", "GHz": "gigahertz", "hp": "horsepower",
    "%": "percent", "‰": "per mille", "psi": "P S I",
}  # fmt: skip
# What may follow a measure without being measured by it.
_NO_NOUNS = (
    "of|long|wide|high|tall|deep|thick|away|apart|in|on|at|by|to|from|and|or|but|than|with|per|for|"
    "off|up|down|above|below|before|after|north|south|east|west|is|are|was|were|it|later|old|each|"
    "outside|inside|today|yesterday|tonight|every|a|an|the|ago|out|across|around|through|along|into|"
    "onto|costs?|weighs|holds|can|has|have|had|will|would|may|must|over|under|within|during|until|since|without|because|when|while|where|which|that|who|he|"
    "she|they|we|you|this|these|per|more|less|behind|ahead|beyond|between|near|offshore|inland|high"
)
# Comparatives: "5 km farther", "3°C warmer".
_COMPARED = r"[a-z]+er\b"
_IRREGULAR = {"foot": "feet", "inch": "inches", "nanotesla": "nanotesla"}

_BY_LENGTH = sorted(_NAMES | _UNCHANGING, key=len, reverse=True)
UNIT = "|".join(re.escape(unit) for unit in _BY_LENGTH)


def is_unit(word: str) -> bool:
    """Tell whether a word is a unit as it is written."""
    return word in _NAMES or word in _UNCHANGING


def _plural(name: str) -> str:
    """Put the head of a unit's name into the plural: "miles per hour", "square feet"."""
    head, per, rest = name.partition(" per ")
    first, _, last = head.rpartition(" ")
    if first == "degree":
        return f"degrees {last}"
    several = _IRREGULAR.get(last, f"{last}s")
    return f"{first} {several}{per}{rest}".strip()


def single(unit: str) -> str:
    """Return the name of a unit after one, or less than one."""
    return _UNCHANGING.get(unit) or _NAMES[unit]


def several(unit: str) -> str:
    """Return the name of a unit after any number but one."""
    return _UNCHANGING[unit] if unit in _UNCHANGING else _plural(_NAMES[unit])


def _measure(match: re.Match[str]) -> str | None:
    sign, low, high, joint, unit = match.group("sign", "low", "high", "joint", "unit")
    if unit == "K" and (joint != " " or match["noun"] is not None):
        return None
    words = {"-": "minus ", "−": "minus ", "–": "minus ", "+": "plus ", "~": "about "}.get(
        sign or "", ""
    )
    words += cardinal(low)
    scale = match["scale"] or ""
    if high:
        if match["first"]:
            words += f" {several(match['first'])}"
        words += f" to {'minus ' if high[0] in '-−' else ''}{cardinal(high.lstrip('-−'))}"
    words += scale
    per = f" per {single(match['per'])}" if match["per"] else ""
    if unit in _UNCHANGING:
        return f"{words} {_UNCHANGING[unit]}{per}"
    # "a 5-km run", "20mm guns", but "5 km": as an adjective a unit stays in the singular.
    is_adjective = joint == "-" or (
        match["noun"] is not None and (not joint or match["article"] is not None)
    )
    is_single = is_adjective or (low == "1" and not high and not scale)
    return f"{words} {_NAMES[unit] if is_single else _plural(_NAMES[unit])}{per}"


def _parts(match: re.Match[str], names: Sequence[str]) -> str:
    """Return figures with the names of their parts, such as degrees, minutes and seconds."""
    named = zip(match.groups(), names, strict=False)
    return " ".join(
        f"{cardinal(count)} {one if count == '1' else _plural(one)}"
        for count, one in named
        if count
    )


def _bearing(match: re.Match[str]) -> str:
    towards = f" {_BEARINGS[match['to']]}" if match["to"] else ""
    return _parts(match, ("degree", "minute", "second")) + towards


def _clock(match: re.Match[str]) -> str:
    return _parts(match, ("hour", "minute", "second"))


_BEARINGS = {"N": "north", "S": "south", "E": "east", "W": "west"}

UNITS: tuple[Rule, ...] = (
    rule(
        r"\b(\d{1,3})°\s?(\d{1,2}(?:\.\d+)?)\s?['’′](?:\s?(\d{1,2}(?:\.\d+)?)\s?[\"”″])?"
        r"(?:\s?(?P<to>[NSEW])\b)?",
        _bearing,
    ),
    rule(
        r"\b(\d{1,2})[\s-]?ft\.?[\s-](\d{1,2})[\s-]?in\b(?:\.(?=\s[a-z]))?",
        lambda m: _parts(m, ("foot", "inch")),
    ),
    rule(r"(?<=\d)[\s-]?kt(?=\s(?:of\s)?TNT\b)", " kilotons"),
    rule(r"\b(\d{1,2})\s?h\s?(\d{1,2})\s?m(?:in)?\b(?:\s?(\d{1,2})\s?s\b)?", _clock),
    rule(
        r"\b(\d{1,2})\s?[x×]\s?(\d{2,4})\s?m\b",
        lambda m: f"{cardinal(m[1])} by {cardinal(m[2])} meter",
    ),
    rule(
        rf"{ARTICLE}(?<![\w.,])(?<![A-Za-z]-)(?P<sign>(?<![\w%°)])[-−+~]|(?<!\S)–)?(?P<low>{NUMBER})"
        rf"(?:(?:\s?(?P<first>{UNIT}))?\s?(?:[-–—]|to)\s?(?P<high>[-−]?{NUMBER}))?"
        rf"(?P<scale>\s(?:thousand|million|billion|trillion))?(?P<joint>\s|-)?(?P<unit>{UNIT})(?:/(?P<per>{UNIT}))?(?![\w²³/]|['’]s)(?:\.(?=\s[a-z\d]))?"
        rf"(?P<noun>(?=\s(?!(?:{_NO_NOUNS})\b|{_COMPARED})[a-z]))?",
        _measure,
    ),
)

# Where a measure is named without a number, or for each of another.
BARE_UNITS: tuple[Rule, ...] = (
    rule(r"(?<=\d)[\s-]?kt(?=\s(?:of\s)?TNT\b)", " kilotons"),
    rule(
        r"(?:(?<=\d)|(?<=[a-z]{3}))/(km²|km2|mi²|mi2|sq mi|sq km|m²|m2|m³|m3|km|mi|m|L|l|GB|MWh|kWh)(?!\w)",
        lambda match: f" per {_NAMES[match[1]]}",
    ),
    rule(
        r"(?<=\bper )(km²|km2|mi²|mi2|sq mi|sq km|m²|m2|m³|m3|km|mi|kg|kWh|MWh)(?!\w)",
        lambda match: _NAMES[match[1]],
    ),
    rule(
        r"\b(?P<count>few|several|many|some|of|hundred|thousand|million)\s(?P<unit>mi|km|kg|ft|yd|lbs)\b",
        lambda match: f"{match['count']} {_plural(_NAMES[match['unit']])}",
    ),
    rule(r"\bmi(?=\s(?:per|an)\s)", "miles"),
    rule(
        r"(?<![\w°])(km/h|m/s|km²|m²|m³|°C|°F)(?!\w)",
        lambda match: _plural(_NAMES[match[1]]),
    ),
)
