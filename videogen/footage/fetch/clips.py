"""From a candidate of a service to a local clip, by way of the cache."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from videogen.domain.footage import Candidate, Clip, MediaFile
from videogen.errors import FootageError, UnusableClip
from videogen.footage.fetch.cache import Cached, PieceCache
from videogen.footage.fetch.hls import cut_hls
from videogen.footage.fetch.pieces import Rendition, Wanted, choose_rendition
from videogen.footage.fetch.remote import cut_remote
from videogen.http.client import Client
from videogen.http.limits import time_limit
from videogen.media.guarded import guarded_asking
from videogen.media.probe import is_blank, probe
from videogen.media.remux import Piece

# Enough for a few seconds of 1080p at 1 Mbit/s; a server that only drips is given up.
_FETCH_SECONDS = 120.0
_MOST_PICTURE_BYTES = 40 * 2**20


@dataclass(frozen=True, slots=True)
class Recording:
    """Where the bytes are: files in several sizes, or an HLS playlist where there is none."""

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
        is_still = candidate.kind == "still"
        # A picture lasts as long as anyone looks at it.
        length = 0.0 if is_still else seconds
        wanted = Wanted(candidate.source, candidate.id, self._width, self._height, length, take)
        clip = self._clip(candidate, self._cache.find(wanted), seconds)
        if clip is None:
            with time_limit(_FETCH_SECONDS):
                recording = locate()
                cut = self._save if is_still else self._cut
                made = self._cache.add(wanted, lambda path: cut(recording, wanted, path))
            clip = self._clip(candidate, made, seconds)
        if clip is None:
            raise FootageError("What was fetched is gone from the cache")
        return clip

    def close(self) -> None:
        """Leave the cache within its bounds."""
        self._cache.trim()

    def _clip(self, candidate: Candidate, cached: Cached | None, seconds: float) -> Clip | None:
        if cached is None:
            return None
        try:
            found = probe(cached.path, candidate.kind)
        except FootageError:
            # Damaged since it was kept: it is fetched again.
            cached.path.unlink(missing_ok=True)
            return None
        media = MediaFile(cached.path, candidate.kind)
        if candidate.kind == "still":
            return Clip(candidate, media, start=0.0, offset=0.0, duration=seconds)
        return Clip(candidate, media, cached.start, offset=0.0, duration=found.duration)

    def _cut(self, recording: Recording, wanted: Wanted, target: Path) -> Piece:
        if recording.renditions:
            chosen = choose_rendition(recording.renditions, wanted.width, wanted.height)
            piece = guarded_asking(self._client.read_range, cut_remote, chosen.url, wanted, target)
        elif recording.playlist_url:
            piece = cut_hls(self._client, recording.playlist_url, wanted, target)
        else:
            raise UnusableClip("The recording has no file that can be read")
        # A file that does not decode must not get its name, or every later run would find it.
        probe(target, "video")
        if is_blank(target):
            raise UnusableClip("The piece shows an empty screen")
        return piece

    def _save(self, recording: Recording, wanted: Wanted, target: Path) -> Piece:
        """Save a picture whole: a pan or a zoom may show any part of it."""
        if not recording.renditions:
            raise UnusableClip("The picture has no file that can be read")
        chosen = choose_rendition(recording.renditions, wanted.width, wanted.height)
        self._client.save(chosen.url, target, _MOST_PICTURE_BYTES)
        probe(target, "still")
        return Piece(0.0, ".still")
