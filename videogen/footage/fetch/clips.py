"""From a candidate of a service to a local clip, by way of the cache."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from videogen.domain import Candidate, Clip, MediaFile
from videogen.errors import FootageError, UnusableClip
from videogen.footage.fetch.cache import Cached, PieceCache
from videogen.footage.fetch.hls import cut_hls
from videogen.footage.fetch.mp4 import cut_mp4
from videogen.footage.fetch.pieces import Rendition, Wanted, choose_rendition
from videogen.http.client import Client
from videogen.http.limits import time_limit
from videogen.http.ranged import RangedFile
from videogen.media.probe import is_blank, probe
from videogen.media.remux import Piece

# Enough for a few seconds of 1080p at 1 Mbit/s; a server that only drips is given up.
_FETCH_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Recording:
    """Where a recording's bytes are: MP4s in several sizes, or an HLS playlist where none is."""

    renditions: tuple[Rendition, ...]
    playlist_url: str = ""


class ClipFetcher:
    """Fetches only the seconds that are shown, once; for one service and one output size."""

    def __init__(self, client: Client, cache: PieceCache, width: int, height: int) -> None:
        self._client = client
        self._cache = cache
        self._width = width
        self._height = height

    def fetch(
        self, candidate: Candidate, seconds: float, take: int, locate: Callable[[], Recording]
    ) -> Clip:
        """Return the candidate's clip; `locate` is only called where it is not in the cache.

        Raises:
            FootageError: the recording can't be had, or holds no picture.
        """
        wanted = Wanted(candidate.source, candidate.id, self._width, self._height, seconds, take)
        clip = self._clip(candidate, self._cache.find(wanted))
        if clip is None:
            with time_limit(_FETCH_SECONDS):
                recording = locate()
                made = self._cache.add(wanted, lambda path: self._cut(recording, wanted, path))
            clip = self._clip(candidate, made)
        if clip is None:
            raise FootageError("What was fetched is gone from the cache")
        return clip

    def close(self) -> None:
        """Leave the cache within its bounds."""
        self._cache.trim()

    def _clip(self, candidate: Candidate, cached: Cached | None) -> Clip | None:
        if cached is None:
            return None
        try:
            found = probe(cached.path, "video")
        except FootageError:
            # Damaged since it was kept: it is fetched again.
            cached.path.unlink(missing_ok=True)
            return None
        media = MediaFile(cached.path, "video")
        return Clip(candidate, media, cached.start, offset=0.0, duration=found.duration)

    def _cut(self, recording: Recording, wanted: Wanted, target: Path) -> Piece:
        if recording.renditions:
            chosen = choose_rendition(recording.renditions, wanted.width, wanted.height)
            piece = cut_mp4(RangedFile(self._client, chosen.url), wanted, target)
        elif recording.playlist_url:
            piece = cut_hls(self._client, recording.playlist_url, wanted, target)
        else:
            raise UnusableClip("The recording has no file that can be read")
        # A file that does not decode must not get its name, or every later run would find it.
        probe(target, "video")
        if is_blank(target):
            raise UnusableClip("The piece shows an empty screen")
        return piece
