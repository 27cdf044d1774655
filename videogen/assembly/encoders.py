"""The H.264 encoders that may be here, each with the settings of about the same quality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Encoder:
    """An encoder as FFmpeg names it, with its own options."""

    codec: str
    options: tuple[tuple[str, str], ...]


ENCODERS: Mapping[str, Encoder] = {
    "x264": Encoder("libx264", (("preset", "veryfast"), ("crf", "20"), ("profile", "high"))),
}
