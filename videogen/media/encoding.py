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
from av.codec.hwaccel import HWAccel
from av.container import OutputContainer
from av.error import FFmpegError
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from av.video.stream import VideoStream

from videogen.domain.video import EncoderChoice, Format, Quality
from videogen.errors import AssemblyError
from videogen.media.frames import grey
from videogen.processor import has_avx512

SOFTWARE = "x264"

DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_KEYFRAME_SECONDS = 2
_UP_TO_AVX2 = "MMX2,SSE2,SSE2Fast,LZCNT,SSSE3,SSE4.2,AVX,FMA3,BMI2,AVX2"
_TRIAL_FRAMES = 3


class EncoderFailed(AssemblyError):
    """An encoder can't be opened, or failed while it ran."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """An encoder by our name and FFmpeg's, with its own options, input format and device."""

    name: str
    codec: str
    options: Mapping[str, str]
    pixel_format: str = "yuv420p"
    device: str | None = None


def _levels(
    name: str,
    codec: str,
    common: Mapping[str, str],
    levels: Mapping[Quality, Mapping[str, str]],
    pixel_format: str = "yuv420p",
    device: str | None = None,
) -> Mapping[Quality, Encoder]:
    return {
        quality: Encoder(name, codec, {**common, **options}, pixel_format, device)
        for quality, options in levels.items()
    }


ENCODERS: Mapping[str, Mapping[Quality, Encoder]] = {
    SOFTWARE: _levels(
        SOFTWARE,
        "libx264",
        {"profile": "high"},
        {
            "draft": {"preset": "ultrafast", "crf": "26"},
            "good": {
                "preset": "superfast",
                "crf": "20.2",
                # Without the tree of what refers to what, grain makes files ten times as large.
                "x264-params": "mbtree=1:rc-lookahead=10:weightp=1",
            },
            "best": {"preset": "fast", "crf": "18"},
        },
    ),
    "nvenc": _levels(
        "nvenc",
        "h264_nvenc",
        {"rc": "vbr", "b": "0", "profile": "high"},
        {
            "draft": {"preset": "p1", "cq": "30"},
            "good": {"preset": "p4", "cq": "23"},
            "best": {"preset": "p7", "cq": "20"},
        },
    ),
    "videotoolbox": _levels(
        "videotoolbox",
        "h264_videotoolbox",
        {"profile": "high"},
        {"draft": {"b": "1500000"}, "good": {"b": "9000000"}, "best": {"b": "16000000"}},
    ),
    "qsv": _levels(
        "qsv",
        "h264_qsv",
        {"profile": "high"},
        {
            "draft": {"preset": "veryfast", "global_quality": "29"},
            "good": {"global_quality": "22"},
            "best": {"preset": "slow", "global_quality": "19"},
        },
        "nv12",
    ),
    "vaapi": _levels(
        "vaapi",
        "h264_vaapi",
        {"profile": "high"},
        {"draft": {"qp": "29"}, "good": {"qp": "22"}, "best": {"qp": "19"}},
        "nv12",
        "vaapi",
    ),
}


def encode(
    frames: Iterable[VideoFrame],
    path: Path,
    output: Format,
    encoder: Encoder,
) -> None:
    """Encode frames to an MP4 with one video stream, frame n at n / rate seconds.

    In one thread: among several, what comes out may differ with their number, and a cut that is
    resumed on another machine, or by fewer workers, has to be the same.

    Raises:
        EncoderFailed: the encoder can't be opened, or failed.
        OSError: there is no space for the file.
    """
    try:
        with av.open(path, "w") as container:
            stream = _stream(container, output, encoder)
            for number, frame in enumerate(frames):
                frame.pts, frame.time_base = number, 1 / output.rate
                # A decoded frame remembers its type and would force it on the encoder.
                frame.pict_type = 0
                container.mux(stream.encode(frame))
            container.mux(stream.encode())
    except UnknownCodecError as exc:
        raise EncoderFailed(f"The encoder {encoder.name} is not built in") from exc
    except FFmpegError as exc:
        if exc.errno in DISK_FULL:
            raise  # no fault of the encoder, so that another would not help
        raise EncoderFailed(f"The encoder {encoder.name} failed: {exc.strerror}") from exc


def usable_encoder(choice: EncoderChoice, quality: Quality, output: Format) -> Encoder:
    """Return the encoder to use: for `auto` the first that passes a trial, in hardware first.

    Raises:
        AssemblyError: the encoder that was asked for does not work here.
    """
    software = ENCODERS[SOFTWARE][quality]
    if choice == SOFTWARE:
        return software
    if choice != "auto":
        chosen = ENCODERS[choice][quality]
        if fault := trial(chosen, output):
            raise AssemblyError(
                fault,
                cure=f"Use --encoder auto or --encoder {SOFTWARE}.",
            )
        return chosen
    hardware = (levels[quality] for name, levels in ENCODERS.items() if name != SOFTWARE)
    return next((one for one in hardware if trial(one, output) is None), software)


def trial(encoder: Encoder, output: Format) -> str | None:
    """Encode a few frames of the cut's format; return why that failed, None if it did not."""
    frames = (grey(output.width, output.height) for _ in range(_TRIAL_FRAMES))
    with tempfile.TemporaryDirectory() as folder:
        try:
            encode(frames, Path(folder) / "trial.mp4", output, encoder)
        except EncoderFailed as exc:
            return exc.what
    return None


def _options(output: Format, encoder: Encoder) -> dict[str, str]:
    options = dict(encoder.options)
    blocks = -(-output.width // 16)
    if encoder.codec == "libx264" and blocks % 8 and has_avx512():
        # With AVX-512 it reads beyond the end of such rows of blocks, and no two runs are the same.
        own = filter(None, [options.get("x264-params"), f"asm={_UP_TO_AVX2}"])
        options["x264-params"] = ":".join(own)
    return options


def _stream(container: OutputContainer, output: Format, encoder: Encoder) -> VideoStream:
    stream = cast(
        VideoStream,
        container.add_stream(
            encoder.codec,
            rate=output.rate,
            options=_options(output, encoder),
            hwaccel=HWAccel(encoder.device) if encoder.device else None,
        ),
    )
    stream.width, stream.height = output.size
    stream.pix_fmt = encoder.pixel_format
    context = stream.codec_context
    context.time_base = 1 / output.rate
    context.gop_size = round(_KEYFRAME_SECONDS * output.rate)
    context.thread_count = 1
    context.color_range = ColorRange.MPEG
    context.colorspace = Colorspace.ITU709
    context.color_primaries = ColorPrimaries.BT709
    context.color_trc = ColorTrc.BT709
    return stream
