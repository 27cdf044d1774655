"""One project in the making: what was asked, where its files lie, what it has told so far."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from videogen.db.engine import Database
from videogen.db.ledger import Ledger
from videogen.domain import Progress, Stage
from videogen.options import RunOptions
from videogen.settings import Settings
from videogen.voiceover.engines import VoiceSetup
from videogen.workspace import Workspace


class Observer(Protocol):
    """Who is told of a run while it goes on."""

    def watch(self, progress: Progress) -> None:
        """Take note of progress."""
        ...

    def say(self, line: str) -> None:
        """Show a line at once."""
        ...


@dataclass(slots=True)
class Production:
    """What every step of one run shares.

    `warnings` are for the end of the run; `incomplete` tells that something asked for is missing; `timings` holds seconds a stage.
    """

    options: RunOptions
    settings: Settings
    workspace: Workspace
    database: Database
    ledger: Ledger
    observer: Observer
    warnings: list[str] = field(default_factory=list)
    incomplete: bool = False
    timings: dict[Stage, float] = field(default_factory=dict)

    @property
    def project_id(self) -> str:
        """The project's key in the database."""
        return self.workspace.project_id

    @property
    def voice(self) -> VoiceSetup:
        """The engine that speaks, with the files that the user gave it."""
        options = self.options
        return VoiceSetup(
            self.settings.cache_folder,
            options.voice_engine,
            options.voice_model,
            options.pronunciations,
        )

    @property
    def cores(self) -> int:
        """How many of the machine's cores the run may use: all."""
        return os.cpu_count() or 1

    @property
    def threads(self) -> int:
        """Threads that each worker may use, so that all together use each core once."""
        return max(1, self.cores // self.options.workers)

    def miss(self, what: str) -> None:
        """Keep what is missing from the result, which a run ends non-zero for."""
        self.warnings.append(what)
        self.incomplete = True

    def checkpoint(self, stage: str, digest: str) -> Path:
        """Return the file that keeps what a stage made from inputs of this digest."""
        return self.workspace.work_folder / f"{stage}-{digest}.json"

    @contextmanager
    def timed(self, stage: Stage) -> Iterator[None]:
        """Count the seconds of the block as the stage's."""
        started = time.monotonic()
        try:
            yield
        finally:
            self.timings[stage] = round(time.monotonic() - started, 3)
