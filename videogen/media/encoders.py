"""The H.264 encoders that may be here, each with the settings of about the same quality."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from videogen.domain import Format
from videogen.errors import AssemblyError

SOFTWARE = "x264"
_TRIAL_FRAMES = 3

EncoderChoice = Literal["auto", "x264", "nvenc", "qsv", "vaapi", "videotoolbox"]


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


def chosen(choice: EncoderChoice, shape: Format) -> str:
    """Return the encoder to use: for `auto` the first that passes a trial, in hardware first.

    Raises:
        AssemblyError: the encoder that was asked for does not work here.
    """
    if choice == SOFTWARE:
        return SOFTWARE
    if choice != "auto":
        if fault := trial(choice, shape):
            raise AssemblyError(
                fault,
                cure=f"Use --encoder auto or --encoder {SOFTWARE}.",
            )
        return choice
    for name in ENCODERS:
        if name != SOFTWARE and trial(name, shape) is None:
            return name
    return SOFTWARE


def trial(name: str, shape: Format) -> str | None:
    """Encode a few frames of the cut's format; return why that failed, None if it did not."""
    from videogen.media.encoding import encode
    from videogen.media.frames import grey

    frames = (grey(shape.width, shape.height) for _ in range(_TRIAL_FRAMES))
    with tempfile.TemporaryDirectory() as folder:
        try:
            encode(frames, Path(folder) / "trial.mp4", shape, name, 1)
        except EncoderFailed as exc:
            return exc.what
    return None
