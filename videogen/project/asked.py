"""What a run's options ask for, as the stages take it."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from videogen.assembly.assemble import caption_style
from videogen.assembly.titles import closing_seconds
from videogen.barrier import Fault, attempt
from videogen.domain.options import RunOptions
from videogen.domain.script import PAUSE_SECONDS, SECONDS_PER_SCENE, Brief, Reference
from videogen.footage.overrides import ClipOverrides, parse_overrides
from videogen.footage.sources.chain import Chain, open_chain
from videogen.footage.sources.provider import FootageOptions
from videogen.forecast.work import FILMED_BY_FOLDER, FILMED_BY_SERVICES, WRITING, Work
from videogen.language.words import word_count
from videogen.script.encyclopedia import ADDRESS, Encyclopedia
from videogen.script.references import find_references
from videogen.script.write import InEnglish, nothing_known
from videogen.script.writers.base import PaidWriter, ScriptWriter
from videogen.script.writers.file import FileWriter
from videogen.script.writers.provider import Assignment
from videogen.settings import Settings
from videogen.voiceover.engines import VoiceSetup
from videogen.voiceover.engines.catalogue import language_of
from videogen.voiceover.recordings import find_recordings
from videogen.voiceover.voice import USUAL_RATE

log = logging.getLogger(__name__)

_LOOKUP_SECONDS = 5.0


def assignment_of(options: RunOptions, settings: Settings) -> Assignment:
    """Return what a run wants of a writer."""
    language = language_of(options.voice).code
    return Assignment(options.topic, language, settings, options.script, options.model)


def told_seconds(options: RunOptions) -> float:
    """Return the seconds that the narration has: all but what the film closes with."""
    return options.duration - float(closing_seconds(options.duration))


def brief_of(options: RunOptions, rate: float, references: tuple[Reference, ...] = ()) -> Brief:
    """Return what a writer is asked for, whose words are spoken at `rate` a second."""
    language = language_of(options.voice).code
    seconds, tone, audience = told_seconds(options), options.tone, options.audience
    return Brief(options.topic, seconds, rate, language, tone, audience, references)


def voice_setup_of(options: RunOptions, settings: Settings) -> VoiceSetup:
    """Return the engine that speaks, with the files that the user gave it."""
    return VoiceSetup(
        settings.cache_folder, options.voice_engine, options.voice_model, options.pronunciations
    )


def references_of(options: RunOptions, settings: Settings) -> tuple[Reference, ...]:
    """Return what the script's facts shall come from.

    Raises:
        ScriptError: there is no such text.
    """
    encyclopedia = Encyclopedia(settings.value_of(ADDRESS), settings.patience)
    language = language_of(options.voice).code
    return find_references(options.source, options.topic, language, encyclopedia)


def names_in_english(settings: Settings, chain: Chain) -> InEnglish:
    """Return who tells what things are called in English: Wikipedia, where services are searched."""
    if not any(source.is_remote for source in chain.sources):
        return nothing_known
    encyclopedia = Encyclopedia(settings.value_of(ADDRESS), 0.0, _LOOKUP_SECONDS)

    def names(titles: Sequence[str], language: str) -> Mapping[str, str]:
        found = attempt(lambda: encyclopedia.in_english(titles, language))
        if isinstance(found, Fault):
            log.info("Pictures are searched for without Wikipedia's names: %s", found.cause)
            return nothing_known(titles, language)
        return found

    return names


def recordings_of(options: RunOptions) -> Mapping[int, Path]:
    """Return the scenes that the user has spoken, by number."""
    return find_recordings(options.recordings) if options.recordings else {}


def overrides_of(options: RunOptions, chain: Chain) -> ClipOverrides:
    """Return the clips that the user pinned and banned.

    Raises:
        UsageError: one is written otherwise, or of a source that is not in use.
    """
    return parse_overrides(options.pins, options.bans, [*chain.by_name])


def cores_of(options: RunOptions) -> int:
    """Return the cores that a run keeps busy, here or on its cluster."""
    here = options.workers if options.scheduler else os.cpu_count() or 1
    return min(options.workers, here)


def asked_work(options: RunOptions, chain: Chain, writer: ScriptWriter | None) -> Work:
    """Return the film as it is asked for; what is filmed of it is known once it is planned."""
    is_remote = any(source.is_remote for source in chain.sources)
    seconds, scenes = options.duration, max(1, round(options.duration / SECONDS_PER_SCENE))
    if isinstance(writer, FileWriter) and not options.fit:
        # It lasts as long as its words take, whatever was asked for.
        brief = Brief(options.topic, seconds, USUAL_RATE, language_of(options.voice).code)
        written = writer.write(brief).scenes
        words = sum(word_count(scene.text) for scene in written)
        scenes = len(written)
        seconds = words / (USUAL_RATE * options.speed) + PAUSE_SECONDS * scenes
    filmed = FILMED_BY_SERVICES if is_remote else FILMED_BY_FOLDER
    return Work(
        seconds,
        scenes,
        filmed if chain.sources else 0.0,
        options.cut,
        options.quality,
        caption_style(options) is not None,
        WRITING * scenes if isinstance(writer, PaidWriter) else 0.0,
        is_remote,
    )


def open_sources(options: RunOptions, settings: Settings) -> Chain:
    """Open the sources of footage that a run may ask."""
    wanted = FootageOptions(
        *options.format.size,
        topic=options.topic,
        licenses=frozenset(options.licenses),
        clips=options.clips,
        timeout=options.sourcing_timeout,
    )
    return open_chain(options.footage, settings, wanted)
