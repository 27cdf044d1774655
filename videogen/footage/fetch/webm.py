"""A piece of a remote WebM: head and cues are read first, then the clusters of the piece.

A Matroska file (RFC 9559) names by its SeekHead where its Cues lie, mostly at the end; they tell
where the cluster of each keyframe begins. libav reads all that by itself, through a file that
fetches what is asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile
from pathlib import Path

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from videogen.errors import UnusableClip
from videogen.footage.fetch.demux import demuxed
from videogen.footage.fetch.pieces import MARGIN_SECONDS, Wanted, piece_start
from videogen.http.ranged import RangedFile
from videogen.media.remux import Piece, copy_packets

MAGIC = b"\x1a\x45\xdf\xa3"  # how every EBML file begins

# Ten hours with a keyframe every second; a hostile index may claim any number.
_MOST_CUES = 36_000
# Clusters before a cue differ in size; what is still missing is fetched in small steps.
_SLACK = 1.1


@dataclass(frozen=True, slots=True)
class _Span:
    """From a cue on: times in the stream's own units, places in bytes."""

    start: int
    end: int
    first_byte: int
    end_byte: int


def cut_webm(file: RangedFile, wanted: Wanted, target: Path) -> Piece:
    """Write the wanted seconds of a remote WebM, or what there is of it, to a local file.

    Raises:
        UnusableClip: it is no WebM with a picture and cues.
        FootageError: a part of it can't be had.
    """
    with demuxed(file, "matroska") as (container, stream):
        span = _choose_span(container, stream, file.size, wanted)
        file.want(span.first_byte, span.end_byte - span.first_byte)
        container.seek(span.start, stream=stream)
        suffix = copy_packets(_take(container, stream, span), stream, target)
    start = (span.start - (stream.start_time or 0)) * (stream.time_base or 0)
    return Piece(float(start), suffix)


def _choose_span(
    container: InputContainer, stream: VideoStream, size: int, wanted: Wanted
) -> _Span:
    # Cues at the end are read by the first seek only.
    container.seek(stream.start_time or 0, stream=stream)
    if len(stream.index_entries) > _MOST_CUES:
        raise UnusableClip("The file claims to have too many cues")
    cues = sorted({entry.timestamp: entry.pos for entry in stream.index_entries}.items())
    base = float(stream.time_base or 0)
    if not cues or not base:
        raise UnusableClip("The file has no cues")
    duration = (container.duration or 0) / av.time_base
    origin = stream.start_time or 0
    at = piece_start(duration, wanted.seconds, wanted.take)
    first = max(0, bisect_right([(time - origin) * base for time, _ in cues], at) - 1)
    start = cues[first][0]
    end = start + round((wanted.seconds + MARGIN_SECONDS) / base)
    last = origin + round(duration / base)
    return _Span(start, end, cues[first][1], _byte_at(end, [*cues, (last, size)]))


def _byte_at(time: int, cues: Sequence[tuple[int, int]]) -> int:
    """Return about where a time lies in the file, rather behind it than before it."""
    after = min(bisect_right([at for at, _ in cues], time), len(cues) - 1)
    (begin, first), (end, last) = cues[max(0, after - 1)], cues[after]
    share = min(1.0, _SLACK * (time - begin) / max(1, end - begin))
    return first + round((last - first) * max(0.0, share))


def _take(
    container: InputContainer, stream: VideoStream, span: _Span
) -> Iterator[Packet[VideoStream]]:
    found = dropwhile(
        lambda packet: packet.pts is None or packet.pts < span.start, container.demux(stream)
    )
    return takewhile(lambda packet: packet.pts is None or packet.pts < span.end, found)
