"""Opening a project: a new one, or one that stopped."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from videogen import serialization
from videogen.assembly.interchange import library as otio_library
from videogen.assembly.sound.tracks import music_tracks
from videogen.cluster.connection import check as check_cluster
from videogen.db import facts
from videogen.db.engine import Database
from videogen.db.ledger import Ledger
from videogen.db.projects import InApp, in_app, options_of
from videogen.db.requirements import holds_minutes
from videogen.domain.events import Notice
from videogen.domain.options import RunOptions
from videogen.domain.script import Brief
from videogen.domain.video import Quality
from videogen.errors import ProjectDeleted, UsageError
from videogen.footage.sources.chain import Chain
from videogen.media.audio import check_sound
from videogen.project.asked import assignment_of, open_sources, overrides_of, recordings_of
from videogen.project.belongings import remove
from videogen.project.kept import keep_home, ledger_of, options_file
from videogen.project.lease import lease
from videogen.project.state import Observer, Project
from videogen.script.references import read_reference
from videogen.script.writers.base import ScriptWriter
from videogen.script.writers.choice import choose, with_model
from videogen.settings import Settings
from videogen.voiceover.engines.catalogue import language_of, voice_hashes
from videogen.workspace import Workspace, reserve_name


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
    _refuse_without_model(options, chosen[0].name)
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
    if options.scheduler:
        check_cluster(options.scheduler)
    recordings_of(options)
    chain = open_sources(options, settings)
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
        keep_home(workspace, database)
        ledger = ledger_of(workspace, database)
        # Kept first: where the run is killed before the row is there, a resume puts it in.
        ledger.keep(facts.ProjectStarted(options.topic, options.duration, options.kept))
        serialization.save(options_file(workspace), options.kept)
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
    executor: str | None = None,
    shared: str = "",
) -> Iterator[Project]:
    """Open a project that stopped for the block, and record what the database had refused.

    `quality` replaces what was asked for, from now on; `executor` and `shared`, as RunOptions has
    them, are of this call alone.

    Raises:
        UsageError: no run of ours made this project, or it was deleted.
        ProjectBusy: somebody else is at work on it; nothing was touched.
    """
    path = options_file(Workspace(settings.root, project_id, ""))
    kept = serialization.load(RunOptions, path)
    options = (kept or options_of(database, project_id)).kept
    if quality:
        options = replace(options, quality=quality)
    workspace = Workspace(settings.root, project_id, options.name)
    ledger = _expected_ledger(workspace, database)
    with _at_work(workspace):
        if options != kept:
            # A lost folder costs work, never the project.
            serialization.save(path, options)
        keep_home(workspace, database)
        ledger.record_lost()
        chain = open_sources(options, settings)
        voice, unknown = _voice_in_app(in_app(database, project_id), options.voice)
        now = replace(options, voice=voice, executor=executor or options.executor, shared=shared)
        project = Project(
            options, now, settings, workspace, database, ledger, observer, chain, None
        )
        if unknown:
            project.tell(_unknown_voice(unknown, voice))
        yield project


def _unknown_voice(name: str, instead: str) -> Notice:
    told = f"The voice {name!r}, set in the app, is none that speaks here: {instead} does"
    return Notice("warning", told)


def _expected_ledger(workspace: Workspace, database: Database) -> Ledger:
    ledger = ledger_of(workspace, database)
    if not ledger.is_expected:
        raise UsageError(
            f"There is no project {workspace.project_id}",
            where=database.name,
            cure="It was deleted; videogen clean removes the files that it left.",
        )
    return ledger


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


def _refuse_without_model(options: RunOptions, writer: str) -> None:
    """Refuse what only a language model could do; a file is read, so that a bad one is told now."""
    asked = {"tone": options.tone, "audience": options.audience, "source": options.source}
    given = next((f"--{name}" for name, value in asked.items() if value), "")
    if given and writer not in with_model():
        raise UsageError(
            f"The {writer} writer has no use for {given}",
            cure=f"Leave it out, or choose a --writer with a model: {', '.join(sorted(with_model()))}.",
        )
    if options.source_file:
        read_reference(options.source_file)
