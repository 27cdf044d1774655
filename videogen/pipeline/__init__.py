"""From an order to a recorded video: what comes after what, and what is done already."""

from __future__ import annotations

import uuid
from contextlib import closing
from dataclasses import replace

from videogen import serialization
from videogen.assembly import interchange
from videogen.assembly.titles import titles_seconds
from videogen.db.engine import Database
from videogen.db.facts import ProjectStarted, RunFailed
from videogen.db.ledger import Ledger
from videogen.domain import Brief, Video, Voiceover
from videogen.errors import UsageError
from videogen.executors import executor
from videogen.footage.find import Footage
from videogen.options import RunOptions
from videogen.pipeline import narration, sourcing, voicing
from videogen.pipeline.outcome import ClipReport, Outcome, SceneReport
from videogen.pipeline.production import Observer, Production
from videogen.script.writers import choose
from videogen.settings import Settings
from videogen.voiceover.engines.catalogue import language_of
from videogen.workspace import Workspace, free_name

_OPTIONS_FILE = "options.json"
_LOST_FACTS = "lost.json"


def check(options: RunOptions, settings: Settings) -> None:
    """Name what a run cannot do without before anything slow or paid begins.

    Raises:
        VideogenError: a voice, a writer, a script file or a folder of clips can't be used.
    """
    language = language_of(options.voice)
    writer, _ = choose(options.writer, narration.assignment(options, settings))
    if writer.name == "file":
        writer.write(Brief(options.topic, options.duration, 1.0, language.code))
    for path in filter(None, (options.voice_model, options.pronunciations, options.music)):
        if not path.is_file():
            raise UsageError("There is no such file", where=str(path))
    if options.clips and not options.clips.is_dir():
        raise UsageError("There is no such folder of clips", where=str(options.clips))
    if options.export_otio:
        interchange.library()
    sourcing.wishes(options)
    sourcing.chain(options, settings).close()


def start(
    options: RunOptions, settings: Settings, database: Database, observer: Observer
) -> Production:
    """Open a new project: its folder, its options for a later resume, its row."""
    project_id = str(uuid.uuid4())
    name = free_name(settings.root, options.name, project_id)
    options = replace(options, name=name)
    workspace = Workspace(settings.root, project_id, name)
    observer.say(f"Project {project_id}")
    serialization.save(workspace.work_folder / _OPTIONS_FILE, options)
    production = _production(options, settings, workspace, database, observer)
    production.ledger.record(ProjectStarted(options.topic, options.duration))
    return production


def reopen(
    project_id: str, settings: Settings, database: Database, observer: Observer
) -> Production:
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
    production = _production(options, settings, workspace, database, observer)
    production.ledger.record_lost()
    return production


def produce(production: Production) -> Outcome:
    """Make the video; what an earlier run of the project has made is not made again.

    Raises:
        VideogenError: a stage failed; the project then says so.
    """
    try:
        with executor(production.options.executor, production.options.workers) as pool:
            with production.timed("script"):
                seconds = production.options.duration - titles_seconds(production.options)
                told = narration.write(production, seconds, pool)
            with closing(sourcing.begin(production, told)) as sources:
                with production.timed("voiceover"):
                    voiceovers = voicing.speak(production, told.spoken, told.pacing, pool)
                with production.timed("footage"):
                    footage = sourcing.finish(production, sources)
            with production.timed("assembly"):
                # MoviePy is slow to import and nothing before the cut needs it.
                from videogen.assembly.assemble import cut

                video = cut(production, told, voiceovers, footage, pool)
    except KeyboardInterrupt:
        # Without this the app would show a job at work for ever.
        production.ledger.record(RunFailed("The run was stopped; videogen resume goes on with it."))
        raise
    except Exception as exc:
        production.ledger.record(RunFailed(getattr(exc, "what", repr(exc))))
        raise
    finally:
        # Workers that were ended in the middle of a file could not remove it themselves.
        production.workspace.drop_unfinished()
    return _outcome(production, told, voiceovers, footage, video)


def _production(
    options: RunOptions,
    settings: Settings,
    workspace: Workspace,
    database: Database,
    observer: Observer,
) -> Production:
    ledger = Ledger(database, workspace.project_id, workspace.sidecar_path(_LOST_FACTS))
    return Production(options, settings, workspace, database, ledger, observer)


def _outcome(
    production: Production,
    told: narration.Narration,
    voiceovers: list[Voiceover],
    footage: Footage,
    video: Video,
) -> Outcome:
    stored = production.workspace.stored
    texts = {scene.number: scene.text for scene in told.spoken}
    clips = {scene.scene_number: scene.clips for scene in footage.scenes}
    incomplete = production.incomplete or production.ledger.incomplete
    return Outcome(
        project_id=production.workspace.project_id,
        status="incomplete" if incomplete else "complete",
        video_path=stored(video.path),
        thumbnail_path=stored(video.thumbnail_path),
        captions_path=stored(video.captions_paths[0]) if video.captions_paths else None,
        duration=video.duration,
        target_duration=production.options.duration,
        file_size=video.file_size,
        width=video.width,
        height=video.height,
        fps=video.fps,
        scenes=tuple(
            SceneReport(
                voiceover.scene_number,
                texts[voiceover.scene_number],
                stored(voiceover.audio_path),
                round(voiceover.duration, 3),
                tuple(ClipReport.of(clip) for clip in clips[voiceover.scene_number]),
            )
            for voiceover in voiceovers
        ),
        timings=production.timings,
        warnings=(*production.warnings, *production.ledger.warnings),
    )
