"""What a user asked of a run, as one value that a resumed run reads again."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

from videogen.executors import Kind

Captions = Literal["burned", "sidecar", "both", "off"]
Encoder = Literal["auto", "x264", "nvenc", "qsv", "vaapi", "videotoolbox"]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options of `videogen run`: seconds, pixels, frames a second; paths are absolute.

    `fit` is for a person's script, which is otherwise spoken as it is; `pins` and `bans` name
    clips, see videogen.footage.overrides. `size` is width and height.
    """

    topic: str
    duration: float
    name: str
    writer: str
    fit: bool
    voice: str
    speed: float
    voice_engine: str
    footage: tuple[str, ...]
    size: tuple[int, int]
    fps: Fraction
    captions: Captions
    highlight: bool
    export_otio: bool
    encoder: Encoder
    workers: int
    executor: Kind
    sourcing_timeout: float
    model: str
    script: Path | None
    voice_model: Path | None
    pronunciations: Path | None
    clips: Path | None
    music: Path | None
    pins: tuple[str, ...]
    bans: tuple[str, ...]
