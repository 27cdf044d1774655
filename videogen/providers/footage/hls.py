"""A piece of an HLS recording: the playlist is read, then only the segments of the piece.

Playlists are those of RFC 8216. They are only ever parsed here, never given to a media reader,
which would follow whatever address they hold.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import accumulate, dropwhile
from pathlib import Path
from typing import TYPE_CHECKING

import m3u8

from videogen.errors import FootageError
from videogen.providers.footage.pieces import MARGIN_SECONDS, Wanted, piece_start
from videogen.providers.footage.remux import Piece, copy_packets
from videogen.providers.footage.renditions import Rendition, choose_rendition
from videogen.providers.transfer.link import Link
from videogen.providers.transfer.ranged import RangedFile

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream

_MOST_PLAYLIST_BYTES = 4 * 2**20
_MOST_SEGMENT_BYTES = 64 * 2**20
_TRANSPORT_STREAM = b"\x47"


def cut_hls(link: Link, url: str, wanted: Wanted, target: Path) -> Piece:
    """Write the wanted seconds of an HLS recording, or what there is of it, to a local file.

    Raises:
        FootageError: the playlist or a segment can't be had or read.
    """
    playlist = _load(link, url)
    if playlist.is_variant:
        playlist = _load(link, _choose_variant(playlist, wanted))
    if not playlist.segments:
        raise FootageError("The playlist lists no segment")
    starts = list(accumulate((one.duration or 0.0 for one in playlist.segments), initial=0.0))
    begin = piece_start(starts[-1], wanted.seconds, wanted.take)
    first = max(at for at, start in enumerate(starts[:-1]) if start <= begin)
    chosen = [
        segment
        for segment, start in zip(playlist.segments[first:], starts[first:-1], strict=True)
        if start < starts[first] + wanted.seconds
    ]
    data = _header(link, chosen[0]) + b"".join(_fetch(link, one) for one in chosen)
    _remux(data, wanted.seconds, target)
    return Piece(starts[first])


def _load(link: Link, url: str) -> m3u8.M3U8:
    text = link.read(url, _MOST_PLAYLIST_BYTES).decode("utf-8", errors="replace")
    try:
        return m3u8.loads(text, uri=url)
    except (ValueError, KeyError, IndexError, AttributeError) as exc:
        raise FootageError("The playlist can't be read") from exc


def _choose_variant(playlist: m3u8.M3U8, wanted: Wanted) -> str:
    variants = []
    for variant in playlist.playlists:
        columns, rows = variant.stream_info.resolution or (0, 0)
        bandwidth = variant.stream_info.bandwidth or 0
        variants.append(Rendition(variant.absolute_uri, columns, rows, bandwidth))
    return choose_rendition(variants, wanted.width, wanted.height).url


def _header(link: Link, segment: m3u8.Segment) -> bytes:
    return _fetch(link, segment.init_section) if segment.init_section else b""


def _fetch(link: Link, segment: m3u8.Segment | m3u8.InitializationSection) -> bytes:
    key = getattr(segment, "key", None)
    if key is not None and key.method != "NONE":
        raise FootageError("The recording is encrypted")
    file = RangedFile(link, segment.absolute_uri)
    start, length = _byte_range(segment.byterange)
    file.want(start, length)
    file.seek(start)
    return b"".join(iter(lambda: file.read(start + length - file.tell()), b""))


def _byte_range(text: str | None) -> tuple[int, int]:
    if not text:
        return 0, _MOST_SEGMENT_BYTES
    length, _, start = text.partition("@")
    if not (length.isdecimal() and start.isdecimal()):
        raise FootageError("The playlist can't be read")
    return int(start), int(length)


def _remux(data: bytes, seconds: float, target: Path) -> None:
    import av

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
                raise FootageError("The recording has no picture")
            stream = container.streams.video[0]
            copy_packets(_first_seconds(container.demux(stream), seconds), stream, target)
    except (av.FFmpegError, OSError, ValueError) as exc:
        raise FootageError("The recording can't be read") from exc


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
