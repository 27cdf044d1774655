"""The story of a run: script, voiceover, footage, assembly; what overlaps, what is done already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Literal

from videogen.assembly.ahead import Ahead
from videogen.cluster.pool import Cluster, cluster
from videogen.db import facts
from videogen.domain.events import Event, Stage, Tell
from videogen.domain.footage import ShownScene
from videogen.domain.video import Video
from videogen.errors import ProjectDeleted, as_ours
from videogen.executors import Background, executor
from videogen.files import drop_abandoned
from videogen.footage.find import Footage
from videogen.footage.plans import Plan
from videogen.forecast.pace import COUNTS_WORKERS, Spent, learn, processor_time
from videogen.printable import printable
from videogen.project.asked import cores_of
from videogen.project.previews import Previews
from videogen.project.state import Project
from videogen.script.narrate import Narration
from videogen.steps.assembly import cut_film, record_film
from videogen.steps.footage import find_footage, plan_shots, record_footage
from videogen.steps.script import write_script
from videogen.steps.voiceover import speak_scenes


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


def produce(project: Project, shared: Executor | None = None) -> Outcome:
    """Make the video; what an earlier run of the project has made is not made again.

    Runs that follow each other may have their workers from one `shared` executor.

    Raises:
        VideogenError: a stage failed; the project then says so.
    """
    began = processor_time()
    with _recorded(project, shared) as pool:
        made = _made(project, pool)
    # Workers that others use too have not ended, and what was kept took nothing.
    is_whole = not shared and not project.options.scheduler and project.chosen is not None
    if is_whole and COUNTS_WORKERS:
        spent = Spent(processor_time() - began, made.video.file_size, made.timings)
        learn(project.settings.cache_folder, project.work, cores_of(project.options), spent)
    return made


def plan_footage(project: Project) -> Plan:
    """Write the script and choose what every shot will show, and stop there.

    Raises:
        VideogenError: a stage failed; the project then says so.
    """
    with _recorded(project) as pool:
        with project.stage("script"):
            narration = write_script(project)
        with project.stage("footage"):
            project.ledger.record(facts.StageStarted("footage"))
            planned = plan_shots(project, narration.scenes, project.tell)
            project.ledger.record(facts.FootagePlanned(planned.scenes))
            previews = Previews(project, pool)
            for scene in planned.scenes:
                previews.offer(scene)
            previews.record()
    return planned


def begin(project: Project, last: Literal["script", "voiceover"]) -> Narration:
    """Make a film up to a stage, for a person to look at and change before a resume goes on.

    Raises:
        VideogenError: a stage failed; the project then says so.
    """
    with _recorded(project) as pool:
        with project.stage("script"):
            narration = write_script(project, pool if last == "voiceover" else None)
        if last == "voiceover":
            with project.stage("voiceover"):
                speak_scenes(project, narration.scenes, pool, project.tell)
    return narration


@contextmanager
def _recorded(project: Project, shared: Executor | None = None) -> Iterator[Executor]:
    """Yield the pool that works for a run; how the run ends otherwise than well is recorded."""
    own = nullcontext(shared) if shared else _workers(project)
    try:
        with project.chain, own as pool:
            if isinstance(pool, Cluster):
                project.options = replace(project.options, workers=pool.workers)
            yield pool
    except KeyboardInterrupt:
        # Without this the app would show a job at work for ever.
        told = "The run was stopped; videogen resume goes on with it."
        project.ledger.record(facts.RunFailed(told))
        raise
    except ProjectDeleted:
        raise  # nobody is left to be told
    except Exception as exc:
        known = as_ours(exc)
        project.ledger.record(facts.RunFailed(printable(known.what if known else repr(exc))))
        raise
    finally:
        # Workers that were ended in the middle of a file could not remove it themselves.
        project.workspace.drop_unfinished()
        drop_abandoned(project.settings.cache_folder)


def _workers(project: Project) -> AbstractContextManager[Executor]:
    options = project.options
    if options.scheduler:
        return cluster(options.scheduler, options.shared, project.workspace.work_folder)
    return executor(options.executor, options.workers)


def _made(project: Project, pool: Executor) -> Outcome:
    with project.stage("script"):
        narration = write_script(project, pool)
    previews = Previews(project, pool)
    with Ahead(
        narration.script, project.options, project.workspace, project.language, pool
    ) as ahead:
        # Clips are looked for while the voice is made, and recorded when their turn has come.
        footage: Background[Event, Footage] = Background(
            lambda tell: find_footage(project, narration.scenes, _both(tell, ahead.hear)),
            "sourcing",
        )
        with project.stage("voiceover"):
            voiced = speak_scenes(project, narration.scenes, pool, _both(project.tell, ahead.hear))
        with project.stage("footage"):
            shown = record_footage(project, footage, previews).shown_with(voiced)
        with project.stage("assembly"):
            assembled = cut_film(project, narration.script, shown, pool, ahead.begun())
            # Drawn while the film was cut; the app takes the last record for the end.
            previews.record()
            record_film(project, narration.script, assembled)
    project.keep_ending()
    return Outcome(
        project.workspace.project_id,
        "incomplete" if project.is_incomplete else "complete",
        assembled.video,
        project.options.duration,
        shown,
        project.timings,
        project.warnings,
    )


def _both(first: Tell, second: Tell) -> Tell:
    def tell(event: Event) -> None:
        first(event)
        second(event)

    return tell
