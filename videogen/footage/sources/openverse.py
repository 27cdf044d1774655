"""Openverse: pictures of many open collections, each under a licence of its own.

See https://api.openverse.org/v1/. It keeps no picture itself: each lies where it was found, and some
are gone. Callers without an account may ask once a second, for 20 results at most.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, OnErrorOmit, field_validator

from videogen.domain.footage import Candidate, Clip
from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.footage.fetch.client import NotThere, Refused, footage_client
from videogen.footage.fetch.clips import ClipFetcher, Recording
from videogen.footage.fetch.pieces import Rendition
from videogen.footage.licenses import family_of, name_of
from videogen.footage.sources.base import FootageSource, Query
from videogen.footage.sources.provider import FootageProvider, Setup
from videogen.footage.sources.service import ServiceSource
from videogen.http.client import Client
from videogen.provider import Variable

ADDRESS = Variable(
    "OPENVERSE_BASE_URL", "a proxy in front of Openverse", "https://api.openverse.org"
)

PACE_SECONDS = 1.0
_PATH = "/v1/images/"
_MOST_FOUND = 20
_MOST_LETTERS = 200
# The service's own names of what may be shown.
_CODES = {"public-domain": "pdm", "cc0": "cc0", "by": "by", "by-sa": "by-sa"}
_FAMILIAR = frozenset({"", "jpg", "jpeg", "png", "webp"})
_NAMELESS = "Untitled"
_IDENTIFIER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class _Tag(BaseModel):
    name: str


class _Picture(BaseModel):
    id: str = Field(pattern=_IDENTIFIER)
    title: str | None = None
    creator: str | None = None
    url: str
    foreign_landing_url: str | None = None
    license: str = ""
    license_version: str | None = None
    license_url: str | None = None
    attribution: str | None = None
    filetype: str | None = None
    width: int | None = None
    height: int | None = None
    thumbnail: str | None = None
    tags: list[OnErrorOmit[_Tag]] = Field(default_factory=list)

    @field_validator("tags", mode="before")
    @classmethod
    def _none_is_empty(cls, value: Any) -> Any:
        return value or []

    @property
    def is_familiar(self) -> bool:
        """Whether it is a picture of a kind that can be shown: no drawing, no animation."""
        suffix = urlsplit(self.url).path.rpartition("/")[2].rpartition(".")[2].lower()
        return (self.filetype or "").lower() in _FAMILIAR and suffix not in ("svg", "gif")


class _Answer(BaseModel):
    results: list[OnErrorOmit[_Picture]]


class OpenverseSource(ServiceSource):
    """Pictures that Openverse finds, under the licences that are allowed."""

    name = "openverse"

    def __init__(self, client: Client, fetcher: ClipFetcher, licenses: frozenset[str]) -> None:
        super().__init__(client, fetcher)
        self._licenses = licenses

    def search(self, query: Query) -> Sequence[Candidate]:
        """Return large pictures of the output's shape, as Openverse ranks them."""
        words = query.plain(_MOST_LETTERS)
        codes = [code for family, code in _CODES.items() if family in self._licenses]
        if not words or not codes:
            return []
        parameters: dict[str, str | int] = {
            "q": words,
            "license": ",".join(codes),
            "aspect_ratio": query.shape,
            "size": "large",
            "page_size": _MOST_FOUND,
        }
        try:
            answer = self._client.ask(_PATH, parameters, _Answer)
        except Refused as exc:
            raise SourceUnavailable("Openverse refuses to answer", where=exc.where) from exc
        found = (self._candidate(one) for one in answer.results)
        return [one for one in found if one]

    def lookup(self, identifier: str) -> Candidate:
        """Return the picture with an identifier, as in its page's address."""
        found = self._candidate(self._picture(identifier))
        if found is None:
            raise FootageError(
                "The picture of Openverse can't be shown, or not under its licence",
                where=identifier,
            )
        return found

    def fetch(self, candidate: Candidate, seconds: float, take: int = 0) -> Clip:
        """Fetch the picture from where it lies."""
        try:
            return super().fetch(candidate, seconds, take)
        except FootageError as exc:
            # Another host's fault, however bad, says nothing of Openverse.
            raise UnusableClip(exc.what, where=exc.where, cure=exc.cure) from exc

    def _locate(self, candidate: Candidate) -> Recording:
        one = self._picture(candidate.id)
        return Recording((Rendition(one.url, one.width or 0, one.height or 0, weight=0),))

    def _picture(self, identifier: str) -> _Picture:
        if not _IDENTIFIER.fullmatch(identifier):
            raise FootageError("A picture of Openverse is not named so", where=repr(identifier))
        try:
            return self._client.ask(f"{_PATH}{identifier}/", {}, _Picture)
        except NotThere as exc:
            raise UnusableClip("Openverse knows no such picture", where=identifier) from exc

    def _candidate(self, one: _Picture) -> Candidate | None:
        code = {"pdm": "public domain mark"}.get(one.license.lower(), one.license)
        family = family_of(code, one.license_url or "")
        if family not in self._licenses or not one.is_familiar:
            return None
        return Candidate(
            source=self.name,
            id=one.id,
            title=one.title or _NAMELESS,
            credit=one.creator or "",
            license=name_of(one.license_url or "") or _license(one),
            url=one.foreign_landing_url or one.url,
            keywords=tuple(tag.name for tag in one.tags),
            width=one.width,
            height=one.height,
            thumbnail_url=one.thumbnail or "",
            kind="still",
            license_url=one.license_url or "",
            attribution=one.attribution or "",
        )


def _license(one: _Picture) -> str:
    title = {"pdm": "Public Domain Mark", "cc0": "CC0"}.get(one.license.lower())
    parts = (title or f"CC {one.license.upper()}", one.license_version)
    return " ".join(filter(None, parts))


def _open(setup: Setup) -> FootageSource:
    address = setup.settings.value_of(ADDRESS)
    client = footage_client(address, setup.budget, pace=PACE_SECONDS)
    return setup.guarded(OpenverseSource(client, setup.fetcher(client), setup.options.licenses))


PROVIDER = FootageProvider(
    open=_open,
    address=ADDRESS,
    gives="pictures of many open collections, museums and photographers",
)
