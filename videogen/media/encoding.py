"""Frames to H.264, tagged BT.709, at a strictly constant rate."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import av
from av import VideoFrame
from av.codec.codec import UnknownCodecError
from av.codec.context import ThreadType
from av.codec.hwaccel import HWAccel
from av.container import OutputContainer
from av.error import FFmpegError
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from av.video.stream import VideoStream

from videogen.domain import Format
from videogen.media.encoders import ENCODERS, EncoderFailed

_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_KEYFRAME_SECONDS = 2


def encode(
    frames: Iterable[VideoFrame],
    path: Path,
    shape: Format,
    encoder: str,
    threads: int,
) -> None:
    """Encode frames to an MP4 with one video stream, frame n at n / rate seconds.

    Raises:
        EncoderFailed: the encoder can't be opened, or failed.
        OSError: there is no space for the file.
    """
    try:
        with av.open(path, "w") as container:
            stream = _stream(container, shape, encoder, threads)
            for number, frame in enumerate(frames):
                frame.pts, frame.time_base = number, 1 / shape.rate
                # A decoded frame remembers its type and would force it on the encoder.
                frame.pict_type = 0
                container.mux(stream.encode(frame))
            container.mux(stream.encode())
    except UnknownCodecError as exc:
        raise EncoderFailed(f"The encoder {encoder} is not built in") from exc
    except FFmpegError as exc:
        if exc.errno in _DISK_FULL:
            raise  # no fault of the encoder, so that another would not help
        raise EncoderFailed(f"The encoder {encoder} failed: {exc.strerror}") from exc


def _stream(container: OutputContainer, shape: Format, encoder: str, threads: int) -> VideoStream:
    chosen = ENCODERS[encoder]
    stream = cast(
        VideoStream,
        container.add_stream(
            chosen.codec,
            rate=shape.rate,
            options=dict(chosen.options),
            hwaccel=HWAccel(chosen.device) if chosen.device else None,
        ),
    )
    stream.width, stream.height = shape.size
    stream.pix_fmt = chosen.pixel_format
    context = stream.codec_context
    context.time_base = 1 / shape.rate
    context.gop_size = round(_KEYFRAME_SECONDS * shape.rate)
    context.thread_count = threads
    # PyAV would have each frame divided into slices, which makes it larger and is slower.
    context.thread_type = ThreadType.AUTO
    context.color_range = ColorRange.MPEG
    context.colorspace = Colorspace.ITU709
    context.color_primaries = ColorPrimaries.BT709
    context.color_trc = ColorTrc.BT709
    return stream
