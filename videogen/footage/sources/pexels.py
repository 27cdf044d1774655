"""Pexels, videos and pictures with a free key; see https://www.pexels.com/api/documentation/.

A key is good for 200 questions an hour. Videos have no title: their words are in the address of
their page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar
from urllib.parse import unquote

from pydantic import BaseModel, Field, OnErrorOmit

from videogen.domain.footage import Candidate
from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.footage.fetch.client import NotThere, Refused, footage_client
from videogen.footage.fetch.clips import ClipFetcher, Recording
from videogen.footage.fetch.pieces import Rendition
from videogen.footage.sources.base import ENOUGH, FootageSource, Query, is_number
from videogen.footage.sources.provider import FootageProvider, Setup
from videogen.footage.sources.service import ServiceSource
from videogen.http.client import Client
from videogen.provider import Variable

KEY = Variable("PEXELS_API_KEY", "footage from Pexels", had_at="https://www.pexels.com/api/")
ADDRESS = Variable("PEXELS_BASE_URL", "a proxy in front of Pexels", "https://api.pexels.com")

LICENSE = "Pexels License"
_LICENSE_URL = "https://www.pexels.com/license/"
_ANSWERS = 40
# Older and newer documents name different places of the videos; pictures have one.
_STARTS = ("/videos", "/v1/videos")
# Ids of videos and of pictures are counted apart.
_PICTURE = "photo-"
_LARGE_PICTURE = (1880, 1300)
_ORIENTATIONS = {"wide": "landscape", "tall": "portrait", "square": "square"}
_PAGE = re.compile(r"/([^/]*?)-?\d+/?$")


class _Maker(BaseModel):
    name: str = ""


class _File(BaseModel):
    # A playlist calls itself video/mp4 too, and has no size.
    link: str = Field(min_length=1)
    file_type: str
    width: int
    height: int


class _Video(BaseModel):
    id: int
    url: str
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    image: str | None = None
    user: _Maker = Field(default_factory=_Maker)
    video_files: list[OnErrorOmit[_File]]


class _Sizes(BaseModel):
    original: str
    large2x: str = ""
    medium: str = ""


class _Picture(BaseModel):
    id: int
    url: str
    width: int
    height: int
    photographer: str = ""
    alt: str | None = None
    src: _Sizes


class _Videos(BaseModel):
    videos: list[OnErrorOmit[_Video]]


class _Pictures(BaseModel):
    photos: list[OnErrorOmit[_Picture]]


M = TypeVar("M", bound=BaseModel)


class PexelsSource(ServiceSource):
    """Videos of Pexels, and its pictures where videos are few."""

    name = "pexels"

    def __init__(self, client: Client, fetcher: ClipFetcher) -> None:
        super().__init__(client, fetcher)
        self._start = _STARTS[0]
        # Search answers name the files: asking again would spend the hour's questions.
        self._recordings: dict[str, Recording] = {}

    def search(self, query: Query) -> Sequence[Candidate]:
        """Return what Pexels finds in the output's shape, as it ranks it, videos first."""
        wanted: dict[str, str | int] = {
            "query": query.words,
            "orientation": _ORIENTATIONS[query.shape],
            "per_page": _ANSWERS,
        }
        with _key_in_question():
            sized = {**wanted, "size": _least_size(query)}
            answer = self._ask_videos("/search", sized, _Videos)
            found = [self._video(one) for one in answer.videos]
            if len(found) < ENOUGH:
                pictures = self._client.ask("/v1/search", wanted, _Pictures)
                found += [self._picture(one) for one in pictures.photos]
        return found

    def lookup(self, identifier: str) -> Candidate:
        """Return the video with a number, or the picture `photo-<number>`, as in its address."""
        number = identifier.removeprefix(_PICTURE)
        if not is_number(number):
            raise FootageError(
                "Pexels names a video by its number, a picture by photo- and its number",
                where=repr(identifier),
            )
        try:
            with _key_in_question():
                if number != identifier:
                    return self._picture(self._client.ask(f"/v1/photos/{number}", {}, _Picture))
                return self._video(self._ask_videos(f"/videos/{number}", {}, _Video))
        except NotThere as exc:
            raise UnusableClip("Pexels knows no such clip", where=identifier) from exc

    def _locate(self, candidate: Candidate) -> Recording:
        if candidate.id not in self._recordings:
            self.lookup(candidate.id)
        return self._recordings[candidate.id]

    def _ask_videos(self, path: str, parameters: dict[str, str | int], model: type[M]) -> M:
        start = self._start
        try:
            return self._client.ask(start + path, parameters, model)
        except NotThere:
            [other] = set(_STARTS) - {start}
            answer = self._client.ask(other + path, parameters, model)
            self._start = other
            return answer

    def _video(self, video: _Video) -> Candidate:
        files = [
            Rendition(one.link, one.width, one.height, weight=0)
            for one in video.video_files
            if one.file_type == "video/mp4"
        ]
        self._recordings[str(video.id)] = Recording(tuple(files))
        return Candidate(
            source=self.name,
            id=str(video.id),
            title=_words(video.url) or f"Pexels video {video.id}",
            credit=video.user.name or "Pexels",
            license=LICENSE,
            url=video.url,
            duration=video.duration or None,
            width=video.width,
            height=video.height,
            thumbnail_url=video.image or "",
            license_url=_LICENSE_URL,
            attribution=_attribution("Video", video.user.name),
        )

    def _picture(self, picture: _Picture) -> Candidate:
        identifier = f"{_PICTURE}{picture.id}"
        self._recordings[identifier] = Recording(_sizes(picture))
        return Candidate(
            source=self.name,
            id=identifier,
            title=picture.alt or _words(picture.url) or f"Pexels picture {picture.id}",
            credit=picture.photographer or "Pexels",
            license=LICENSE,
            url=picture.url,
            width=picture.width,
            height=picture.height,
            thumbnail_url=picture.src.medium,
            kind="still",
            license_url=_LICENSE_URL,
            attribution=_attribution("Photo", picture.photographer),
        )


