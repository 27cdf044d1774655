"""Pixabay's videos with a free key; see https://pixabay.com/api/docs/.

A key is good for 100 questions a minute, and answers have to be kept for a day at least. Nothing
asks for an orientation: the size tells.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, Field, OnErrorOmit

from videogen.domain.footage import Candidate
from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.footage.fetch.client import Refused, Rejected, footage_client
from videogen.footage.fetch.clips import ClipFetcher, Recording
from videogen.footage.fetch.pieces import Rendition
from videogen.footage.sources.base import FootageSource, Query, is_number
from videogen.footage.sources.provider import FootageProvider, Setup
from videogen.footage.sources.service import ServiceSource
from videogen.http.client import Client
from videogen.provider import Variable

KEY = Variable("PIXABAY_API_KEY", "footage from Pixabay", had_at="https://pixabay.com/api/docs/")
ADDRESS = Variable("PIXABAY_BASE_URL", "a proxy in front of Pixabay", "https://pixabay.com")

LICENSE = "Pixabay Content License"
_LICENSE_URL = "https://pixabay.com/service/license-summary/"
_PATH = "/api/videos/"
_ANSWERS = 50
_LONGEST_QUESTION = 100  # characters
_LEAST_WIDTH = 1280
_TAGS_IN_TITLE = 5


class _File(BaseModel):
    url: str = Field(min_length=1)
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    size: float = 0
    thumbnail: str = ""


class _Video(BaseModel):
    id: int
    pageURL: str  # noqa: N815
    tags: str = ""
    duration: float | None = None
    # By the name of the size; one that there is not has an empty address.
    videos: dict[str, OnErrorOmit[_File]]
    user: str = ""
    isAiGenerated: bool = False  # noqa: N815
    isLowQuality: bool = False  # noqa: N815


class _Answer(BaseModel):
    hits: list[OnErrorOmit[_Video]]


class PixabaySource(ServiceSource):
    """Videos of Pixabay that a camera took."""

    name = "pixabay"

    def __init__(self, client: Client, fetcher: ClipFetcher) -> None:
        super().__init__(client, fetcher)
        self._recordings: dict[str, Recording] = {}

    def search(self, query: Query) -> Sequence[Candidate]:
        """Return what Pixabay finds, as it ranks it, without AI's and what is of low quality."""
        parameters: dict[str, str | int] = {
            "q": query.plain(_LONGEST_QUESTION),
            "lang": "en",
            "video_type": "film",
            "min_width": min(query.width, _LEAST_WIDTH),
            "safesearch": "true",
            "per_page": _ANSWERS,
        }
        try:
            answer = self._ask(parameters)
        except Rejected as exc:
            # All else in the question is within its limits.
            raise _refusal(exc) from exc
        return [
            self._candidate(one)
            for one in answer.hits
            if one.videos and not one.isAiGenerated and not one.isLowQuality
        ]

    def lookup(self, identifier: str) -> Candidate:
        """Return the video with a number, as in its page's address."""
        if not is_number(identifier):
            raise FootageError("A video of Pixabay is named by its number", where=repr(identifier))
        try:
            answer = self._ask({"id": identifier})
        except Rejected as exc:
            raise UnusableClip(
                "Pixabay knows no such video, or refuses the key",
                where=identifier,
                cure="Check the id, and PIXABAY_API_KEY.",
            ) from exc
        for one in answer.hits:
            if str(one.id) == identifier:
                return self._candidate(one)
        raise UnusableClip("Pixabay knows no such video", where=identifier)

    def _ask(self, parameters: dict[str, str | int]) -> _Answer:
        try:
            return self._client.ask(_PATH, parameters, _Answer)
        except Refused as exc:
            raise _refusal(exc) from exc

    def _locate(self, candidate: Candidate) -> Recording:
        if candidate.id not in self._recordings:
            self.lookup(candidate.id)
        return self._recordings[candidate.id]

    def _candidate(self, video: _Video) -> Candidate:
        files = list(video.videos.values())
        self._recordings[str(video.id)] = Recording(
            tuple(Rendition(one.url, one.width, one.height, one.size) for one in files)
        )
        largest = max(files, key=lambda one: one.width * one.height, default=None)
        tags = tuple(tag.strip() for tag in video.tags.split(",") if tag.strip())
        maker = f" by {video.user}" if video.user else ""
        return Candidate(
            source=self.name,
            id=str(video.id),
            title=", ".join(tags[:_TAGS_IN_TITLE]) or f"Pixabay video {video.id}",
            credit=video.user or "Pixabay",
            license=LICENSE,
            url=video.pageURL,
            keywords=tags,
            duration=video.duration or None,
            width=largest.width if largest else None,
            height=largest.height if largest else None,
            thumbnail_url=largest.thumbnail if largest else "",
            license_url=_LICENSE_URL,
            attribution=f"Video{maker} from Pixabay",
        )


def _refusal(fault: FootageError) -> SourceUnavailable:
    return SourceUnavailable(
        "Pixabay refuses the key", where=fault.where, cure="Set another", command=KEY.setting
    )


def _open(setup: Setup) -> FootageSource:
    key, address = {"key": setup.key(KEY)}, setup.settings.value_of(ADDRESS)
    client = footage_client(address, setup.budget, key, pace=0.6)
    return setup.guarded(PixabaySource(client, setup.fetcher(client)))


PROVIDER = FootageProvider(
    open=_open,
    key=KEY,
    address=ADDRESS,
    gives="videos that a camera took, none of AI's",
)
