"""One project in the making: opened, reopened, and hearing what its stages tell."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from videogen import serialization
from videogen.assembly.interchange import library as otio_library
from videogen.assembly.sound.tracks import music_tracks
from videogen.belongings import remove
from videogen.db import facts
from videogen.db.engine import Database
from videogen.db.ledger import Ledger
from videogen.db.projects import InApp, ProjectSummary, in_app, options_of
from videogen.db.requirements import holds_minutes
from videogen.domain.events import Event, Notice, Progress, Stage
from videogen.domain.footage import SourcedScene
from videogen.domain.script import Brief, Reference
from videogen.domain.speech import VoicedScene
from videogen.domain.video import Quality
from videogen.errors import ProjectDeleted, UsageError
from videogen.footage.overrides import ClipOverrides, parse_overrides
from videogen.footage.sources import Chain, FootageOptions, open_chain
from videogen.lease import holder, lease
from videogen.media.audio import check_sound
from videogen.script.encyclopedia import Encyclopedia
from videogen.script.references import find_references, read_reference
from videogen.script.writers import WITH_MODEL, Assignment, choose
from videogen.script.writers.base import ScriptWriter
from videogen.settings import RunOptions, Settings
from videogen.voiceover.engines import VoiceSetup
from videogen.voiceover.engines.catalogue import language_of, voice_hashes
from videogen.voiceover.recordings import find_recordings
from videogen.workspace import Workspace, reserve_name, write_text

_OPTIONS_FILE = "options.json"
_LOST_FACTS = "lost.json"
_HOME_FILE = "database.txt"
_ENDING_FILE = "ending.json"


class Observer(Protocol):
    """Who is told of a run while it goes on."""

    def watch(self, progress: Progress) -> None:
        """Take note of progress."""
        ...

    def say(self, line: str) -> None:
        """Show a line at once."""
        ...


@dataclass(frozen=True, slots=True)
class Ending:
    """What the runs of a project took in all, in seconds a stage, and what the last one warned of."""

    timings: Mapping[Stage, float]
    warnings: tuple[str, ...]


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
        return VoiceSetup(
            self.settings.cache_folder,
            options.voice_engine,
            options.voice_model,
            options.pronunciations,
            # All workers together use each core once.
            threads=max(1, (os.cpu_count() or 1) // options.workers),
        )

    @property
    def recordings(self) -> Mapping[int, Path]:
        """The scenes that the user has spoken, by number."""
        return recordings_of(self.options)

    def keep_ending(self) -> None:
        """Keep how this run ended, for whoever looks at the film later."""
        before = kept_ending(self.workspace).timings
        took = {stage: before.get(stage, 0.0) + spent for stage, spent in self.timings.items()}
        path = self.workspace.work_folder / _ENDING_FILE
        serialization.save(path, Ending(took, self.warnings))

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
    chosen = choose(options.writer, assignment_of(options, settings))
    _check_wishes(options, chosen[0].name)
    if chosen[0].name == "file":
        language = language_of(options.voice).code
        chosen[0].write(Brief(options.topic, options.duration, 1.0, language))
    for path in filter(None, (options.voice_model, options.pronunciations)):
        if not path.is_file():
            raise UsageError("There is no such file", where=str(path))
    for track in music_tracks(options.music, ""):
        check_sound(track)
    if options.clips and not options.clips.is_dir():
        raise UsageError("There is no such folder of clips", where=str(options.clips))
    if options.export_otio:
        otio_library()
    recordings_of(options)
    chain = _chain(options, settings)
    overrides_of(options, chain)
    return Providers(chosen, chain)


@contextmanager
def start(
    options: RunOptions,
    settings: Settings,
    database: Database,
    providers: Providers,
    observer: Observer,
) -> Iterator[Project]:
    """Open a new project for the block: its folder, its options for a later resume, its row.

    Raises:
        WorkspaceError: its folder can't be written.
    """
    project_id = str(uuid.uuid4())
    options = replace(options, name=reserve_name(settings.root, options.name, project_id))
    workspace = Workspace(settings.root, project_id, options.name)
    chosen, chain = providers.chosen, providers.chain
    with _at_work(workspace):
        observer.say(f"Project {project_id}")
        _settle(workspace, database)
        ledger = _ledger(workspace, database)
        # Kept first: where the run is killed before the row is there, a resume puts it in.
        ledger.keep(facts.ProjectStarted(options.topic, options.duration, options))
        serialization.save(workspace.work_folder / _OPTIONS_FILE, options)
        ledger.record_lost()
        project = Project(
            options, options, settings, workspace, database, ledger, observer, chain, chosen
        )
        if not holds_minutes(database.schema, options.duration):
            told = "The database has no place for so many minutes: the app shows its own default"
            project.tell(Notice("warning", told))
        yield project


@contextmanager
def reopen(
    project_id: str,
    settings: Settings,
    database: Database,
    observer: Observer,
    quality: Quality | None = None,
) -> Iterator[Project]:
    """Open a project that stopped for the block, and record what the database had refused.

    `quality` replaces what was asked for, from now on.

    Raises:
        UsageError: no run of ours made this project, or it was deleted.
        ProjectBusy: somebody else is at work on it; nothing was touched.
    """
    path = Workspace(settings.root, project_id, "").work_folder / _OPTIONS_FILE
    kept = serialization.load(RunOptions, path)
    options = kept or options_of(database, project_id)
    workspace = Workspace(settings.root, project_id, options.name)
    ledger = _ledger(workspace, database)
    if not ledger.is_expected:
        raise UsageError(
            f"There is no project {project_id}",
            where=database.name,
            cure="It was deleted; videogen clean removes the files that it left.",
        )
    with _at_work(workspace):
        if quality:
            options = replace(options, quality=quality)
        if options != kept:
            # A lost folder costs work, never the project.
            serialization.save(path, options)
        _settle(workspace, database)
        ledger.record_lost()
        chain = _chain(options, settings)
        found = in_app(database, project_id)
        voice, unknown = _voice_in_app(found, options.voice)
        now = replace(options, voice=voice)
        project = Project(
            options, now, settings, workspace, database, ledger, observer, chain, None
        )
        if unknown:
            told = f"The voice {unknown!r}, set in the app, is none that speaks here: {voice} does"
            project.tell(Notice("warning", told))
        yield project


def _voice_in_app(found: InApp | None, own: str) -> tuple[str, str]:
    """Return the voice to speak with, and the name of one that was set and is not known."""
    chosen = found.voice if found else None
    if not chosen or chosen == own:
        return own, ""
    return (chosen, "") if chosen in voice_hashes() else (own, chosen)


@contextmanager
def _at_work(workspace: Workspace) -> Iterator[None]:
    """Be the only one at work on a project; where a person deletes it meanwhile, its files go too."""
    try:
        with lease(workspace.work_folder):
            yield
    except ProjectDeleted:
        remove(workspace)
        raise


def state_of(project: ProjectSummary, root: Path) -> str:
    """Return how a project stands: `running`, `finished`, `stopped`, or what the app says of its own.

    A row alone can't tell a run at work from one that died.
    """
    folder = Workspace(root, project.id, "").work_folder
    if holder(folder):
        return "running"
    if project.video_path:
        return "finished"
    return "stopped" if folder.is_dir() else project.status


def kept_options(workspace: Workspace) -> RunOptions:
    """Return what was asked of a project's run.

    Raises:
        UsageError: no run of this project left its options under the root.
    """
    what = f"There is no project {workspace.project_id}"
    return serialization.load_needed(RunOptions, workspace.work_folder / _OPTIONS_FILE, what)


def kept_ending(workspace: Workspace) -> Ending:
    """Return how the runs of a project ended; nothing where none has."""
    return serialization.load(Ending, workspace.work_folder / _ENDING_FILE) or Ending({}, ())


def options_file(workspace: Workspace) -> Path:
    """Return where it is kept what was asked of a project's run."""
    return workspace.work_folder / _OPTIONS_FILE


