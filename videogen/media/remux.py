"""Packets of a span of video into a small file of their own, nothing decoded or encoded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import av
from av.packet import Packet
from av.video.stream import VideoStream

_NOT_IN_MP4 = frozenset({"vp8", "theora"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a recording that was written to a local file, in seconds.

    `start` is where it begins in the recording, `suffix` what such a file's name ends with.
    """

    start: float
    suffix: str = ".mp4"


def copy_packets(
    packets: Iterable[Packet[VideoStream]], template: VideoStream, target: Path
) -> str:
    """Write packets, the first of them a keyframe's, to a file whose time starts at 0.

    Return the suffix of what it became: an MP4, or a Matroska file for codecs that MP4 has no place
    for. Sound is left out: narration replaces it.
    """
    kind, suffix = ("matroska", ".mkv") if template.codec.name in _NOT_IN_MP4 else ("mp4", ".mp4")
    with av.open(str(target), "w", format=kind) as output:
        stream = output.add_stream_from_template(template)
        first: int | None = None
        for packet in packets:
            if packet.dts is None or packet.pts is None:
                continue  # what a demuxer sends last to flush decoders holds no picture
            first = packet.dts if first is None else first
            packet.dts -= first
            packet.pts -= first
            packet.stream = stream
            output.mux(packet)
    return suffix
