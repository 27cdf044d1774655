"""Films of the Internet Archive that anyone may show; needs no key.

See https://archive.org/developers/md-read.html, https://archive.org/advancedsearch.php and
https://archive.org/developers/internetarchive/index.html. Any field of an item may be a text, a list
of texts, or missing; all numbers are texts.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import quote

from pydantic import BaseModel, BeforeValidator, Field, OnErrorOmit

from videogen.domain.footage import Candidate, Clip
from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.footage.fetch.client import Refused, footage_client
from videogen.footage.fetch.clips import ClipFetcher, Recording
from videogen.footage.fetch.pieces import Rendition
from videogen.footage.licenses import family_of, name_of
from videogen.footage.sources.base import FootageSource, Query
from videogen.footage.sources.markup import plain_text
from videogen.footage.sources.provider import FootageProvider, Setup
from videogen.footage.sources.service import ServiceSource
from videogen.http.client import Client
from videogen.provider import Variable

ADDRESS = Variable(
    "ARCHIVE_BASE_URL", "a proxy in front of the Internet Archive", "https://archive.org"
)

_SITE = ADDRESS.default
_ANSWERS = 25
_MOST_LETTERS = 250
_AT_ONCE = 5
_FIELDS = "identifier,title,description,creator,licenseurl,date,subject,collection"
# The first that an item has is taken; the rest can't be read by ranges, or is no video.
_FORMATS = ("h.264 IA", "h.264", "MPEG4")
# What these hold is in the public domain even where an item names no licence.
_PUBLIC_DOMAIN = {
    "prelinger": "Public domain, Prelinger Archives",
    "fedflix": "Public domain, United States government",
}
_PLACES = {
    "public-domain": ("licenseurl:*publicdomain*", "collection:prelinger", "collection:FedFlix"),
    "cc0": ("licenseurl:*publicdomain*",),
    "by": (r"licenseurl:*\/licenses\/by\/*",),
    "by-sa": (r"licenseurl:*\/licenses\/by-sa\/*",),
}
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}")


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(one) for one in values if isinstance(one, (str, int, float)) and one != ""]


def _number(value: Any) -> float:
    """Return a number of a text, or the seconds of `h:mm:ss`; 0 where it is neither."""
    total = 0.0
    try:
        for part in str(value).split(":"):
            total = 60 * total + float(part)
    except ValueError:
        return 0.0
    return total if 0 < total < 10**9 else 0.0


_Texts = Annotated[list[str], BeforeValidator(_texts)]
_Number = Annotated[float, BeforeValidator(_number)]


class _Facts(BaseModel):
    identifier: str
    title: _Texts = Field(default_factory=list)
    description: _Texts = Field(default_factory=list)
    creator: _Texts = Field(default_factory=list)
    licenseurl: _Texts = Field(default_factory=list)
    date: _Texts = Field(default_factory=list)
    subject: _Texts = Field(default_factory=list)
    collection: _Texts = Field(default_factory=list)
    mediatype: _Texts = Field(default_factory=list)


class _Found(BaseModel):
    docs: list[OnErrorOmit[_Facts]]


class _SearchAnswer(BaseModel):
    response: _Found


class _File(BaseModel):
    name: str
    format: str = ""
    size: _Number = 0.0
    length: _Number = 0.0
    width: _Number = 0.0
    height: _Number = 0.0
    private: Any = None


class _Item(BaseModel):
    metadata: _Facts | None = None
    files: list[OnErrorOmit[_File]] = Field(default_factory=list)
    is_dark: bool = False


class ArchiveSource(ServiceSource):
    """Films of the Internet Archive, under the licences that are allowed."""

    name = "archive"
    tells_lengths = False

    def __init__(
        self, base_url: str, client: Client, fetcher: ClipFetcher, licenses: frozenset[str]
    ) -> None:
        self._base_url = base_url.rstrip("/")
        super().__init__(client, fetcher)
        self._licenses = licenses
        self._calls = threading.BoundedSemaphore(_AT_ONCE)
        self._items: dict[str, _Item] = {}

    def search(self, query: Query) -> Sequence[Candidate]:
        """Return what the Archive finds, as it ranks it."""
        words = query.plain(_MOST_LETTERS)
        places = dict.fromkeys(
            place for one in _PLACES if one in self._licenses for place in _PLACES[one]
        )
        if not words or not places:
            return []
        every = " AND ".join(f'"{word}"' for word in words.split())
        parameters: dict[str, str | int] = {
            "q": f"({every}) AND mediatype:movies AND ({' OR '.join(places)})",
            "fl[]": _FIELDS,
            "rows": _ANSWERS,
            "page": 1,
            "output": "json",
        }
        try:
            with self._calls:
                answer = self._client.ask("/advancedsearch.php", parameters, _SearchAnswer)
        except Refused as exc:
            raise SourceUnavailable("The Archive refuses to answer", where=exc.where) from exc
        found = (self._candidate(facts) for facts in answer.response.docs)
        return [one for one in found if one]

    def lookup(self, identifier: str) -> Candidate:
        """Return the item with an identifier, as in its page's address."""
        with self._calls:
            item = self._item(identifier)
        file = _film(item)
        found = self._candidate(item.metadata, file) if item.metadata else None
        if found is None or file is None:
            raise UnusableClip(
                "The Archive's item can't be shown, or not under its licence", where=identifier
            )
        return found

    def fetch(self, candidate: Candidate, seconds: float, take: int = 0) -> Clip:
        """Fetch a piece of the item's film."""
        with self._calls:
            return super().fetch(candidate, seconds, take)

    def _locate(self, candidate: Candidate) -> Recording:
        file = _film(self._item(candidate.id))
        if file is None:
            return Recording(())
        address = f"{self._base_url}/download/{candidate.id}/{quote(file.name)}"
        return Recording((Rendition(address, int(file.width), int(file.height), file.size),))

    def _item(self, identifier: str) -> _Item:
        """Return an item, asked for once: what was measured is fetched a little later."""
        if not _IDENTIFIER.fullmatch(identifier):
            raise FootageError("An item of the Archive is not named so", where=repr(identifier))
        item = self._items.get(identifier)
        if item is None:
            item = self._client.ask(f"/metadata/{identifier}", {}, _Item)
            self._items[identifier] = item
        if item.is_dark:
            raise UnusableClip("The Archive has withdrawn the item", where=identifier)
        if item.metadata is None:
            raise UnusableClip("The Archive knows no such item", where=identifier)
        return item

    def _candidate(self, facts: _Facts, file: _File | None = None) -> Candidate | None:
        license_name = _license(facts, self._licenses)
        if not license_name or not _IDENTIFIER.fullmatch(facts.identifier):
            return None
        title = (facts.title or [facts.identifier])[0]
        creator = ", ".join(facts.creator)
        by = f"{title} by {creator}" if creator else title
        return Candidate(
            source=self.name,
            id=facts.identifier,
            title=title,
            credit=creator,
            license=license_name,
            url=f"{_SITE}/details/{facts.identifier}",
            description=plain_text(" ".join(facts.description)),
            keywords=tuple(filter(None, map(str.strip, ";".join(facts.subject).split(";")))),
            duration=(file and file.length) or None,
            width=int(file.width) or None if file else None,
            height=int(file.height) or None if file else None,
            date=(facts.date or [""])[0][:10],
            thumbnail_url=f"{_SITE}/services/img/{facts.identifier}",
            license_url=(facts.licenseurl or [""])[0],
            attribution=f"{by}, {license_name}, via Internet Archive",
        )