def lost_file(workspace: Workspace) -> Path:
    """Return where the facts are kept that the database refused."""
    return workspace.sidecar_path(_LOST_FACTS)


def home_of(workspace: Workspace) -> str:
    """Return the name of the database that a project is recorded in, empty where nobody knows."""
    try:
        return (workspace.work_folder / _HOME_FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _settle(workspace: Workspace, database: Database) -> None:
    """Note where the project is recorded: one that has no row elsewhere is not gone."""
    write_text(workspace.work_folder / _HOME_FILE, workspace.stored_name(database.name))


def _ledger(workspace: Workspace, database: Database) -> Ledger:
    return Ledger(database, workspace.project_id, lost_file(workspace), workspace.root)


def _check_wishes(options: RunOptions, writer: str) -> None:
    """Refuse what only a language model could do; a file is read, so that a bad one is told now."""
    wishes = {"tone": options.tone, "audience": options.audience, "source": options.source}
    given = next((f"--{name}" for name, wish in wishes.items() if wish), "")
    if given and writer not in WITH_MODEL:
        raise UsageError(
            f"The {writer} writer has no use for {given}",
            cure=f"Leave it out, or choose a --writer with a model: {', '.join(sorted(WITH_MODEL))}.",
        )
    if options.source_file:
        read_reference(options.source_file)


def references_of(options: RunOptions, settings: Settings) -> tuple[Reference, ...]:
    """Return what the script's facts shall come from.

    Raises:
        ScriptError: there is no such text.
    """
    encyclopedia = Encyclopedia(settings.wikipedia_base_url, settings.patience)
    language = language_of(options.voice).code
    return find_references(options.source, options.topic, language, encyclopedia)


def assignment_of(options: RunOptions, settings: Settings) -> Assignment:
    """Return what a run wants of a writer."""
    language = language_of(options.voice).code
    return Assignment(options.topic, language, settings, options.script, options.model)


def recordings_of(options: RunOptions) -> Mapping[int, Path]:
    """Return the scenes that the user has spoken, by number."""
    return find_recordings(options.recordings) if options.recordings else {}


def overrides_of(options: RunOptions, chain: Chain) -> ClipOverrides:
    """Return the clips that the user pinned and banned.

    Raises:
        UsageError: one is written otherwise, or of a source that is not in use.
    """
    return parse_overrides(options.pins, options.bans, [*chain.by_name])


def _chain(options: RunOptions, settings: Settings) -> Chain:
    wanted = FootageOptions(
        *options.format.size,
        topic=options.topic,
        licenses=frozenset(options.licenses),
        clips=options.clips,
        timeout=options.sourcing_timeout,
    )
    return open_chain(options.footage, settings, wanted)
