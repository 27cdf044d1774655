"""The NASA Image and Video Library; see https://images.nasa.gov/docs/images.nasa.gov_api_docs.pdf.

Needs no key. A search tells neither a video's duration nor its size in pixels: what is looked up
is measured by the metadata of its original, what is fetched chosen by the name of its variant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from pydantic import ValidationError

from videogen.domain.footage import Candidate
from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.footage.fetch.client import Refused, footage_client
from videogen.footage.fetch.clips import Recording
from videogen.footage.fetch.pieces import Rendition
from videogen.footage.sources.base import ENOUGH, FootageSource, Query
from videogen.footage.sources.nasa_answers import (
    Addresses,
    AssetAnswer,
    Item,
    Location,
    Metadata,
    SearchAnswer,
)
from videogen.footage.sources.provider import FootageProvider, Setup
from videogen.footage.sources.service import ServiceSource
from videogen.provider import Variable

ADDRESS = Variable(
    "NASA_BASE_URL", "a proxy in front of NASA's library", "https://images-api.nasa.gov"
)

LICENSE = "NASA media guidelines"
_LICENSE_URL = "https://www.nasa.gov/nasa-brand-center/images-and-media/"
_PAGE = "https://images.nasa.gov/details/"
_ANSWERS = 25
_MOST_BYTES = 2**20
# What the variants measure as a rule; originals are whatever the camera made.
_VARIANTS = {
    "large": (1920, 1080),
    "medium": (1280, 720),
    "small": (640, 360),
    "mobile": (480, 270),
}
_ORIGINAL = (3840, 2160)
_FILES = {
    "video": re.compile(r"(?<!~preview)\.(?:mp4|m4v|mov)$", re.IGNORECASE),
    "still": re.compile(r"(?<!~thumb)\.(?:jpe?g|png|webp)$", re.IGNORECASE),
}
_VARIANT = re.compile(rf"~({'|'.join(_VARIANTS)})\.\w+$", re.IGNORECASE)


class NasaSource(ServiceSource):
    """Videos of NASA, and its pictures where videos are few."""

    name = "nasa"
    tells_lengths = False

    def search(self, query: Query) -> Sequence[Candidate]:
        """Return what NASA finds, as it ranks it, videos first."""
        wanted: dict[str, str | int] = {"q": query.words, "page_size": _ANSWERS}
        found = self._search({**wanted, "media_type": "video"})
        if len(found) < ENOUGH:
            found += self._search({**wanted, "media_type": "image"})
        return [_candidate(item) for item in found]

    def lookup(self, identifier: str) -> Candidate:
        """Return the video or picture with a NASA id, measured as far as its metadata goes."""
        found = _candidate(self._item(identifier))
        metadata = self._metadata(identifier)
        columns, rows = metadata.size or (found.width, found.height)
        return replace(
            found,
            duration=metadata.duration if found.kind == "video" else None,
            width=columns,
            height=rows,
        )

    def _search(self, parameters: dict[str, str | int]) -> list[Item]:
        try:
            answer = self._client.ask("/search", parameters, SearchAnswer)
        except Refused as exc:
            raise SourceUnavailable("NASA refuses to answer", where=exc.where) from exc
        return [item for item in answer.collection.items if item.kind]

    def _item(self, identifier: str) -> Item:
        for item in self._search({"nasa_id": identifier}):
            if item.facts.nasa_id == identifier:
                return item
        raise UnusableClip("NASA knows no such video or picture", where=repr(identifier))

    def _locate(self, candidate: Candidate) -> Recording:
        is_one = _FILES[candidate.kind].search
        addresses = [one for one in self._addresses(candidate.id) if is_one(one)]
        sizes = {
            one: _VARIANTS[variant[1].lower()]
            for one in addresses
            if (variant := _VARIANT.search(one))
        }
        # Beside variants of known sizes an original is the largest, whatever it measures.
        other = _ORIGINAL if sizes else self._metadata(candidate.id).size or _ORIGINAL
        return Recording(
            tuple(Rendition(_quoted(one), *sizes.get(one, other), weight=0) for one in addresses)
        )

    def _addresses(self, identifier: str) -> list[str]:
        try:
            answer = self._client.ask(f"/asset/{quote(identifier, safe='')}", {}, AssetAnswer)
        except SourceUnavailable:
            raise
        except FootageError:
            # The list beside the files says the same, and comes from another server.
            body = self._client.read(_quoted(self._item(identifier).href), _MOST_BYTES)
            try:
                return Addresses.model_validate_json(body).root
            except ValidationError as exc:
                raise UnusableClip("NASA names no files of it", where=identifier) from exc
        return [place.href for place in answer.collection.items]

    def _metadata(self, identifier: str) -> Metadata:
        """Return what is measured of an original; nothing where it can't be had."""
        try:
            place = self._client.ask(f"/metadata/{quote(identifier, safe='')}", {}, Location)
            body = self._client.read(_quoted(place.location), _MOST_BYTES)
            return Metadata.model_validate_json(body)
        except SourceUnavailable:
            raise
        except (FootageError, ValidationError):
            return Metadata({})


def _quoted(address: str) -> str:
    return quote(address, safe=":/%~@!$&'()*+,;=?")


def _candidate(item: Item) -> Candidate:
    facts = item.facts
    columns, rows = item.size or (None, None)
    return Candidate(
        source=NasaSource.name,
        id=facts.nasa_id,
        title=facts.title,
        credit=facts.credit,
        license=LICENSE,
        url=_PAGE + quote(facts.nasa_id, safe=""),
        description=facts.description or "",
        keywords=tuple(facts.keywords),
        width=columns,
        height=rows,
        date=(facts.date_created or "")[:10],
        thumbnail_url=item.preview,
        kind=item.kind or "video",
        license_url=_LICENSE_URL,
    )


def _open(setup: Setup) -> FootageSource:
    client = footage_client(setup.settings.value_of(ADDRESS), setup.budget)
    return setup.guarded(NasaSource(client, setup.fetcher(client)))


PROVIDER = FootageProvider(
    open=_open,
    address=ADDRESS,
    field="space flight, astronomy, planets, rockets, satellites and the Earth seen from orbit",
    gives="NASA's videos, and its pictures where those are few",
)