@contextmanager
def _key_in_question() -> Iterator[None]:
    try:
        yield
    except Refused as exc:
        raise SourceUnavailable(
            "Pexels refuses the key", where=exc.where, cure="Set another", command=KEY.setting
        ) from exc


def _least_size(query: Query) -> str:
    lines = min(query.width, query.height)
    return "large" if lines > 1080 else "medium" if lines > 720 else "small"  # noqa: PLR2004


def _sizes(picture: _Picture) -> tuple[Rendition, ...]:
    sizes = [Rendition(picture.src.original, picture.width, picture.height, weight=0)]
    if picture.src.large2x:
        most_columns, most_rows = _LARGE_PICTURE
        scale = min(most_columns / picture.width, most_rows / picture.height, 1.0)
        width, height = round(picture.width * scale), round(picture.height * scale)
        sizes.append(Rendition(picture.src.large2x, width, height, weight=0))
    return tuple(sizes)


def _words(page: str) -> str:
    found = _PAGE.search(page)
    return unquote(found[1]).replace("-", " ").strip().capitalize() if found else ""


def _attribution(what: str, name: str) -> str:
    return f"{what} by {name} on Pexels" if name else f"{what} on Pexels"


def _open(setup: Setup) -> FootageSource:
    headers = {"Authorization": setup.key(KEY)}
    address = setup.settings.value_of(ADDRESS)
    # Its limit counts by the hour and names no time: who waits, waits in vain.
    client = footage_client(address, setup.budget, headers=headers, patience=10.0)
    return setup.guarded(PexelsSource(client, setup.fetcher(client)))


PROVIDER = FootageProvider(
    open=_open,
    key=KEY,
    address=ADDRESS,
    gives="videos of everyday life, and pictures where those are few",
)
