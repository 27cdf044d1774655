"""Measures in English: a number and the unit behind it."""

from __future__ import annotations

import re

from videogen.stages.speech.numbers import NUMBER, cardinal
from videogen.stages.speech.readings import Rule, rule

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
}  # fmt: skip
_UNCHANGING = {
    "Hz": "hertz", "kHz": "kilohertz", "MHz": "megahertz", "GHz": "gigahertz", "hp": "horsepower",
    "%": "percent", "‰": "per mille", "psi": "P S I",
}  # fmt: skip
# What may follow a measure without being measured by it.
_NO_NOUNS = (
    "of|long|wide|high|tall|deep|thick|away|apart|in|on|at|by|to|from|and|or|but|than|with|per|for|"
    "off|up|down|above|below|before|after|north|south|east|west|is|are|was|were|it|later|old|each"
)
_IRREGULAR = {"foot": "feet", "inch": "inches"}

_BY_LENGTH = sorted(_NAMES | _UNCHANGING, key=len, reverse=True)
_UNIT = "|".join(re.escape(unit) for unit in _BY_LENGTH)


def _plural(name: str) -> str:
    """Put the head of a unit's name into the plural: "miles per hour", "square feet"."""
    head, per, rest = name.partition(" per ")
    first, _, last = head.rpartition(" ")
    if last in ("Celsius", "Fahrenheit"):
        return f"degrees {last}"
    several = _IRREGULAR.get(last, f"{last}s")
    return f"{first} {several}{per}{rest}".strip()


def _measure(match: re.Match[str]) -> str:
    sign, low, high, joint, unit = match.group("sign", "low", "high", "joint", "unit")
    words = {"-": "minus ", "−": "minus ", "+": "plus ", "~": "about "}.get(sign or "", "")
    words += f"{cardinal(low)} to {cardinal(high)}" if high else cardinal(low)
    if unit in _UNCHANGING:
        return f"{words} {_UNCHANGING[unit]}"
    # "a 5-km run", "20mm guns", but "5 km": as an adjective a unit stays in the singular.
    adjective = joint == "-" or (not joint and match["noun"] is not None)
    single = adjective or (low == "1" and not high)
    return f"{words} {_NAMES[unit] if single else _plural(_NAMES[unit])}"


UNITS: tuple[Rule, ...] = (
    rule(
        rf"(?<![\w.,])(?<![A-Za-z]-)(?:(?<!\d)(?P<sign>[-−+~]))?(?P<low>{NUMBER})"
        rf"(?:\s?(?:[-–—]|to)\s?(?P<high>{NUMBER}))?(?P<joint>\s|-)?(?P<unit>{_UNIT})(?![\w²³/])"
        rf"(?P<noun>(?=\s(?!(?:{_NO_NOUNS})\b)[a-z]))?",
        _measure,
    ),
)
