"""HLS playlists as values: what is in one, with every address made absolute (RFC 8216)."""

from __future__ import annotations

from dataclasses import dataclass

import m3u8

from videogen.barrier import Fault, attempt
from videogen.errors import UnusableClip
from videogen.footage.fetch.pieces import Rendition


@dataclass(frozen=True, slots=True)
class MediaSegment:
    """A stretch of bytes of a file; `length` None is all of it. Seconds for media, else 0."""

    url: str
    seconds: float = 0.0
    start: int = 0
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Playlist:
    """Either sizes of a recording, each a playlist again, or its segments.

    `header` is what decoders need before the first segment, in recordings that have it.
    """

    renditions: tuple[Rendition, ...]
    segments: tuple[MediaSegment, ...]
    header: MediaSegment | None


def parse(text: str, url: str) -> Playlist:
    """Return what a playlist holds.

    Raises:
        UnusableClip: it can't be read, is encrypted, or holds nothing.
    """
    playlist = attempt(lambda: _convert(m3u8.loads(text, uri=url)))
    if isinstance(playlist, Fault):
        if isinstance(playlist.error, UnusableClip):
            raise playlist.error
        # The library's own error is a ValueError; on broken lines it stumbles in many other ways.
        raise UnusableClip("The playlist can't be read") from playlist.error
    if not playlist.renditions and not playlist.segments:
        raise UnusableClip("The playlist lists nothing")
    return playlist


def _convert(found: m3u8.M3U8) -> Playlist:
    if any(key is not None and key.method != "NONE" for key in found.keys):
        raise UnusableClip("The recording is encrypted")
    renditions = []
    for variant in found.playlists:
        width, height = variant.stream_info.resolution or (0, 0)
        bandwidth = variant.stream_info.bandwidth or 0
        renditions.append(Rendition(variant.absolute_uri, width, height, bandwidth))
    segments = tuple(
        MediaSegment(one.absolute_uri, float(one.duration or 0), *_byte_range(one.byterange))
        for one in found.segments
    )
    headers = [one.init_section for one in found.segments if one.init_section]
    header = None
    if headers:
        header = MediaSegment(headers[0].absolute_uri, 0.0, *_byte_range(headers[0].byterange))
    return Playlist(tuple(renditions), segments, header)


def _byte_range(text: str | None) -> tuple[int, int | None]:
    if not text:
        return 0, None
    length, _, start = text.partition("@")
    return int(start), int(length)
