"""A piece of an HLS recording: the playlist is read, then only the segments of the piece.

Playlists are those of RFC 8216. They are only ever parsed here, never given to a media reader,
which would follow whatever address they hold.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, dropwhile
from pathlib import Path

import av
from av.packet import Packet
from av.video.stream import VideoStream

from videogen.errors import UnusableClip
from videogen.footage.fetch.pieces import MARGIN_SECONDS, Wanted, choose_rendition, piece_start
from videogen.footage.fetch.playlist import MediaSegment, Playlist, parse
from videogen.http.client import Client
from videogen.http.ranged import RangedFile
from videogen.media.guarded import guarded
from videogen.media.remux import Piece, copy_packets

_MOST_PLAYLIST_BYTES = 4 * 2**20
_MOST_SEGMENT_BYTES = 64 * 2**20
_TRANSPORT_STREAM = b"\x47"


def cut_hls(client: Client, url: str, wanted: Wanted, target: Path) -> Piece:
    """Write the wanted seconds of an HLS recording, or what there is of it, to a local file.

    Raises:
        UnusableClip: the playlist or a segment can't be read.
        FootageError: it can't be had.
    """
    playlist = _load(client, url)
    if playlist.renditions:
        chosen = choose_rendition(playlist.renditions, wanted.width, wanted.height)
        playlist = _load(client, chosen.url)
    starts = list(accumulate((one.seconds for one in playlist.segments), initial=0.0))
    begin = piece_start(starts[-1], wanted.seconds, wanted.take)
    first = max(0, bisect_right(starts[:-1], begin) - 1)
    needed = [
        segment
        for segment, start in zip(playlist.segments[first:], starts[first:-1], strict=True)
        if start < starts[first] + wanted.seconds
    ]
    if not needed:
        raise UnusableClip("The playlist lists no segment")
    header = [playlist.header] if playlist.header else []
    data = b"".join(_fetch(client, one) for one in [*header, *needed])
    # To learn what is in them, the library may decode what begins the segments.
    guarded(_remux, data, wanted.seconds, target)
    return Piece(starts[first])


def _load(client: Client, url: str) -> Playlist:
    return parse(client.read(url, _MOST_PLAYLIST_BYTES).decode("utf-8", errors="replace"), url)


def _fetch(client: Client, segment: MediaSegment) -> bytes:
    file = RangedFile(client.read_range, segment.url)
    length = segment.length or _MOST_SEGMENT_BYTES
    file.want(segment.start, length)
    file.seek(segment.start)
    end = segment.start + length
    return b"".join(iter(lambda: file.read(end - file.tell()), b""))


def _remux(data: bytes, seconds: float, target: Path) -> None:
    kind = "mpegts" if data.startswith(_TRANSPORT_STREAM) else "mp4"
    try:
        with av.open(
            io.BytesIO(data),
            "r",
            format=kind,
            options={"protocol_whitelist": ""},
            metadata_errors="ignore",
        ) as container:
            if not container.streams.video:
                raise UnusableClip("The recording has no picture")
            stream = container.streams.video[0]
            copy_packets(_first_seconds(container.demux(stream), seconds), stream, target)
    except (av.FFmpegError, OSError, ValueError, LookupError) as exc:
        raise UnusableClip("The recording can't be read") from exc


def _first_seconds(
    packets: Iterator[Packet[VideoStream]], seconds: float
) -> Iterator[Packet[VideoStream]]:
    first: float | None = None
    for packet in dropwhile(lambda packet: not packet.is_keyframe, packets):
        if packet.dts is None:
            continue
        now = float(packet.dts * packet.time_base)
        first = now if first is None else first
        if now >= first + seconds + MARGIN_SECONDS:
            return
        yield packet
