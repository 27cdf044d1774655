"""Wikimedia Commons: videos and pictures of nearly everything, each under a licence of its own.

See https://www.mediawiki.org/wiki/API:Videoinfo and https://www.mediawiki.org/wiki/API:Imageinfo;
for how often it may be asked, https://wikitech.wikimedia.org/wiki/Robot_policy. Needs no key.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import Literal

from videogen.domain.footage import Candidate, Clip
from videogen.errors import FootageError, SourceUnavailable
from videogen.footage.fetch.client import Refused, footage_client
from videogen.footage.fetch.clips import ClipFetcher, Recording
from videogen.footage.sources.base import FootageSource, Query, is_number
from videogen.footage.sources.commons_files import (
    FIELDS,
    NAME,
    THUMBNAIL_WIDTH,
    Answer,
    Page,
    candidate_of,
    recording_of,
)
from videogen.footage.sources.provider import FootageProvider, Setup
from videogen.footage.sources.service import ServiceSource
from videogen.http.client import Client
from videogen.provider import Variable

ADDRESS = Variable(
    "COMMONS_BASE_URL", "a proxy in front of Wikimedia Commons", "https://commons.wikimedia.org"
)

_API = "/w/api.php"
_MOST_FOUND = 50  # for callers without an account
_MOST_LETTERS = 250
_DOWNLOADS_AT_ONCE = 2
_PREVIEW_WIDTH = 500
_BUSY = frozenset({"ratelimited", "maxlag"})
# How much larger than it is a video, or a picture, may be shown.
_MOST_ENLARGED = {"video": 3.0, "still": 1.5}

Prop = Literal["videoinfo", "imageinfo"]


class CommonsSource(ServiceSource):
    """Videos and pictures of Wikimedia Commons, under the licences that are allowed."""

    name = NAME

    def __init__(self, client: Client, fetcher: ClipFetcher, licenses: frozenset[str]) -> None:
        super().__init__(client, fetcher)
        self._licenses = licenses
        self._turn = threading.Lock()
        self._downloads = threading.BoundedSemaphore(_DOWNLOADS_AT_ONCE)

    def search(self, query: Query) -> Sequence[Candidate]:
        """Return videos and pictures in turn, each as Commons ranks them."""
        words = query.plain(_MOST_LETTERS)
        if not words:
            return []
        videos = self._search("videoinfo", f"{words} filetype:video", query)
        pictures = self._search("imageinfo", f"{words} filetype:bitmap", query)
        return [one for one in chain(*zip_longest(videos, pictures)) if one]

    def lookup(self, identifier: str) -> Candidate:
        """Return the file whose page has a number."""
        page = self._page(identifier, "videoinfo", _PREVIEW_WIDTH)
        found = candidate_of(page, self._licenses)
        if found is None:
            raise FootageError(
                "The file of Commons can't be shown, or not under its licence",
                where=page.title[:80],
            )
        return found

    def fetch(self, candidate: Candidate, seconds: float, take: int = 0) -> Clip:
        """Fetch a piece of the smallest transcode that covers the output, or the picture."""
        with self._downloads:
            return super().fetch(candidate, seconds, take)

    def _search(self, prop: Prop, words: str, query: Query) -> list[Candidate]:
        answer = self._ask(
            prop,
            _PREVIEW_WIDTH,
            {
                "generator": "search",
                "gsrnamespace": 6,
                "gsrlimit": _MOST_FOUND,
                "gsrsearch": words,
            },
        )
        pages = sorted(answer.pages, key=lambda page: page.index)
        found = (candidate_of(page, self._licenses) for page in pages)
        return [one for one in found if one and _is_large_enough(one, query)]

    def _locate(self, candidate: Candidate) -> Recording:
        prop: Prop = "imageinfo" if candidate.kind == "still" else "videoinfo"
        return recording_of(self._page(candidate.id, prop, THUMBNAIL_WIDTH))

    def _page(self, identifier: str, prop: Prop, width: int) -> Page:
        if not is_number(identifier):
            raise FootageError(
                "A file of Commons is named by its page's number", where=repr(identifier)
            )
        for page in self._ask(prop, width, {"pageids": identifier}).pages:
            if page.files:
                return page
        raise FootageError("Commons knows no such file", where=identifier)

    def _ask(self, prop: Prop, width: int, subject: dict[str, str | int]) -> Answer:
        short = prop[0] + "i"
        parameters: dict[str, str | int] = {
            "action": "query",
            "format": "json",
            "formatversion": 2,
            "prop": prop,
            f"{short}prop": "url|size|mime|mediatype|user|extmetadata"
            + ("|derivatives" if prop == "videoinfo" else ""),
            f"{short}urlwidth": width,
            f"{short}extmetadatafilter": "|".join(FIELDS),
            **subject,
        }
        try:
            with self._turn:
                answer = self._client.ask(_API, parameters, Answer)
        except Refused as exc:
            raise SourceUnavailable(
                "Wikimedia Commons refuses to answer",
                where=exc.where,
                cure="It limits networks that ask too much: try again later, or leave it out.",
            ) from exc
        if answer.error is None:
            return answer
        if answer.error.code in _BUSY:
            raise SourceUnavailable("Wikimedia Commons is too busy to answer")
        raise FootageError(f"Wikimedia Commons answers with an error: {answer.error.code[:40]}")


def _is_large_enough(candidate: Candidate, query: Query) -> bool:
    side = min(candidate.width or 0, candidate.height or 0)
    return side * _MOST_ENLARGED[candidate.kind] >= min(query.width, query.height)


def _open(setup: Setup) -> FootageSource:
    client = footage_client(setup.settings.value_of(ADDRESS), setup.budget)
    return setup.guarded(CommonsSource(client, setup.fetcher(client), setup.options.licenses))


PROVIDER = FootageProvider(
    open=_open,
    address=ADDRESS,
    gives="videos and pictures of nearly everything, from Wikimedia Commons",
)
