"""The story of a run: script, voiceover, footage, assembly; what overlaps, what is done already."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, Protocol

from videogen import serialization
from videogen.assembly.assemble import Assembled, assemble
from videogen.assembly.interchange import library as otio_library
from videogen.assembly.titles import titles_seconds
from videogen.db import facts
from videogen.db.engine import Database
from videogen.db.ledger import Ledger
from videogen.db.projects import shown_elsewhere
from videogen.db.requirements import holds_minutes
from videogen.domain import (
    Brief,
    Event,
    Notice,
    PacedScene,
    Progress,
    Script,
    ShownScene,
    SourcedScene,
    Stage,
    Tell,
    Video,
    VoicedScene,
)
from videogen.errors import UsageError
from videogen.executors import Background, executor
from videogen.footage.find import Footage, find, providers_of
from videogen.footage.overrides import ClipOverrides, parse_overrides
from videogen.footage.sources import Chain, FootageOptions, open_chain
from videogen.script.narrate import Narration, narrate
from videogen.script.pacing import shortfall_note
from videogen.script.writers import Assignment, choose
from videogen.script.writers.base import ScriptWriter
from videogen.serialization import digest, once
from videogen.settings import RunOptions, Settings
from videogen.voiceover.engines import VoiceSetup, voice_engine
from videogen.voiceover.engines.catalogue import language_of
from videogen.voiceover.recordings import find_recordings, read_recording
from videogen.voiceover.speak import load, speak, voice_digest
from videogen.voiceover.voice import Voice
from videogen.workspace import Workspace, digest_of, reserve_name

_OPTIONS_FILE = "options.json"
_LOST_FACTS = "lost.json"


class Observer(Protocol):
    """Who is told of a run while it goes on."""

    def watch(self, progress: Progress) -> None:
        """Take note of progress."""
        ...

    def say(self, line: str) -> None:
        """Show a line at once."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole run; `timings` are seconds a stage."""

    project_id: str
    status: Literal["complete", "incomplete"]
    video: Video
    target_duration: float
    scenes: tuple[ShownScene, ...]
    timings: Mapping[Stage, float]
    warnings: tuple[str, ...]


@dataclass(slots=True)
class Project:
    """One project in the making: what was asked, where its files lie, what it has told so far.

    `chosen` is the writer with the reason for it, None where a resumed run may not need one.
    """

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
                    percent = round(100 * event.done / event.total)
                    self.ledger.record(facts.RenderProgress(percent, "concatenating", event.scene))
            case Notice(kind="line"):
                self.observer.say(event.text)
            case Notice():
                self.notices.append(event)
            case VoicedScene():
                self.ledger.record(facts.SceneSpoken(event))
            case SourcedScene():
                self.ledger.record(_sourced(event))

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[None]:
        """Count the seconds of the block as the stage's."""
        started = time.monotonic()
        try:
            yield
        finally:
            self.timings[stage] = round(time.monotonic() - started, 3)


@dataclass(frozen=True, slots=True)
class Providers:
    """Whom a run will ask, shown to be there before anything slow or paid begins."""

    chosen: tuple[ScriptWriter, str]
    chain: Chain


def prepare(options: RunOptions, settings: Settings) -> Providers:
    """Open what a run cannot do without.

    Raises:
        VideogenError: a voice, a writer, a script file or a folder of clips can't be used.
    """
    chosen = choose(options.writer, _assignment(options, settings))
    if chosen[0].name == "file":
        language = language_of(options.voice).code
        chosen[0].write(Brief(options.topic, options.duration, 1.0, language))
    for path in filter(None, (options.voice_model, options.pronunciations, options.music)):
        if not path.is_file():
            raise UsageError("There is no such file", where=str(path))
    if options.clips and not options.clips.is_dir():
        raise UsageError("There is no such folder of clips", where=str(options.clips))
    if options.export_otio:
        otio_library()
    _recordings(options)
    _overrides(options)
    return Providers(chosen, _chain(options, settings))


def start(
    options: RunOptions,
    settings: Settings,
    database: Database,
    providers: Providers,
    observer: Observer,
) -> Project:
    """Open a new project: its folder, its options for a later resume, its row."""
    project_id = str(uuid.uuid4())
    options = replace(options, name=reserve_name(settings.root, options.name, project_id))
    workspace = Workspace(settings.root, project_id, options.name)
    observer.say(f"Project {project_id}")
    serialization.save(workspace.work_folder / _OPTIONS_FILE, options)
    ledger = _ledger(workspace, database)
    ledger.record(facts.ProjectStarted(options.topic, options.duration))
    project = Project(
        options, settings, workspace, database, ledger, observer, providers.chain, providers.chosen
    )
    if not holds_minutes(database.schema, options.duration):
        told = "The database has no place for so many minutes: the app shows its own default"
        project.tell(Notice("warning", told))
    return project


