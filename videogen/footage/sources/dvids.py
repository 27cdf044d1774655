"""DVIDS, the picture archive of the United States' forces, by its REST interface.

See https://api.dvidshub.net/docs. Search answers hold no address of a file: that takes a call an
asset, made only for what is fetched. Not everything there is in the public domain: NATO and others
that are no force of the United States show their videos too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field, OnErrorOmit, field_validator

from videogen.domain.footage import Candidate
from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.footage.fetch.client import Refused, footage_client
from videogen.footage.fetch.clips import Recording
from videogen.footage.fetch.pieces import Rendition
from videogen.footage.sources.base import ENOUGH, FootageSource, Query, is_number
from videogen.footage.sources.provider import FootageProvider, Setup
from videogen.footage.sources.service import ServiceSource
from videogen.http.client import Client
from videogen.provider import Variable

KEY = Variable("DVIDS_API_KEY", "footage from DVIDS", had_at="https://api.dvidshub.net")
ADDRESS = Variable("DVIDS_BASE_URL", "a proxy in front of DVIDS", "https://api.dvidshub.net")
ORIGIN = Variable(
    "DVIDS_ORIGIN", "the site, such as `https://example.org`, that your DVIDS key is bound to"
)
FIELD = "soldiers, war, armed forces, navy ships, fighter aircraft, disaster relief"

LICENSE = "Public domain, United States Department of Defense"
TERMS = "DVIDS terms of use, credit required"
TERMS_URL = "https://www.dvidshub.net/about/copyright"
_ANSWERS = 25
# Footage without a reporter's voice and titles, and sharp: what a scene is best shown by.
_NARROW: Mapping[str, str | int] = {"category": "B-Roll", "hd": 1}
_UNITED_STATES = frozenset(
    ("army", "navy", "air force", "marines", "coast guard", "space force", "national guard")
)
_THIRD_PARTY = re.compile(
    r"\bnato|courtesy|copyright|©|allied|coalition|contractor|european|united nations",
    re.IGNORECASE,
)
_PREFIX = "video:"
_KEY_CURE = (
    "Where the key is bound to a site, set DVIDS_ORIGIN to that site, such as https://example.org;"
    " else set another"
)


class _Found(BaseModel):
    id: str
    title: str = ""
    short_description: str | None = None
    keywords: str | None = None
    date: str | None = None
    duration: float | None = None
    hd: bool | None = None
    unit_name: str | None = None
    branch: str | None = None
    credit: Any = None
    url: str = ""
    thumbnail: Any = None


class _SearchAnswer(BaseModel):
    results: list[OnErrorOmit[_Found]] = Field(default_factory=list)
    errors: list[Any] = Field(default_factory=list)


class _File(BaseModel):
    src: str
    type: str = ""
    width: int = 0
    height: int = 0
    bitrate: float | None = None


class _Asset(_Found):
    description: str | None = None
    files: list[OnErrorOmit[_File]] = Field(default_factory=list)
    hls_url: str | None = None

    @field_validator("files", mode="before")
    @classmethod
    def _none_is_empty(cls, value: Any) -> Any:
        return value or []


class _AssetAnswer(BaseModel):
    results: _Asset | None = None
    errors: list[Any] = Field(default_factory=list)


class DvidsSource(ServiceSource):
    """Videos of DVIDS."""

    name = "dvids"

    def search(self, query: Query) -> Sequence[Candidate]:
        """Return what DVIDS finds, as it ranks it, long enough for a shot; B-roll comes first."""
        found = self._search(query, _NARROW)
        if len(found) < ENOUGH:
            found += self._search(query, {})
        return list({one.id: one for one in found}.values())

    def _search(self, query: Query, filters: Mapping[str, str | int]) -> list[Candidate]:
        parameters: dict[str, str | int] = {
            **filters,
            "q": query.words,
            "type": "video",
            "from_duration": max(1, round(query.seconds)),
            "max_results": _ANSWERS,
            "sort": "score",
        }
        try:
            answer = self._client.ask("/search", parameters, _SearchAnswer)
        except Refused as exc:
            raise SourceUnavailable(
                "DVIDS refuses the key", where=exc.where, cure=_KEY_CURE, command=KEY.setting
            ) from exc
        _refuse_errors(answer.errors)
        return [_candidate(one) for one in answer.results if one.id.startswith(_PREFIX)]

    def lookup(self, identifier: str) -> Candidate:
        """Return the video with a number, as in its page's address."""
        return _candidate(self._asset(identifier))

    def _locate(self, candidate: Candidate) -> Recording:
        asset = self._asset(candidate.id)
        files = tuple(
            Rendition(one.src, one.width, one.height, one.bitrate or 0)
            for one in asset.files
            if one.type == "video/mp4"
        )
        return Recording(files, asset.hls_url or "")

    def _asset(self, identifier: str) -> _Asset:
        number = identifier.removeprefix(_PREFIX)
        if not is_number(number):
            raise FootageError("A video of DVIDS is named by its number", where=repr(identifier))
        try:
            answer = self._client.ask("/asset", {"id": _PREFIX + number}, _AssetAnswer)
        except Refused as exc:
            # What was taken back is refused in the same words as a key.
            raise UnusableClip(
                "DVIDS does not publish the video, or refuses the key",
                where=identifier,
                cure=_KEY_CURE,
                command=KEY.setting,
            ) from exc
        _refuse_errors(answer.errors)
        if answer.results is None:
            raise FootageError("DVIDS says nothing of the video", where=identifier)
        return answer.results


