"""One project in the making, and what its stages tell of it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from videogen.db import facts
from videogen.db.engine import Database
from videogen.db.ledger import Ledger
from videogen.domain.events import Event, Notice, Progress, Stage
from videogen.domain.footage import SourcedScene
from videogen.domain.options import RunOptions
from videogen.domain.speech import VoicedScene
from videogen.footage.sources.chain import Chain
from videogen.forecast.pace import kept_pace
from videogen.forecast.work import Forecast, Work, forecast
from videogen.project.asked import asked_work, cores_of, recordings_of, voice_setup_of
from videogen.project.kept import keep_ending
from videogen.script.writers.base import ScriptWriter
from videogen.settings import Settings
from videogen.voiceover.engines import VoiceSetup
from videogen.voiceover.engines.catalogue import language_of
from videogen.workspace import Workspace


class Observer(Protocol):
    """Who is told of a run while it goes on."""

    def watch(self, progress: Progress) -> None:
        """Take note of progress."""
        ...

    def say(self, line: str) -> None:
        """Show a line at once."""
        ...

    def expect(self, forecast: Forecast) -> None:
        """Take note of what the whole run will take, as far as it is known by now."""
        ...

    def close(self) -> None:
        """Show no more progress: something else is printed now."""
        ...


@dataclass(slots=True)
class Project:
    """One project in the making: what was asked, where its files lie, what it has told so far.

    `asked` is what the first run was asked; a person may have set another voice in the app since.
    `chosen` is the writer with the reason for it, None where a resumed run may not need one.
    """

    asked: RunOptions
    options: RunOptions
    settings: Settings
    workspace: Workspace
    database: Database
    ledger: Ledger
    observer: Observer
    chain: Chain
    chosen: tuple[ScriptWriter, str] | None
    notices: list[Notice] = field(default_factory=list)
    timings: dict[Stage, float] = field(default_factory=dict)
    work: Work = field(init=False)

    def __post_init__(self) -> None:
        """Begin with what can be known of the film before anything is made."""
        self.know(asked_work(self.options, self.chain, self.chosen[0] if self.chosen else None))

    def know(self, work: Work) -> None:
        """Take in what is known of the film by now, and tell the observer what it will take."""
        self.work = work
        pace = kept_pace(self.settings.cache_folder, work)
        self.observer.expect(forecast(work, cores_of(self.options), pace))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went otherwise than wished, a line each."""
        return (*(notice.text for notice in self.notices), *self.ledger.warnings)

    @property
    def is_incomplete(self) -> bool:
        """Whether something that was asked for is missing."""
        lost = any(notice.kind == "loss" for notice in self.notices)
        return lost or self.ledger.incomplete

    def tell(self, event: Event) -> None:
        """Hear what a stage tells: show it, record it, keep it for the end."""
        match event:
            case Progress():
                self.observer.watch(event)
                if event.stage == "assembly":
                    progress = facts.RenderProgress(event.percent, "concatenating", event.scene)
                    self.ledger.record(progress)
            case Notice(kind="line"):
                self.observer.say(event.text)
            case Notice():
                self.notices.append(event)
            case VoicedScene():
                self.ledger.record(facts.SceneSpoken(event))
            case SourcedScene():
                self.ledger.record(facts.SceneSourced(event))

    @property
    def language(self) -> str:
        """The code of the language that the voice speaks."""
        return language_of(self.options.voice).code

    @property
    def voice_setup(self) -> VoiceSetup:
        """The engine that speaks, with the files that the user gave it."""
        options = self.options
        # All workers together use each core once; those of a cluster have one each.
        threads = 1 if options.scheduler else max(1, (os.cpu_count() or 1) // options.workers)
        return replace(voice_setup_of(options, self.settings), threads=threads)

    @property
    def recordings(self) -> Mapping[int, Path]:
        """The scenes that the user has spoken, by number."""
        return recordings_of(self.options)

    def keep_ending(self) -> None:
        """Keep how this run ended, for whoever looks at the film later."""
        keep_ending(self.workspace, self.timings, self.warnings)

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[None]:
        """Count the seconds of the block as the stage's."""
        started = time.monotonic()
        try:
            yield
        finally:
            self.timings[stage] = round(time.monotonic() - started, 3)