def reopen(project_id: str, settings: Settings, database: Database, observer: Observer) -> Project:
    """Open a project that stopped, and record what the database had refused.

    Raises:
        UsageError: no run of this project left its options under the root.
    """
    folder = Workspace(settings.root, project_id, "").work_folder
    options = serialization.load(RunOptions, folder / _OPTIONS_FILE)
    if options is None:
        raise UsageError(
            f"There is no run to resume for {project_id}",
            where=str(folder),
            cure="Give the project id that the run printed, and its --root.",
        )
    workspace = Workspace(settings.root, project_id, options.name)
    ledger = _ledger(workspace, database)
    ledger.record_lost()
    chain = _chain(options, settings)
    return Project(options, settings, workspace, database, ledger, observer, chain, None)


def produce(project: Project) -> Outcome:
    """Make the video; what an earlier run of the project has made is not made again.

    Raises:
        VideogenError: a stage failed; the project then says so.
    """
    try:
        with project.chain, executor(project.options.executor, project.options.workers) as pool:
            return _made(project, pool)
    except KeyboardInterrupt:
        # Without this the app would show a job at work for ever.
        told = "The run was stopped; videogen resume goes on with it."
        project.ledger.record(facts.RunFailed(told))
        raise
    except Exception as exc:
        project.ledger.record(facts.RunFailed(getattr(exc, "what", repr(exc))))
        raise
    finally:
        # Workers that were ended in the middle of a file could not remove it themselves.
        project.workspace.drop_unfinished()


def _made(project: Project, pool: Executor) -> Outcome:
    with project.stage("script"):
        narration = _narrated(project, pool)
    # Clips are looked for while the voice is made, and recorded when their turn has come.
    footage: Background[Event, Footage] = Background(
        lambda tell: _found(project, narration.scenes, tell), "sourcing"
    )
    with project.stage("voiceover"):
        voiced = _voiced(project, narration.scenes, pool)
    with project.stage("footage"):
        shown = _sourced_all(project, footage).shown_with(voiced)
    with project.stage("assembly"):
        assembled = _assembled(project, narration.script, shown, pool)
    return Outcome(
        project.workspace.project_id,
        "incomplete" if project.is_incomplete else "complete",
        assembled.video,
        project.options.duration,
        shown,
        project.timings,
        project.warnings,
    )


def _narrated(project: Project, pool: Executor) -> Narration:
    options = project.options
    project.ledger.record(facts.StageStarted("script"))
    project.tell(Progress("script", 0, 1))
    seconds = options.duration - titles_seconds(options.duration)
    source = digest_of(options.script) if options.script else ""
    # The writer as it was asked for: whom `auto` finds may have changed when a run is resumed,
    # and what another one wrote and was paid for still stands.
    asked = (options.writer, source, options.topic, seconds, options.fit, options.format.rate)
    inputs = digest(
        *asked,
        options.model,
        options.voice,
        options.speed,
        voice_digest(_setup(project)),
        [(number, digest_of(path)) for number, path in _recordings(options).items()],
    )
    narration = once(
        project.workspace.kept_path("narration", inputs),
        Narration,
        lambda: _written(project, seconds, pool),
    )
    project.ledger.record(facts.ScriptWritten(narration.script))
    short = shortfall_note(narration.shortfall, seconds)
    warnings = [line for line in (narration.script.note, short) if line]
    project.notices += [Notice("warning", line) for line in warnings]
    project.notices += [Notice("loss", line) for line in narration.left_out]
    project.tell(Progress("script", 1, 1))
    return narration


def _written(project: Project, seconds: float, pool: Executor) -> Narration:
    options, settings = project.options, project.settings
    writer, reason = project.chosen or choose(options.writer, _assignment(options, settings))
    project.observer.say(reason)
    setup = _setup(project)
    recorded = {
        number: read_recording(path).duration for number, path in _recordings(options).items()
    }
    voice = Voice(voice_engine(setup), options.voice, recorded)
    voice.engine.prepare()
    load(setup, options.voice, pool, options.workers)
    rate = voice.rate(settings.cache_folder) * options.speed
    brief = Brief(options.topic, seconds, rate, language_of(options.voice).code)
    return narrate(brief, writer, voice, options.speed, options.format.rate, fit=options.fit)


