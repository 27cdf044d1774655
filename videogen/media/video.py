"""Video files as frames at the cut's rate, whatever rate, shape or damage they have."""

from __future__ import annotations

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

from videogen.domain import Format
from videogen.errors import FootageError
from videogen.media.conform import Conformer
from videogen.media.interlacing import progressive

logger = logging.getLogger(__name__)

# Below this, decoding from the start costs less than the key frame before the target may.
_SEEK_FROM_SECONDS = 1
# Frames within this of the target are all decoded, since one of them is shown at it.
_MARGIN_SECONDS = Fraction(1, 4)


class VideoFootage:
    """Reads one video forward; index 0 is `source_in` frames into it, at the cut's rate.

    `first` is the lowest index that will be asked for: reading starts at the key frame before it.

    A frame is shown from the moment nearest its own time; where the file has none, because it is
    damaged, slower than the cut or over, the one before is held.

    Raises:
        FootageError: the file can't be opened or holds not one sound frame.
    """

    def __init__(self, path: Path, output: Format, source_in: int, first: int = 0) -> None:
        self._source_in = source_in
        start = source_in + first
        far = start / output.rate > _SEEK_FROM_SECONDS
        self._reader = _reader_at(path, output, start if far else 0)
        self._conformer = Conformer(*output.size, self._reader.pixel_aspect)
        self._shown = self._reader.first
        self._upcoming = next(self._reader.frames, None)
        self._conformed: VideoFrame | None = None

    def frame(self, index: int) -> VideoFrame:
        """Return the frame to show `index` frames after the shot's first."""
        wanted = self._source_in + index
        while self._upcoming is not None and self._upcoming[0] <= wanted:
            self._shown = self._upcoming[1]
            self._conformed = None
            self._upcoming = next(self._reader.frames, None)
        if self._conformed is None:
            self._conformed = self._conformer.conform(self._shown)
        return self._conformed

    def close(self) -> None:
        """Close the file."""
        self._reader.close()


def keyframe_near(path: Path, output: Format, index: int) -> VideoFrame:
    """Return the key frame before the frame at `index`, for the cost of decoding that one frame.

    Raises:
        FootageError: as for VideoFootage.
    """
    reader = _reader_at(path, output, index)
    try:
        return Conformer(*output.size, reader.pixel_aspect).conform(reader.first)
    finally:
        reader.close()


class _NothingToShow(FootageError):
    """No frame can be decoded from where reading began."""


class _Reader:
    """An open file and its frames from the key frame before `start` frames on."""

    def __init__(self, path: Path, output: Format, start: int) -> None:
        self._container = _opened(path)
        try:
            stream = _picture_stream(self._container, path)
            # Among several threads the marks of damaged frames get lost, and smears are shown.
            stream.thread_count = 1
            self.pixel_aspect = stream.sample_aspect_ratio
            self.frames = _placed_frames(self._container, stream, output.rate, start)
            self.first = _first(self.frames, path)
        except BaseException:
            self._container.close()
            raise

    def close(self) -> None:
        self.frames.close()
        self._container.close()


def _reader_at(path: Path, output: Format, start: int) -> _Reader:
    try:
        return _Reader(path, output, start)
    except _NothingToShow:
        # Past the end, or a file that can't be sought in: what it has is read from its start.
        return _Reader(path, output, 0)


def _opened(path: Path) -> InputContainer:
    try:
        return av.open(path, options={"protocol_whitelist": "file"}, metadata_errors="ignore")
    except (FFmpegError, OSError) as exc:
        raise FootageError("The clip can't be opened", where=str(path)) from exc


def _picture_stream(container: InputContainer, path: Path) -> VideoStream:
    if not container.streams.video:
        raise FootageError("The clip has no picture", where=str(path))
    return container.streams.video[0]


def _first(frames: Iterator[tuple[int, VideoFrame]], path: Path) -> VideoFrame:
    for _, frame in frames:
        return frame
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
        try:
            frames = stream.decode(packet)
        except FFmpegError as exc:
            logger.debug("Left out a damaged packet of %s: %s", container.name, exc)
            continue
        yield from (frame for frame in frames if not frame.is_corrupt)


def _end(packet: Packet[VideoStream]) -> float:
    return math.inf if packet.pts is None else packet.pts + (packet.duration or 0)


def _packets(
    container: InputContainer, stream: VideoStream
) -> Iterator[Packet[VideoStream] | None]:
    try:
        yield from container.demux(stream)
    except FFmpegError as exc:
        logger.debug("%s ends early: %s", container.name, exc)
        yield None
