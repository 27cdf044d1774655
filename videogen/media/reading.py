"""Video files as frames with their places at the cut's rate; what is damaged is left out."""

from __future__ import annotations

import functools
import logging
import math
from collections.abc import Generator, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Literal

import av
from av import Packet, VideoFrame
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from videogen.barrier import Fault, attempt
from videogen.errors import FootageError
from videogen.media.fitting import format_of
from videogen.media.interlacing import progressive
from videogen.media.probe import MOST_PIXELS

logger = logging.getLogger(__name__)

# Frames within this of the target are all decoded, since one of them is shown at it.
_MARGIN_SECONDS = Fraction(1, 4)


class _NothingToShow(FootageError):
    """No frame can be decoded from where reading began."""


class Reader:
    """An open file and its frames from the key frame before `start` frames on.

    `first` is that frame and `place` its number at the cut's rate; `frames` are those after it.
    """

    def __init__(self, path: Path, rate: Fraction, start: int) -> None:
        self._container = _opened(path)
        try:
            stream = _picture_stream(self._container, path)
            # Among several threads the marks of damaged frames get lost, and smears are shown.
            stream.thread_count = 1
            self._stream, self._rate = stream, rate
            self.pixel_aspect = stream.sample_aspect_ratio
            self.frames = _placed_frames(self._container, stream, rate, start)
            self.place, self.first = _first(self.frames, path)
        except BaseException:
            self._container.close()
            raise

    @property
    def shown_size(self) -> tuple[float, float]:
        """How wide and high the first frame is shown, upright, in square pixels."""
        return format_of(self.first, self.pixel_aspect or Fraction(1)).shown_size

    def key_frames(self, first: int, frames: int) -> list[int]:
        """Return about where key frames stand in a piece; none where the file keeps no index."""
        begin, time_base = self._stream.start_time or 0, self._stream.time_base or Fraction(1, 1000)
        entries = self._stream.index_entries
        at = max(0, entries.search_timestamp(begin + math.floor(first / self._rate / time_base)))
        found = []
        for number in range(at, len(entries)):
            entry = entries[number]
            place = round((entry.timestamp - begin) * time_base * self._rate)
            if place >= first + frames:
                break
            if entry.is_keyframe and place > first:
                found.append(place)
        return found

    def close(self) -> None:
        """Close the file."""
        self.frames.close()
        self._container.close()


def reader_at(path: Path, rate: Fraction, start: int) -> Reader:
    """Return a reader from `start` frames into a file, or from its begin where it has none there.

    Raises:
        FootageError: the file can't be opened or holds not one sound frame.
    """
    try:
        return Reader(path, rate, start)
    except _NothingToShow:
        # Past the end, or a file that can't be sought in: what it has is read from its start.
        return Reader(path, rate, 0)


def _opened(path: Path) -> InputContainer:
    try:
        return av.open(path, options={"protocol_whitelist": "file"}, metadata_errors="ignore")
    except (FFmpegError, OSError) as exc:
        raise FootageError("The clip can't be opened", where=str(path)) from exc


def _picture_stream(container: InputContainer, path: Path) -> VideoStream:
    if not container.streams.video:
        raise FootageError("The clip has no picture", where=str(path))
    stream = container.streams.video[0]
    if stream.width * stream.height > MOST_PIXELS:
        raise FootageError("The video has too many pixels", where=str(path))
    return stream


def _first(frames: Iterator[tuple[int, VideoFrame]], path: Path) -> tuple[int, VideoFrame]:
    for placed in frames:
        return placed
    raise _NothingToShow("The clip holds no frame that can be shown", where=str(path))


def _placed_frames(
    container: InputContainer, stream: VideoStream, rate: Fraction, start: int
) -> Generator[tuple[int, VideoFrame], None, None]:
    """Yield frames, each with the frame number of the cut's rate that is nearest to its time."""
    begin = stream.start_time or 0
    time_base = stream.time_base or Fraction(1, 1000)
    target = begin + math.floor(start / rate / time_base)
    if start:
        _seek(container, stream, target)
    slot = -1
    decoded = _decoded(container, stream, target - math.ceil(_MARGIN_SECONDS / time_base))
    for frame in progressive(decoded):
        slot += 1
        if frame.pts is not None:
            time = frame.pts * (frame.time_base or time_base) - begin * time_base
            slot = math.floor(time * rate + Fraction(1, 2))
        yield slot, frame


def _seek(container: InputContainer, stream: VideoStream, timestamp: int) -> None:
    try:
        container.seek(timestamp, stream=stream)
    except FFmpegError as exc:
        logger.debug("%s can't be sought in, read from the start: %s", container.name, exc)


def _decoded(container: InputContainer, stream: VideoStream, target: int) -> Iterator[VideoFrame]:
    """Yield every frame that decodes; what is damaged is left out.

    Before the timestamp `target` only frames are decoded that others depend on.
    """
    decoder = stream.codec_context
    for packet in _packets(container, stream):
        is_early = packet is not None and _end(packet) < target
        wanted: Literal["NONREF", "DEFAULT"] = "NONREF" if is_early else "DEFAULT"
        if decoder.skip_frame != wanted:
            decoder.skip_frame = wanted
        frames = attempt(functools.partial(stream.decode, packet))
        if isinstance(frames, Fault):
            logger.debug("Left out a damaged packet of %s: %s", container.name, frames.cause)
            continue
        yield from (frame for frame in frames if not frame.is_corrupt)


def _end(packet: Packet[VideoStream]) -> float:
    return math.inf if packet.pts is None else packet.pts + (packet.duration or 0)


def _packets(
    container: InputContainer, stream: VideoStream
) -> Iterator[Packet[VideoStream] | None]:
    packets = container.demux(stream)
    while True:
        # A stream that begins in the middle, as damage may feign one, is an IndexError in PyAV.
        packet = attempt(lambda: next(packets, None))
        if isinstance(packet, Fault):
            logger.debug("%s ends early: %s", container.name, packet.cause)
            yield None
            return
        if packet is None:
            return
        yield packet
