"""What a licence is by its name or its address, and which ones a film may be made of.

Names are written in many ways ("CC BY-SA 4.0", "cc-by-sa-3.0-de", "PD-USGov"); the addresses are
those of https://creativecommons.org/licenses/list.en. What is not known is not allowed.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

Family = Literal["public-domain", "cc0", "by", "by-sa"]
FAMILIES: tuple[Family, ...] = get_args(Family)
# Share-alike is not among them: a film with such a part must be shared alike.
LICENSES: frozenset[str] = frozenset({"public-domain", "cc0", "by"})

# Versions as Commons lists them ("3.0-2.5-2.0"), then a country ("de", "us", "igo").
_VERSION = (
    r"(?: \d(?:\.\d)?(?:[ ,]+\d\.\d)*(?: (?:[a-z]{2,4}|int|international|unported|generic))?)?"
)
_NAMES: tuple[tuple[str, Family], ...] = (
    (r"(?:cc ?)?(?:0|zero)(?: 1\.0)?(?: universal)?|creative commons zero.*", "cc0"),
    (
        r"public domain(?: (?:mark|dedication|work))?(?: 1\.0)?|pdm?(?: 1\.0)?|pd .+",
        "public-domain",
    ),
    # What collections that are in the public domain as a whole are called by.
    (
        "public domain, (?:prelinger archives|united states (?:government|department of defense))",
        "public-domain",
    ),
    (rf"(?:cc )?by{_VERSION}", "by"),
    (rf"(?:cc )?by sa{_VERSION}(?: migrated)?", "by-sa"),
)
_RESERVED = re.compile(r"\b(?:nc|nd|non ?commercial|no ?deriv\w*)\b")
_ADDRESS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(licenses|publicdomain)/([a-z+-]+)(?:/([\d.]+))?"
    r"(?:/([a-z]{2,4}))?(?:/(?:(?:deed|legalcode)(?:\.[\w-]+)?)?)?(?:[?#].*)?",
)
_OF_PUBLIC_DOMAIN: dict[tuple[str, str], tuple[Family, str]] = {
    ("publicdomain", "zero"): ("cc0", "CC0"),
    ("publicdomain", "mark"): ("public-domain", "Public Domain Mark"),
    ("licenses", "publicdomain"): ("public-domain", "Public domain"),
}


def family_of(name: str = "", address: str = "") -> Family | None:
    """Return the family of a licence; None where it is another one, unknown, or contradicts itself.

    Licences that forbid commerce or changes belong to none.
    """
    said = _RESERVED.search(_plain(name)) or _RESERVED.search(_plain(address))
    found = {one for one in (_by_name(name), _by_address(address)) if one}
    return found.pop() if len(found) == 1 and not said else None


def name_of(address: str) -> str:
    """Return what the licence at an address is called, such as "CC BY 4.0"; empty if unknown."""
    found = _ADDRESS.fullmatch(address.strip().lower())
    if found is None or _by_address(address) is None:
        return ""
    known = _OF_PUBLIC_DOMAIN.get((found[1], found[2]))
    title = known[1] if known else f"CC {found[2].upper()}"
    return " ".join(filter(None, (title, found[3], (found[4] or "").upper())))


def _by_name(name: str) -> Family | None:
    plain = _plain(name)
    return next((one for pattern, one in _NAMES if re.fullmatch(pattern, plain)), None)


def _by_address(address: str) -> Family | None:
    found = _ADDRESS.fullmatch(address.strip().lower())
    if found is None:
        return None
    if known := _OF_PUBLIC_DOMAIN.get((found[1], found[2])):
        return known[0]
    if found[1] != "licenses":
        return None
    return next((one for one in FAMILIES if one == found[2] and found[3]), None)


def _plain(name: str) -> str:
    return " ".join(re.split(r"[\s_/-]+", name.strip().lower()))
