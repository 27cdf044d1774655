"""What candidates are known by, and where pictures come from: two services may show the same one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from videogen.domain.footage import Candidate

Key = tuple[str, str]

_FILE_NAME = re.compile(r"(?i)^file:|\.(?:jpe?g|png|webp|tiff?)$")
_NUMBERED = re.compile(r"\d{6,}")  # by the collection that it came from
# Where a picture lies: the number or name of its page in a collection, by the page's address.
_PAGES = {
    "commons number": re.compile(r"commons\.wikimedia\.org/.*[?&]curid=(\d+)"),
    "commons file": re.compile(r"commons\.(?:m\.)?wikimedia\.org/wiki/File:([^?#]+)"),
    "flickr": re.compile(r"flickr\.com/photos/[^/]+/(\d+)"),
}
# Bots that bring a picture over from Flickr end its title with its number there.
_FLICKR_NUMBER = re.compile(r"\((\d{8,})\)$")

_Look = tuple[str, int, int]  # its title in plain words, width, height


def key(candidate: Candidate) -> Key:
    """Return what a candidate is known by: its source and its id there."""
    return candidate.source, candidate.id


@dataclass(frozen=True, slots=True)
class _Picture:
    key: Key
    places: Mapping[str, str]
    maker: frozenset[str]

    def may_be(self, other: _Picture) -> bool:
        """Tell whether nothing speaks against two of different services being one."""
        shared = self.places.keys() & other.places.keys()
        return self.key[0] != other.key[0] and all(
            self.places[one] == other.places[one] for one in shared
        )


@dataclass(slots=True)
class Origins:
    """The pictures met so far; one that another service has is known by its first meeting."""

    _keys: dict[Key, Key] = field(default_factory=dict)
    _places: dict[tuple[str, str], _Picture] = field(default_factory=dict)
    _looks: dict[_Look, list[_Picture]] = field(default_factory=dict)

    def first(self, candidate: Candidate) -> Key:
        """Return what a picture was met by first, its own key where it is new or no picture."""
        own = key(candidate)
        if candidate.kind != "still":
            return own
        if own not in self._keys:
            self._keys[own] = self._met(candidate)
        return self._keys[own]

    def _met(self, candidate: Candidate) -> Key:
        picture = _Picture(key(candidate), _places(candidate), _words(candidate.credit))
        look = _look(candidate)
        known = self._of_place(picture) or self._of_look(picture, look) or picture
        for place in picture.places.items():
            self._places.setdefault(place, known)
        if look and known is picture:
            self._looks.setdefault(look, []).append(picture)
        return known.key

    def _of_place(self, picture: _Picture) -> _Picture | None:
        found = (self._places.get(place) for place in picture.places.items())
        return next((one for one in found if one and one.may_be(picture)), None)

    def _of_look(self, picture: _Picture, look: _Look | None) -> _Picture | None:
        """Return a picture of this title and size that the same person made."""
        return (
            next(
                (
                    one
                    for one in self._looks.get(look, ())
                    if one.may_be(picture) and _are_one(one.maker, picture.maker)
                ),
                None,
            )
            if look
            else None
        )


def _are_one(maker: frozenset[str], other: frozenset[str]) -> bool:
    # One service adds where somebody lives, or who gave the picture.
    return bool(maker and other) and (maker <= other or other <= maker)


def _places(candidate: Candidate) -> Mapping[str, str]:
    places = {
        name: found[1].replace("_", " ")
        for name, pattern in _PAGES.items()
        if (found := pattern.search(candidate.url))
    }
    if candidate.source == "commons":
        places["commons number"] = candidate.id
    if found := _FLICKR_NUMBER.search(_FILE_NAME.sub("", candidate.title)):
        places.setdefault("flickr", found[1])
    return places


def _look(candidate: Candidate) -> _Look | None:
    """Return how a picture is called and how large it is; None where too little is told."""
    title = _NUMBERED.sub("", _FILE_NAME.sub("", candidate.title)).casefold()
    words = " ".join(re.findall(r"[^\W_]+", title))
    if not (words and candidate.width and candidate.height):
        return None
    return words, candidate.width, candidate.height


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", text.casefold()))
