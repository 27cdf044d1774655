"""What a user asked of a run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from videogen.domain.video import EncoderChoice, Format, Quality, StyleName

# The source of facts that is no file.
WIKIPEDIA = "wikipedia"
ExecutorKind = Literal["inline", "processes"]
# Before the address of a dask scheduler.
DASK = "dask:"
Captions = Literal["burned", "sidecar", "both", "off"]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What a user asked of a run, in seconds; paths are absolute, and a resumed run reads it again.

    `fit` is for a person's script, which is otherwise spoken as it is; `pins` and `bans` name
    clips, see videogen.footage.overrides. `source` is a file or `wikipedia`. `recordings` is a
    folder of the user's own voice. `duration_given` tells a wish from the default. `executor` is an
    ExecutorKind or `dask:` with a scheduler's address, whose workers reach files at `shared`, if given.
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
    licenses: tuple[str, ...]
    format: Format
    captions: Captions
    highlight: bool
    export_otio: bool
    encoder: EncoderChoice
    workers: int
    executor: str
    sourcing_timeout: float
    model: str
    script: Path | None
    voice_model: Path | None
    pronunciations: Path | None
    recordings: Path | None
    clips: Path | None
    music: Path | None
    pins: tuple[str, ...]
    bans: tuple[str, ...]
    tone: str = ""
    audience: str = ""
    source: str = ""
    duration_given: bool = False
    quality: Quality = "good"
    style: StyleName = "dark"
    shared: str = field(default="", repr=False)

    @property
    def scheduler(self) -> str:
        """The address of the cluster's scheduler; empty where this machine does the work."""
        return self.executor.removeprefix(DASK) if self.executor.startswith(DASK) else ""

    @property
    def kept(self) -> RunOptions:
        """What a later resume goes by: whom work is sent to is said anew by each call."""
        return replace(self, executor="processes", shared="") if self.scheduler else self

    @property
    def cut(self) -> Format:
        """The format of the finished file: a draft has half the size, from the same footage."""
        return self.format.halved if self.quality == "draft" else self.format

    @property
    def source_file(self) -> Path | None:
        """The file that all facts come from; None where they come from elsewhere."""
        return None if self.source in {"", WIKIPEDIA} else Path(self.source)
