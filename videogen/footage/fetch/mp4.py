"""A piece of a remote MP4: its index is read first, then exactly the bytes of the piece.

Boxes are those of ISO/IEC 14496-12, section 4.2; `moov` holds the index.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile, islice
from pathlib import Path

from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from videogen.errors import UnusableClip
from videogen.footage.fetch.demux import demuxed
from videogen.footage.fetch.pieces import MARGIN_SECONDS, Wanted, piece_start
from videogen.http.ranged import RangedFile
from videogen.media.remux import Piece, copy_packets

_MOST_INDEX_BYTES = 32 * 2**20
# Ten hours at 30 frames a second; a hostile index may claim any number.
_MOST_FRAMES = 10 * 3600 * 30
_MOST_BOXES = 32
_KNOWN_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"uuid", b"pdin"})


@dataclass(frozen=True, slots=True)
class _Span:
    """Packets from a keyframe on: times in the stream's own units, places in bytes.

    `start` is when the keyframe is shown, which is what a demuxer is asked for.
    """

    start: int
    packets: int
    keyframe_byte: int
    first_byte: int
    end_byte: int


def is_mp4(head: bytes) -> bool:
    """Tell by the first bytes of a file whether it may be an MP4."""
    return head[4:8] in _KNOWN_BOXES


def cut_mp4(file: RangedFile, wanted: Wanted, target: Path) -> Piece:
    """Write the wanted seconds of a remote MP4, or what there is of it, to a local file.

    Raises:
        UnusableClip: it is no MP4 with a picture.
        FootageError: a part of it can't be had.
    """
    _fetch_index(file)
    with demuxed(file, "mp4") as (container, stream):
        duration = float((stream.duration or 0) * (stream.time_base or 0))
        at = piece_start(duration, wanted.seconds, wanted.take)
        span = _choose_span(stream, at, wanted.seconds)
        file.want(span.first_byte, span.end_byte - span.first_byte)
        container.seek(span.start, stream=stream)
        suffix = copy_packets(_take(container, stream, span), stream, target)
    start = (span.start - (stream.start_time or 0)) * (stream.time_base or 0)
    return Piece(float(start), suffix)


def _fetch_index(file: RangedFile) -> None:
    position = 0
    for _ in range(_MOST_BOXES):
        size, kind = _read_box_header(file, position)
        if kind == b"moov":
            if size > _MOST_INDEX_BYTES:
                raise UnusableClip(f"The file's index of {size // 2**20} MB is too much to fetch")
            return file.want(position, size)
        position += size
        if kind not in _KNOWN_BOXES or size < 8 or position >= file.size:  # noqa: PLR2004
            break
    raise UnusableClip("The file is no MP4")


def _read_box_header(file: RangedFile, position: int) -> tuple[int, bytes]:
    file.seek(position)
    header = file.read(16).ljust(16, b"\0")
    size, kind, long_size = struct.unpack(">I4sQ", header)
    return {0: file.size - position, 1: long_size}.get(size, size), kind


def _choose_span(stream: VideoStream, wanted: float, seconds: float) -> _Span:
    if len(stream.index_entries) > _MOST_FRAMES:
        raise UnusableClip("The file claims to have too many frames")
    entries = list(stream.index_entries)
    base = float(stream.time_base or 0)
    origin = entries[0].timestamp if entries else 0
    keys = [at for at, entry in enumerate(entries) if entry.is_keyframe]
    if not keys or not base:
        raise UnusableClip("The file has no frame")
    times = [(entries[at].timestamp - origin) * base for at in keys]
    first = keys[max(0, bisect_right(times, wanted) - 1)]
    end = entries[first].timestamp + (seconds + MARGIN_SECONDS) / base
    piece = [entry for entry in entries[first:] if entry.timestamp < end]
    return _Span(
        start=entries[first].timestamp - origin + (stream.start_time or 0),
        packets=len(piece),
        keyframe_byte=entries[first].pos,
        first_byte=min(entry.pos for entry in piece),
        end_byte=max(entry.pos + entry.size for entry in piece),
    )


def _take(
    container: InputContainer, stream: VideoStream, span: _Span
) -> Iterator[Packet[VideoStream]]:
    found = dropwhile(lambda packet: packet.pos != span.keyframe_byte, container.demux(stream))
    # Counted, not timed: to see that a packet is too late, it would have to be fetched.
    return islice(found, span.packets)