def _candidate(found: _Found) -> Candidate:
    description = found.description if isinstance(found, _Asset) else found.short_description
    size = _size(found)
    return Candidate(
        source=DvidsSource.name,
        id=found.id.removeprefix(_PREFIX),
        title=found.title,
        credit=_credit(found),
        license=LICENSE if _is_american(found) else TERMS,
        url=found.url,
        description=re.sub(r"<[^>]+>", " ", description or ""),
        keywords=tuple(one.strip() for one in (found.keywords or "").split(",") if one.strip()),
        duration=found.duration,
        width=size[0],
        height=size[1],
        date=found.date or "",
        thumbnail_url=_thumbnail(found.thumbnail),
        license_url=TERMS_URL,
    )


def _size(found: _Found) -> tuple[int | None, int | None]:
    if isinstance(found, _Asset) and found.files:
        largest = max(found.files, key=lambda one: one.width * one.height)
        return largest.width, largest.height
    # A search tells no size, only whether it is 1280x720 at the least.
    return (1280, 720) if found.hd else (None, None)


def _makers(found: _Found) -> list[str]:
    named = found.credit if isinstance(found.credit, list) else [{"name": found.credit}]
    return [str(one["name"]) for one in named if isinstance(one, dict) and one.get("name")]


def _credit(found: _Found) -> str:
    # To name DVIDS itself is one of its terms.
    return ", ".join([*_makers(found), *([found.unit_name] if found.unit_name else []), "DVIDS"])


def _is_american(found: _Found) -> bool:
    """Tell whether a force of the United States made it, by all that is said of it."""
    makers = _makers(found)
    is_theirs = (found.branch or "").casefold() in _UNITED_STATES and bool(makers)
    return is_theirs and not _THIRD_PARTY.search(" ".join([*makers, found.unit_name or ""]))


def _thumbnail(value: Any) -> str:
    address = value.get("url", "") if isinstance(value, dict) else value
    return address if isinstance(address, str) else ""


def _refuse_errors(errors: list[Any]) -> None:
    if errors:
        raise FootageError("DVIDS answers with an error")


def dvids_client(setup: Setup) -> Client:
    """Return a client with the user's key, where there is one."""
    settings = setup.settings
    key, site = settings.value_of(KEY), settings.value_of(ORIGIN).rstrip("/")
    return footage_client(
        settings.value_of(ADDRESS),
        setup.budget,
        {"api_key": key} if key else None,
        headers={"Origin": site, "Referer": f"{site}/"} if site else None,
    )


def _open(setup: Setup) -> FootageSource:
    setup.key(KEY)
    client = dvids_client(setup)
    return setup.guarded(DvidsSource(client, setup.fetcher(client)))


PROVIDER = FootageProvider(
    open=_open,
    key=KEY,
    address=ADDRESS,
    more=(ORIGIN,),
    field=FIELD,
    gives="videos of the United States' forces, mostly public domain, B-roll first",
)