def _voiced(
    project: Project, scenes: tuple[PacedScene, ...], pool: Executor
) -> tuple[VoicedScene, ...]:
    project.ledger.record(facts.StageStarted("voiceover"))
    recordings = _recordings(project.options)
    if strays := sorted(set(recordings) - {scene.number for scene in scenes}):
        told = f"There is no scene for the recordings {', '.join(map(str, strays))}"
        project.tell(Notice("warning", told))
    voiced = speak(scenes, _setup(project), recordings, project.workspace, pool, project.tell)
    total = sum(scene.seconds + scene.paced.pause for scene in voiced)
    project.ledger.record(facts.VoiceoverFinished(project.options.voice, total))
    return voiced


def _found(project: Project, scenes: tuple[PacedScene, ...], tell: Tell) -> Footage:
    options = project.options
    for line in project.chain.left_out:
        tell(Notice("line", f"Footage without {line}"))
    inputs = digest(
        scenes, options.footage, options.clips, options.format, options.pins, options.bans
    )

    def search() -> Footage:
        return find(
            scenes,
            project.chain,
            options.format,
            language_of(options.voice).code,
            _overrides(options),
            shown_elsewhere(project.database, options.topic),
            tell,
        )

    return once(project.workspace.kept_path("footage", inputs), Footage, search)


def _sourced_all(project: Project, background: Background[Event, Footage]) -> Footage:
    project.ledger.record(facts.StageStarted("footage"))
    recorded: list[SourcedScene] = []

    def hear(event: Event) -> None:
        project.tell(event)
        if isinstance(event, SourcedScene):
            recorded.append(event)
        elif isinstance(event, Progress):
            percent = round(100 * event.done / event.total)
            project.ledger.record(facts.FootageProgress(percent, providers_of(recorded)))

    footage = background.result(hear)
    # What an earlier run found was not told by this one.
    for scene in footage.scenes:
        if scene not in recorded:
            project.tell(scene)
    project.notices += [Notice("warning", line) for line in footage.warnings]
    project.tell(Progress("footage", 1, 1))
    project.ledger.record(facts.FootageFinished(providers_of(footage.scenes)))
    return footage


def _assembled(
    project: Project, script: Script, scenes: tuple[ShownScene, ...], pool: Executor
) -> Assembled:
    options, workspace = project.options, project.workspace
    project.ledger.record(facts.AssemblyStarted(len(scenes)))
    language = language_of(options.voice).code
    done = assemble(
        script, scenes, options, workspace, language, pool, os.cpu_count() or 1, project.tell
    )
    project.ledger.record(
        facts.VideoFinished(
            video_path=workspace.stored(done.video.path),
            thumbnail_path=workspace.stored(done.video.thumbnail_path),
            duration=done.video.duration,
            total_duration=done.seconds,
            file_size=done.video.file_size,
            scene_total=len(scenes),
        )
    )
    return done


def _sourced(scene: SourcedScene) -> facts.SceneSourced:
    return facts.SceneSourced(scene.scene.number, scene.query, scene.suggestions, scene.clips)


def _ledger(workspace: Workspace, database: Database) -> Ledger:
    lost = workspace.sidecar_path(_LOST_FACTS)
    return Ledger(database, workspace.project_id, lost, workspace.root)


def _setup(project: Project) -> VoiceSetup:
    options = project.options
    return VoiceSetup(
        project.settings.cache_folder,
        options.voice_engine,
        options.voice_model,
        options.pronunciations,
        # All workers together use each core once.
        threads=max(1, (os.cpu_count() or 1) // options.workers),
    )


def _assignment(options: RunOptions, settings: Settings) -> Assignment:
    language = language_of(options.voice).code
    return Assignment(options.topic, language, settings, options.script, options.model)


def _recordings(options: RunOptions) -> Mapping[int, Path]:
    return find_recordings(options.recordings) if options.recordings else {}


def _overrides(options: RunOptions) -> ClipOverrides:
    return parse_overrides(options.pins, options.bans, options.footage)


def _chain(options: RunOptions, settings: Settings) -> Chain:
    wanted = FootageOptions(*options.format.size, options.clips, options.sourcing_timeout)
    return open_chain(options.footage, settings, wanted)
