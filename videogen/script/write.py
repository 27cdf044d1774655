"""The script stage: from a brief to scenes whose speech fits it."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from videogen.barrier import Fault as Failure
from videogen.barrier import attempt
from videogen.domain.script import Brief, Scene, Script
from videogen.errors import ScriptError
from videogen.language.keywords import NOTHING, illustrate, terms
from videogen.language.sentences import is_english
from videogen.script.draft import Draft, is_long, is_short
from videogen.script.filler import without_filler
from videogen.script.foreign import foreign, foreign_note
from videogen.script.repair import find_faults, words_asked
from videogen.script.trimming import trimmed
from videogen.script.writers.base import Fault, ModelWriter, RevisingWriter, ScriptWriter

log = logging.getLogger(__name__)

# Beside the first, however many scenes there are.
FURTHER_REQUESTS = 3

# The English names of things, by what they are called in a language.
InEnglish = Callable[[Sequence[str], str], Mapping[str, str]]


def nothing_known(_titles: Sequence[str], _language: str) -> Mapping[str, str]:
    """Return no thing's English name."""
    return NOTHING


def write_script(
    brief: Brief,
    writer: ScriptWriter,
    measure: Callable[[str], float],
    in_english: InEnglish = nothing_known,
) -> Script:
    """Return a script written to the brief's length, after three further requests at most.

    `measure` returns the seconds that a text lasts at the voice's own speed, `in_english` what
    things are called there, as far as it knows. What is still too
    long after that loses whole sentences, which the script then names; what is too short is left
    to the pacing.

    Raises:
        ScriptError: the writer gave no usable script.
    """
    measure = functools.cache(measure)
    script, requests = writer.write(brief), FURTHER_REQUESTS
    if isinstance(writer, ModelWriter) and (faults := foreign(script.scenes, brief)):
        script, requests = _revised(brief, writer, script, faults), requests - 1
    draft = Draft.of(without_filler(script.scenes, brief.language), measure)
    if isinstance(writer, RevisingWriter):
        draft = _mended(draft, brief, writer, script, measure, requests)
    fitting = trimmed(draft, brief)
    if isinstance(writer, ModelWriter):
        told = foreign_note(fitting.scenes, brief.language)
        script = replace(script, note=" ".join(filter(None, (script.note, told))))
    return _finished(replace(script, scenes=fitting.scenes, cuts=fitting.cuts), brief, in_english)


def _mended(
    draft: Draft,
    brief: Brief,
    writer: RevisingWriter,
    script: Script,
    measure: Callable[[str], float],
    requests: int,
) -> Draft:
    """Return the draft as its writer mends it, as long as that makes it better."""
    asked = brief.words_per_scene * brief.scene_count
    was_long = False
    for _ in range(requests):
        spoken = replace(brief, words_per_second=draft.words_per_second or brief.words_per_second)
        long = is_long(draft, brief)
        # Who did not shorten when asked once is cut, where that does: it asks nobody.
        if long and was_long and _fits(trimmed(draft, brief).scenes, brief, measure):
            break
        # Who wrote too much for the first time did not count; who does so again is asked for less.
        faults = find_faults(draft, spoken, asked if was_long else max(asked, draft.words))
        if not faults:
            break
        was_long = long
        revised = _revised(spoken, writer, replace(script, scenes=draft.scenes), faults)
        found = Draft.of(without_filler(revised.scenes, brief.language), measure)
        if not find_faults(found, spoken, asked):
            return found
        better = draft.better_of(found, {fault.scene for fault in faults}, brief)
        if better == draft:
            break
        asked = words_asked(draft, faults)
        draft = better
    return draft


def _fits(scenes: Sequence[Scene], brief: Brief, measure: Callable[[str], float]) -> bool:
    draft = Draft.of(scenes, measure)
    return not (is_long(draft, brief) or is_short(draft, brief))


def read_script(
    brief: Brief, writer: ScriptWriter, in_english: InEnglish = nothing_known
) -> Script:
    """Return a script as a person wrote it: every word stays, only what is not said is added.

    Raises:
        UsageError: the file can't be read or holds no narration.
    """
    return _finished(writer.write(brief), brief, in_english)


def _revised(
    brief: Brief, writer: RevisingWriter, script: Script, faults: Sequence[Fault]
) -> Script:
    log.info("Asking the %s writer to mend %d scenes", writer.name, len(faults))
    found = attempt(lambda: writer.revise(brief, script, faults))
    if isinstance(found, Failure):
        log.warning("The script stays as first written, its repair failed: %s", found.cause)
        return script
    return found


def _finished(script: Script, brief: Brief, in_english: InEnglish) -> Script:
    scenes = [scene for scene in script.scenes if scene.text.strip()]
    if not scenes:
        raise ScriptError(
            f"The {script.writer} writer left no scene to speak",
            cure="Run again, or choose another writer.",
        )
    topic = script.title or brief.topic
    known = _known(scenes, topic, brief.language, in_english)
    return replace(
        script,
        title=topic,
        scenes=tuple(
            replace(illustrate(scene, topic, brief.language, known), number=number)
            for number, scene in enumerate(scenes, start=1)
        ),
    )


def _known(
    scenes: Sequence[Scene], topic: str, language: str, in_english: InEnglish
) -> Mapping[str, str]:
    """Return what things in scenes of another language, whose writer named none, are in English."""
    if is_english(language):
        return NOTHING
    drawn = [one for scene in scenes if (one := illustrate(scene, topic, language)).is_drawn]
    asked = dict.fromkeys(term for scene in drawn for term in terms(scene, language))
    return in_english((topic, *asked), language) if drawn else NOTHING
