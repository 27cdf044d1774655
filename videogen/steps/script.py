"""The script of a run: written once, kept, and as a person has changed it in the app since."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from videogen import serialization
from videogen.db import facts
from videogen.db.projects import in_app
from videogen.domain.events import Notice, Progress
from videogen.domain.options import RunOptions
from videogen.files import digest_of
from videogen.project.asked import (
    assignment_of,
    brief_of,
    names_in_english,
    references_of,
    told_seconds,
)
from videogen.project.edits import Edits, edited, edits_of, news
from videogen.project.state import Project
from videogen.script.narrate import Narration, length, narrate, revise
from videogen.script.pacing import script_note, shortfall_note
from videogen.script.writers.base import PaidWriter
from videogen.script.writers.choice import choose
from videogen.script.writers.service import Answer, Question
from videogen.serialization import digest, once
from videogen.steps.voiceover import measured_voice
from videogen.voiceover.speak import voice_digest


def write_script(project: Project, speakers: Executor | None = None) -> Narration:
    """Return the narration, written by this run or an earlier one, and record it.

    `speakers`, who will speak it, load the voice meanwhile.
    """
    options = project.asked
    project.ledger.record(facts.StageStarted("script"))
    project.tell(Progress("script", 0, 1))
    seconds = told_seconds(options)
    narration = once(
        project.workspace.kept_path("narration", _inputs(project, seconds)),
        Narration,
        lambda: _written(project, speakers),
    )
    narration = _as_edited(project, narration, seconds, speakers)
    project.ledger.record(facts.ScriptWritten(narration.script))
    short = _length_note(options, narration, seconds)
    cuts = [f"Left out, since the duration has no room: “{cut}”" for cut in narration.script.cuts]
    warnings = [line for line in (narration.script.note, short, *cuts) if line]
    project.notices += [Notice("warning", line) for line in warnings]
    project.notices += [Notice("loss", line) for line in narration.left_out]
    scenes = narration.scenes
    project.know(replace(project.work, seconds=length(scenes), scenes=len(scenes)))
    project.tell(Progress("script", 1, 1))
    return narration


def _inputs(project: Project, seconds: float) -> str:
    """Return a digest of all that a narration is made from."""
    options = project.asked
    source = _content(project, "script", options.script)
    # The writer as it was asked for: whom `auto` finds may have changed when a run is resumed,
    # and what another one wrote and was paid for still stands.
    asked = (options.writer, source, options.topic, seconds, options.fit, options.format.rate)
    return digest(
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


def _written(project: Project, speakers: Executor | None) -> Narration:
    options, settings = project.options, project.settings
    writer, reason = project.chosen or choose(options.writer, assignment_of(options, settings))
    project.observer.say(reason)
    if isinstance(writer, PaidWriter):
        writer = writer.keeping(
            lambda question, ask: _answered(project, writer.name, question, ask)
        )
    voice = measured_voice(project, speakers)
    rate = voice.rate(settings.cache_folder) * options.speed
    references = references_of(options, settings)
    for credit in (reference.credit for reference in references):
        project.observer.say(f"All facts from {credit.title} ({credit.license})")
    return narrate(
        brief_of(options, rate, references),
        writer,
        voice,
        options.speed,
        options.format.rate,
        fit=options.fit,
        in_english=names_in_english(settings, project.chain),
    )


def _answered(
    project: Project, writer: str, question: Question, ask: Callable[[], Answer]
) -> Answer:
    """Return the answer that an earlier run was given to such a question, or have it asked."""
    inputs = digest(writer, project.options.model, question)
    return once(project.workspace.kept_path("answer", inputs), Answer, ask)


def _as_edited(
    project: Project, narration: Narration, seconds: float, speakers: Executor | None
) -> Narration:
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
            measured_voice(project, speakers),
            options.voice,
            options.speed,
            seconds,
            options.format.rate,
            fit=options.fit,
        )

    inputs = digest(narration, edits, voice_digest(project.voice_setup))
    return once(workspace.kept_path("narration", inputs), Narration, made_anew)


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
