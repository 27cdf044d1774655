"""The story of a run: script, voiceover, footage, assembly; what overlaps, what is done already."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from videogen import serialization
from videogen.assembly.ahead import Ahead
from videogen.assembly.assemble import Assembled, assemble
from videogen.assembly.render import Begun
from videogen.assembly.titles import closing_seconds
from videogen.curation import earlier_plan, keep_plan, take_over
from videogen.db import facts
from videogen.db.projects import in_app, shown_elsewhere
from videogen.domain import (
    LOCAL,
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
from videogen.edits import Edits, edited, edits_of, news
from videogen.errors import ProjectDeleted, as_ours
from videogen.executors import Background, executor
from videogen.footage.find import Footage, fetch, plan, providers_of
from videogen.footage.plans import Plan, merged, with_choices
from videogen.previews import Previews
from videogen.printable import printable
from videogen.project import Project, assignment_of, overrides_of, references_of
from videogen.script.narrate import Narration, narrate, revise
from videogen.script.pacing import script_note, shortfall_note
from videogen.script.writers import choose
from videogen.script.writers.base import PaidWriter
from videogen.script.writers.service import Answer, Question
from videogen.serialization import digest, once
from videogen.settings import RunOptions
from videogen.voiceover.engines import voice_engine
from videogen.voiceover.recordings import read_recording
from videogen.voiceover.speak import load, speak, voice_digest
from videogen.voiceover.voice import Voice
from videogen.workspace import digest_of


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
    with _recorded(project, shared) as pool:
        return _made(project, pool)


def plan_footage(project: Project) -> Plan:
    """Write the script and choose what every shot will show, and stop there.

    Raises:
        VideogenError: a stage failed; the project then says so.
    """
    with _recorded(project) as pool:
        with project.stage("script"):
            narration = _narrated(project, pool)
        with project.stage("footage"):
            project.ledger.record(facts.StageStarted("footage"))
            planned = _planned(project, narration.scenes, project.tell)
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
            narration = _narrated(project, pool)
        if last == "voiceover":
            with project.stage("voiceover"):
                _voiced(project, narration.scenes, pool, project.tell)
    return narration


@contextmanager
def _recorded(project: Project, shared: Executor | None = None) -> Iterator[Executor]:
    """Yield the pool that works for a run; how the run ends otherwise than well is recorded."""
    options = project.options
    own = nullcontext(shared) if shared else executor(options.executor, options.workers)
    try:
        with project.chain, own as pool:
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


def _made(project: Project, pool: Executor) -> Outcome:
    with project.stage("script"):
        narration = _narrated(project, pool)
    previews = Previews(project, pool)
    with Ahead(
        narration.script, project.options, project.workspace, project.language, pool
    ) as ahead:
        # Clips are looked for while the voice is made, and recorded when their turn has come.
        footage: Background[Event, Footage] = Background(
            lambda tell: _found(project, narration.scenes, _both(tell, ahead.hear)), "sourcing"
        )
        with project.stage("voiceover"):
            voiced = _voiced(project, narration.scenes, pool, _both(project.tell, ahead.hear))
        with project.stage("footage"):
            shown = _sourced_all(project, footage, previews).shown_with(voiced)
        with project.stage("assembly"):
            assembled = _assembled(project, narration.script, shown, pool, ahead.begun())
            # Drawn while the film was cut; the app takes the last record for the end.
            previews.record()
            _finished(project, narration.script, assembled)
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


def _narrated(project: Project, pool: Executor) -> Narration:
    options = project.asked
    project.ledger.record(facts.StageStarted("script"))
    project.tell(Progress("script", 0, 1))
    seconds = options.duration - float(closing_seconds(options.duration))
    source = _content(project, "script", options.script)
    # The writer as it was asked for: whom `auto` finds may have changed when a run is resumed,
    # and what another one wrote and was paid for still stands.
    asked = (options.writer, source, options.topic, seconds, options.fit, options.format.rate)
    inputs = digest(
        *asked,
        options.model,
        options.tone,
        options.audience,
        _content(project, "source", options.source_file),
        options.source,
        options.voice,
        options.speed,
        voice_digest(project.voice_setup),
        [(number, digest_of(path)) for number, path in project.recordings.items()],
    )
    narration = once(
        project.workspace.kept_path("narration", inputs),
        Narration,
        lambda: _written(project, seconds, pool),
    )
    narration = _as_edited(project, narration, seconds, pool)
    project.ledger.record(facts.ScriptWritten(narration.script))
    short = _length_note(options, narration, seconds)
    cuts = [f"Left out, since the duration has no room: “{cut}”" for cut in narration.script.cuts]
    warnings = [line for line in (narration.script.note, short, *cuts) if line]
    project.notices += [Notice("warning", line) for line in warnings]
    project.notices += [Notice("loss", line) for line in narration.left_out]
    project.tell(Progress("script", 1, 1))
    return narration


def _as_edited(project: Project, narration: Narration, seconds: float, pool: Executor) -> Narration:
    """Return the narration as a person changed it in the app since it was written."""
    options, workspace, script = project.options, project.workspace, narration.script
    voice = options.voice if options.voice != project.asked.voice else ""
    found = in_app(project.database, workspace.project_id)
    edits = edits_of(found, options.topic, voice, script)
    for line in news(workspace, edits, script):
        project.observer.say(line)
    if edits == Edits():
        return narration

    def made_anew() -> Narration:
        return revise(
            narration,
            edited(script, edits, project.language),
            _voice(project, pool),
            options.voice,
            options.speed,
            seconds,
            options.format.rate,
            fit=options.fit,
        )

    inputs = digest(narration, edits, voice_digest(project.voice_setup))
    return once(workspace.kept_path("narration", inputs), Narration, made_anew)


def _voice(project: Project, pool: Executor) -> Voice:
    options, setup = project.options, project.voice_setup
    recorded = {
        number: read_recording(path).duration for number, path in project.recordings.items()
    }
    voice = Voice(voice_engine(setup), options.voice, recorded)
    voice.engine.prepare()
    load(setup, options.voice, pool, options.workers)
    return voice


def _content(project: Project, name: str, path: Path | None) -> str:
    """Return the digest of a file that was given; gone by now, it counts as it was last seen."""
    if path is None:
        return ""
    kept = project.workspace.work_folder / f"{name}-seen.json"
    if not path.is_file():
        return serialization.load(str, kept) or ""
    found = digest_of(path)
    serialization.save(kept, found)
    return found


def _length_note(options: RunOptions, narration: Narration, seconds: float) -> str:
    """Return what to say of a length that is not what was asked for."""
    if narration.script.writer != "file" or options.fit:
        return shortfall_note(narration.shortfall, seconds)
    # A script has a length of its own, which only a wish can miss.
    return script_note(narration.shortfall, seconds) if options.duration_given else ""


def _written(project: Project, seconds: float, pool: Executor) -> Narration:
    options, settings = project.options, project.settings
    writer, reason = project.chosen or choose(options.writer, assignment_of(options, settings))
    project.observer.say(reason)
    if isinstance(writer, PaidWriter):
        writer = writer.keeping(
            lambda question, ask: _answered(project, writer.name, question, ask)
        )
    voice = _voice(project, pool)
    rate = voice.rate(settings.cache_folder) * options.speed
    references = references_of(options, settings)
    for credit in (reference.credit for reference in references):
        project.observer.say(f"All facts from {credit.title} ({credit.license})")
    brief = Brief(
        options.topic,
        seconds,
        rate,
        project.language,
        options.tone,
        options.audience,
        references,
    )
    return narrate(brief, writer, voice, options.speed, options.format.rate, fit=options.fit)


def _answered(
    project: Project, writer: str, question: Question, ask: Callable[[], Answer]
) -> Answer:
    """Return the answer that an earlier run was given to such a question, or have it asked."""
    inputs = digest(writer, project.options.model, question)
    return once(project.workspace.kept_path("answer", inputs), Answer, ask)


def _voiced(
    project: Project, scenes: tuple[PacedScene, ...], pool: Executor, tell: Tell
) -> tuple[VoicedScene, ...]:
    project.ledger.record(facts.StageStarted("voiceover"))
    recordings = project.recordings
    if strays := sorted(set(recordings) - {scene.number for scene in scenes}):
        told = f"There is no scene for the recordings {', '.join(map(str, strays))}"
        project.tell(Notice("warning", told))
    voiced = speak(scenes, project.voice_setup, recordings, project.workspace, pool, tell)
    total = sum(scene.seconds + scene.paced.pause for scene in voiced)
    project.ledger.record(facts.VoiceoverFinished(project.options.voice, total))
    return voiced


def _planned(project: Project, scenes: tuple[PacedScene, ...], tell: Tell) -> Plan:
    options = project.options
    for line in project.chain.left_out:
        tell(Notice("line", f"Footage without {line}"))
    inputs = digest(
        scenes,
        options.footage,
        options.licenses,
        options.clips,
        options.format,
        options.pins,
        options.bans,
    )

    earlier = earlier_plan(project.workspace)

    def choose() -> Plan:
        # What is said as before shows what it showed.
        known = {one.scene.text for one in earlier.scenes} if earlier else set()
        new = [one for one in scenes if one.scene.text not in known]
        fresh = Plan((), ())
        if new:
            fresh = plan(
                new,
                project.chain,
                options.format,
                project.language,
                overrides_of(options, project.chain),
                shown_elsewhere(project.database, options.topic),
                tell,
            )
        return merged(scenes, earlier, fresh) if earlier else fresh

    chosen = once(project.workspace.kept_path("plan", inputs), Plan, choose)
    sources = {LOCAL, *project.chain.by_name}
    theirs = take_over(project.workspace, project.database, chosen, earlier, sources, tell)
    planned = with_choices(chosen, theirs)
    keep_plan(project.workspace, planned)
    return planned


def _found(project: Project, scenes: tuple[PacedScene, ...], tell: Tell) -> Footage:
    planned = _planned(project, scenes, tell)
    kept = project.workspace.kept_path("footage", digest(planned.scenes))
    footage = once(kept, Footage, lambda: fetch(planned, project.chain, tell), Footage.is_whole)
    shown = replace(planned, scenes=tuple(one.planned for one in footage.scenes))
    keep_plan(project.workspace, shown)
    return footage


def _sourced_all(
    project: Project, background: Background[Event, Footage], previews: Previews
) -> Footage:
    project.ledger.record(facts.StageStarted("footage"))
    recorded: list[SourcedScene] = []

    def hear(event: Event) -> None:
        project.tell(event)
        if isinstance(event, SourcedScene):
            recorded.append(event)
            previews.begin(event)
        elif isinstance(event, Progress):
            # While nothing was found yet, those that are asked.
            at_work = providers_of(recorded) or ",".join(project.chain.by_name)
            told = facts.FootageProgress(event.percent, at_work)
            project.ledger.record(told)

    footage = background.result(hear)
    # What an earlier run found was not told by this one.
    for scene in footage.scenes:
        if scene not in recorded:
            hear(scene)
    project.notices += [Notice("warning", line) for line in footage.warnings]
    project.tell(Progress("footage", 1, 1))
    project.ledger.record(facts.FootageFinished(providers_of(footage.scenes)))
    return footage


def _assembled(
    project: Project, script: Script, scenes: tuple[ShownScene, ...], pool: Executor, begun: Begun
) -> Assembled:
    options, workspace = project.options, project.workspace
    project.ledger.record(facts.AssemblyStarted(_scene_total(script)))
    language = project.language
    return assemble(
        script, scenes, options, workspace, language, pool, os.cpu_count() or 1, project.tell, begun
    )


def _scene_total(script: Script) -> int:
    # Scenes that could not be spoken have rows, too: progress counts up to the last number.
    return script.scenes[-1].number


def _finished(project: Project, script: Script, done: Assembled) -> None:
    workspace = project.workspace
    project.ledger.record(
        facts.VideoFinished(
            video_path=workspace.stored(done.video.path),
            thumbnail_path=workspace.stored(done.video.thumbnail_path),
            duration=done.video.duration,
            total_duration=done.seconds,
            file_size=done.video.file_size,
            scene_total=_scene_total(script),
        )
    )
