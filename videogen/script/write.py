"""The script stage: from a brief to scenes whose speech fits it."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from videogen.domain import Brief, Scene, Script
from videogen.errors import ScriptError
from videogen.language.keywords import illustrate
from videogen.script.repair import Draft, find_faults, fits, trimmed, without_repeats
from videogen.script.writers.base import Fault, RevisingWriter, ScriptWriter

log = logging.getLogger(__name__)


def write_script(brief: Brief, writer: ScriptWriter, measure: Callable[[str], float]) -> Script:
    """Return a script written to the brief's length, after one repair request at most.

    `measure` returns the seconds that a text lasts at the voice's own speed. What is still too
    long after the repair loses whole sentences; what is too short is left to the pacing.

    Raises:
        ScriptError: the writer gave no usable script.
    """
    measure = functools.cache(measure)
    script = writer.write(brief)
    draft = Draft.of(script.scenes, measure)
    faults = find_faults(draft, brief)
    if faults and isinstance(writer, RevisingWriter):
        spoken = replace(brief, words_per_second=draft.words_per_second or brief.words_per_second)
        revised = Draft.of(_revised(spoken, writer, script, faults), measure)
        draft = revised if fits(revised, brief) else draft.improved_by(revised, brief)
    scenes = without_repeats(draft.scenes, brief.language)
    scenes = trimmed(Draft.of(scenes, measure), brief)
    return _finished(replace(script, scenes=scenes), brief)


def read_script(brief: Brief, writer: ScriptWriter) -> Script:
    """Return a script as a person wrote it: every word stays, only what is not said is added.

    Raises:
        UsageError: the file can't be read or holds no narration.
    """
    return _finished(writer.write(brief), brief)


def _revised(
    brief: Brief, writer: RevisingWriter, script: Script, faults: Sequence[Fault]
) -> tuple[Scene, ...]:
    log.info("Asking the %s writer to mend %d scenes", writer.name, len(faults))
    try:
        return writer.revise(brief, script, faults).scenes
    except ScriptError as exc:
        log.warning("The script stays as first written, its repair failed: %s", exc.what)
        return script.scenes


def _finished(script: Script, brief: Brief) -> Script:
    scenes = [scene for scene in script.scenes if scene.text.strip()]
    if not scenes:
        raise ScriptError(
            f"The {script.writer} writer left no scene to speak",
            cure="Run again, or choose another writer.",
        )
    topic = script.title or brief.topic
    return replace(
        script,
        title=topic,
        scenes=tuple(
            _numbered(scene, n, topic, brief.language) for n, scene in enumerate(scenes, start=1)
        ),
    )


def _numbered(scene: Scene, number: int, topic: str, language: str) -> Scene:
    return replace(illustrate(scene, topic, language), number=number)
