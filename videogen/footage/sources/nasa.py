"""The NASA Image and Video Library; see https://images.nasa.gov/docs/images.nasa.gov_api_docs.pdf.

Needs no key. Nothing tells a video's duration or size in pixels before its file is read; the size
is known by the name of the variant only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from pydantic import BaseModel, Field, OnErrorOmit

from videogen.domain import Candidate, Clip
from videogen.errors import FootageError, SourceUnavailable
from videogen.footage.fetch.client import Refused
from videogen.footage.fetch.clips import ClipFetcher, Recording
from videogen.footage.fetch.pieces import Rendition
from videogen.footage.sources.base import Query
from videogen.http.client import Client

LICENSE = "Public domain, NASA media usage guidelines"
_PAGE = "https://images.nasa.gov/details/"
_ANSWERS = 25
# What the variants measure as a rule; originals are whatever the camera made.
_VARIANTS = {
    "orig": (3840, 2160),
    "large": (1920, 1080),
    "medium": (1280, 720),
    "small": (640, 360),
    "mobile": (480, 270),
}
_VARIANT = re.compile(rf"~({'|'.join(_VARIANTS)})\.(?:mp4|m4v|mov)$", re.IGNORECASE)


class _Facts(BaseModel):
    nasa_id: str
    title: str = ""
    description: str | None = None
    date_created: str | None = None
    center: str | None = None
    photographer: str | None = None
    secondary_creator: str | None = None
    keywords: list[str] = Field(default_factory=list)


class _Link(BaseModel):
    href: str = ""
    rel: str = ""


class _Item(BaseModel):
    data: list[_Facts] = Field(min_length=1)
    links: list[OnErrorOmit[_Link]] = Field(default_factory=list)


class _Items(BaseModel):
    items: list[OnErrorOmit[_Item]]


class _SearchAnswer(BaseModel):
    collection: _Items


class _Place(BaseModel):
    href: str


class _Places(BaseModel):
    items: list[OnErrorOmit[_Place]]


class _AssetAnswer(BaseModel):
    collection: _Places


class NasaSource:
    """Videos of NASA."""

    name = "nasa"
    is_remote = True

    def __init__(self, client: Client, fetcher: ClipFetcher) -> None:
        self._client = client
        self._fetcher = fetcher

    def search(self, query: Query) -> Sequence[Candidate]:
        """Return what NASA finds, as it ranks it."""
        return self._search({"q": query.words, "page_size": _ANSWERS})

    def lookup(self, identifier: str) -> Candidate:
        """Return the video with a NASA id."""
        for candidate in self._search({"nasa_id": identifier}):
            if candidate.id == identifier:
                return candidate
        raise FootageError("NASA knows no such video", where=repr(identifier))

    def fetch(self, candidate: Candidate, seconds: float, take: int = 0) -> Clip:
        """Fetch a piece of the smallest variant that covers the output."""
        return self._fetcher.fetch(candidate, seconds, take, lambda: self._locate(candidate))

    def close(self) -> None:
        """End all calls."""
        self._client.close()
        self._fetcher.close()

    def _search(self, parameters: dict[str, str | int]) -> list[Candidate]:
        try:
            answer = self._client.ask(
                "/search", {**parameters, "media_type": "video"}, _SearchAnswer
            )
        except Refused as exc:
            raise SourceUnavailable("NASA refuses to answer", where=exc.where) from exc
        return [_candidate(item) for item in answer.collection.items]

    def _locate(self, candidate: Candidate) -> Recording:
        answer = self._client.ask(f"/asset/{quote(candidate.id, safe='')}", {}, _AssetAnswer)
        renditions = []
        for place in answer.collection.items:
            if found := _VARIANT.search(place.href):
                width, height = _VARIANTS[found[1].lower()]
                address = quote(place.href, safe=":/%~@!$&'()*+,;=?")
                renditions.append(Rendition(address, width, height, weight=0))
        return Recording(tuple(renditions))


def _candidate(item: _Item) -> Candidate:
    facts = item.data[0]
    preview = next((link.href for link in item.links if link.rel == "preview"), "")
    makers = (
        facts.photographer or facts.secondary_creator,
        facts.center and f"NASA {facts.center}",
    )
    return Candidate(
        source=NasaSource.name,
        id=facts.nasa_id,
        title=facts.title,
        credit=", ".join(maker for maker in makers if maker) or "NASA",
        license=LICENSE,
        url=_PAGE + quote(facts.nasa_id, safe=""),
        description=facts.description or "",
        keywords=tuple(facts.keywords),
        date=(facts.date_created or "")[:10],
        thumbnail_url=preview,
    )
