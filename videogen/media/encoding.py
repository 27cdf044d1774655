"""Frames to H.264, tagged BT.709, at a strictly constant rate, by an encoder that works here."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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

from videogen.domain import EncoderChoice, Format
from videogen.errors import AssemblyError
from videogen.media.frames import grey

SOFTWARE = "x264"

_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_KEYFRAME_SECONDS = 2
_TRIAL_FRAMES = 3


class EncoderFailed(AssemblyError):
    """An encoder can't be opened, or failed while it ran."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """An encoder as FFmpeg names it, with its own options, input format and device."""

    codec: str
    options: Mapping[str, str]
    pixel_format: str = "yuv420p"
    device: str | None = None


ENCODERS: Mapping[str, Encoder] = {
    SOFTWARE: Encoder("libx264", {"preset": "veryfast", "crf": "20", "profile": "high"}),
    "nvenc": Encoder(
        "h264_nvenc", {"preset": "p4", "rc": "vbr", "cq": "23", "b": "0", "profile": "high"}
    ),
    "videotoolbox": Encoder("h264_videotoolbox", {"b": "9000000", "profile": "high"}),
    "qsv": Encoder("h264_qsv", {"global_quality": "22", "profile": "high"}, "nv12"),
    "vaapi": Encoder("h264_vaapi", {"qp": "22", "profile": "high"}, "nv12", "vaapi"),
}


def encode(
    frames: Iterable[VideoFrame],
    path: Path,
    output: Format,
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
            stream = _stream(container, output, encoder, threads)
            for number, frame in enumerate(frames):
                frame.pts, frame.time_base = number, 1 / output.rate
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


def usable_encoder(choice: EncoderChoice, output: Format) -> str:
    """Return the encoder to use: for `auto` the first that passes a trial, in hardware first.

    Raises:
        AssemblyError: the encoder that was asked for does not work here.
    """
    if choice == SOFTWARE:
        return SOFTWARE
    if choice != "auto":
        if fault := trial(choice, output):
            raise AssemblyError(
                fault,
                cure=f"Use --encoder auto or --encoder {SOFTWARE}.",
            )
        return choice
    for name in ENCODERS:
        if name != SOFTWARE and trial(name, output) is None:
            return name
    return SOFTWARE


def trial(name: str, output: Format) -> str | None:
    """Encode a few frames of the cut's format; return why that failed, None if it did not."""
    frames = (grey(output.width, output.height) for _ in range(_TRIAL_FRAMES))
    with tempfile.TemporaryDirectory() as folder:
        try:
            encode(frames, Path(folder) / "trial.mp4", output, name, 1)
        except EncoderFailed as exc:
            return exc.what
    return None


def _stream(container: OutputContainer, output: Format, encoder: str, threads: int) -> VideoStream:
    settings = ENCODERS[encoder]
    stream = cast(
        VideoStream,
        container.add_stream(
            settings.codec,
            rate=output.rate,
            options=dict(settings.options),
            hwaccel=HWAccel(settings.device) if settings.device else None,
        ),
    )
    stream.width, stream.height = output.size
    stream.pix_fmt = settings.pixel_format
    context = stream.codec_context
    context.time_base = 1 / output.rate
    context.gop_size = round(_KEYFRAME_SECONDS * output.rate)
    context.thread_count = threads
    # PyAV would have each frame divided into slices, which makes it larger and is slower.
    context.thread_type = ThreadType.AUTO
    context.color_range = ColorRange.MPEG
    context.colorspace = Colorspace.ITU709
    context.color_primaries = ColorPrimaries.BT709
    context.color_trc = ColorTrc.BT709
    return stream
