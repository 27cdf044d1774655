"""DVIDS by the web app's own MCP server, as `config/mcp_servers.json` names it.

Its tools answer with one text: JSON in some versions, the repr of a Python value in others. What it
calls a video's address may be one of its page or of a playlist; what it does not know is 0.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, Field, OnErrorOmit, TypeAdapter, ValidationError

from videogen.domain.footage import Candidate, Clip, MediaFile
from videogen.errors import FootageError, SourceUnavailable
from videogen.footage.fetch.clips import ClipFetcher, Recording
from videogen.footage.fetch.mp4 import is_mp4
from videogen.footage.fetch.pieces import Rendition, piece_start
from videogen.footage.sources.base import FootageSource, Query
from videogen.footage.sources.dvids import FIELD, KEY, TERMS, TERMS_URL, dvids_client
from videogen.footage.sources.local import VIDEO_SUFFIXES
from videogen.footage.sources.mcp_config import read_command
from videogen.footage.sources.provider import FootageProvider, Setup, Untrusted
from videogen.footage.sources.service import ServiceSource
from videogen.http.client import Client
from videogen.http.limits import Budget
from videogen.media.probe import probe
from videogen.shell import line

if TYPE_CHECKING:
    from videogen.footage.sources.mcp_session import McpSession

_PAGE = "https://www.dvidshub.net/video/"
_SEARCH_SECONDS = 60.0
_DOWNLOAD_SECONDS = 120.0
_MOST_TEXT = 2**20
_SIZE = re.compile(r"(\d{1,5})x(\d{1,5})")
_HEAD_BYTES, _MOST_PAGE = 64, 2**20


class _Video(BaseModel):
    videoId: str = Field(coerce_numbers_to_str=True)  # noqa: N815
    title: str = ""
    duration: float | None = None
    resolution: str | None = None
    download_url: str | None = None


class _Download(BaseModel):
    file_path: Path


_VIDEOS = TypeAdapter(list[OnErrorOmit[_Video]])

M = TypeVar("M", bound=BaseModel)


class DvidsMcpSource(ServiceSource):
    """Videos of DVIDS by way of the app's server."""

    name = "dvids-mcp"

    def __init__(
        self, root: Path, session: McpSession, budget: Budget, client: Client, fetcher: ClipFetcher
    ) -> None:
        self._root = root
        self._session = session
        self._budget = budget
        super().__init__(client, fetcher)

    def search(self, query: Query) -> Sequence[Candidate]:
        """Return what the server finds."""
        found = self._ask("search_videos", {"query": query.words}, _SEARCH_SECONDS)
        answered = found if isinstance(found, list) else [found]
        videos = _VIDEOS.validate_python(answered)
        if answered and not videos:
            raise FootageError("The MCP server's answer is not what was agreed")
        return [_candidate(one) for one in videos]

    def lookup(self, identifier: str) -> Candidate:
        """Return the video with that id."""
        return _candidate(self._details(identifier))

    def fetch(self, candidate: Candidate, seconds: float, take: int = 0) -> Clip:
        """Fetch a piece from the video's own address; without one the server downloads it whole."""
        try:
            return super().fetch(candidate, seconds, take)
        except _NoAddress:
            return self._download(candidate, seconds, take)

    def close(self) -> None:
        """End the session, the server and all calls."""
        super().close()
        self._session.close()

    def _locate(self, candidate: Candidate) -> Recording:
        address = self._details(candidate.id).download_url
        if not address:
            raise _NoAddress("The server names no address")
        try:
            head = self._client.read_range(address, 0, _HEAD_BYTES, _MOST_PAGE).data
        except SourceUnavailable:
            raise
        except FootageError as exc:
            raise _NoAddress("The address leads nowhere") from exc
        if head.startswith(b"#EXTM3U"):
            return Recording((), address)
        if is_mp4(head):
            return Recording((Rendition(address, candidate.width or 0, candidate.height or 0, 0),))
        raise _NoAddress("The address leads to a page")

    def _download(self, candidate: Candidate, seconds: float, take: int) -> Clip:
        answer = self._ask("download_video", {"video_id": candidate.id}, _DOWNLOAD_SECONDS)
        named = _checked(_Download, answer).file_path
        # Named from the root of the app; an absolute path stays what it is.
        path = self._root / named
        if ".." in named.parts or path.suffix.lower() not in VIDEO_SUFFIXES:
            raise FootageError("The server names no video file")
        found = probe(path, "video")
        start = piece_start(found.duration, seconds, take)
        media = MediaFile(path, "video")
        return Clip(candidate, media, start, offset=start, duration=found.duration - start)

    def _details(self, identifier: str) -> _Video:
        answer = self._ask("get_video_details", {"video_id": identifier}, _SEARCH_SECONDS)
        return _checked(_Video, answer)

    def _ask(self, tool: str, arguments: dict[str, object], seconds: float) -> Any:
        limit = min(seconds, self._budget.remaining())
        values = [_parse(text) for text in self._session.call(tool, arguments, limit)]
        value = values[0] if len(values) == 1 else values
        if isinstance(value, dict) and "error" in value:
            raise FootageError("The MCP server answers with an error")
        return value


class _NoAddress(FootageError):
    """The server knows the video, but not where it lies."""


def _candidate(video: _Video) -> Candidate:
    size = _SIZE.fullmatch(video.resolution or "")
    return Candidate(
        source=DvidsMcpSource.name,
        id=video.videoId,
        title=video.title,
        credit="DVIDS",
        license=TERMS,
        license_url=TERMS_URL,
        url=_PAGE + video.videoId.removeprefix("video:"),
        duration=video.duration or None,
        width=int(size[1]) if size else None,
        height=int(size[2]) if size else None,
    )


def _parse(text: str) -> Any:
    if len(text) <= _MOST_TEXT:
        for read in (json.loads, ast.literal_eval):
            try:
                return read(text)
            except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
                continue
    raise FootageError("The MCP server's answer can't be read")


def _checked(model: type[M], value: Any) -> M:
    try:
        return model.model_validate(value)
    except ValidationError as exc:
        raise FootageError("The MCP server's answer is not what was agreed") from exc


def _open(setup: Setup) -> FootageSource:
    # The protocol's library takes a second of the processor, which runs without it need not give.
    from videogen.footage.sources.mcp_session import McpSession

    settings = setup.settings
    command = read_command(settings.root, settings.value_of(KEY))
    if not settings.trusts_root:
        raise Untrusted(
            "Its command is the folder's own, and you have not said that you trust the folder",
            cure="If you trust it, run",
            command=line("videogen", "trust", settings.root),
        )
    session = McpSession(command)
    client, budget = dvids_client(setup), setup.budget
    source = DvidsMcpSource(settings.root, session, budget, client, setup.fetcher(client))
    return setup.guarded(source)


PROVIDER = FootageProvider(
    open=_open,
    needs="the app's server in `config/mcp_servers.json`",
    field=FIELD,
    gives="the same, through the app",
    otherwise=KEY.setting,
)
