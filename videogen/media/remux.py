"""Packets of a span of video into a small file of their own, nothing decoded or encoded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import av
from av.packet import Packet
from av.video.stream import VideoStream


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a recording that was written to a local file, in seconds.

    `start` is where it begins in the recording.
    """

    start: float


def copy_packets(
    packets: Iterable[Packet[VideoStream]], template: VideoStream, target: Path
) -> None:
    """Write packets, the first of them a keyframe's, to an MP4 whose time starts at 0.

    Sound is left out: narration replaces it.
    """
    with av.open(str(target), "w", format="mp4") as output:
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