def _license(facts: _Facts, licenses: frozenset[str]) -> str:
    """Return what an item's licence is called; empty where it is not allowed, or not known."""
    if facts.licenseurl:
        is_allowed = {family_of("", one) for one in facts.licenseurl} <= licenses
        return name_of(facts.licenseurl[0]) if is_allowed else ""
    if "public-domain" not in licenses:
        return ""
    held = (_PUBLIC_DOMAIN.get(one.lower(), "") for one in facts.collection)
    return next(filter(None, held), "")


def _film(item: _Item) -> _File | None:
    """Return the longest film of the format that serves best; none where there is none."""
    is_film = item.metadata is not None and "movies" in item.metadata.mediatype
    for kind in _FORMATS if is_film else ():
        # Some files may only be looked at on the Archive's own pages.
        if films := [one for one in item.files if one.format == kind and not _texts(one.private)]:
            return max(films, key=lambda one: one.length)
    return None


def _open(setup: Setup) -> FootageSource:
    address = setup.settings.value_of(ADDRESS)
    client = footage_client(address, setup.budget)
    return setup.guarded(
        ArchiveSource(address, client, setup.fetcher(client), setup.options.licenses)
    )


PROVIDER = FootageProvider(
    open=_open,
    address=ADDRESS,
    gives="old films: the Prelinger Archives, the United States government's, and what is free besides",
)
