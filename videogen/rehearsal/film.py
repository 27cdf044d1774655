"""The film that a run would make, as far as it can be known before it is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from videogen.assembly.titles import closing_seconds
from videogen.barrier import Fault, attempt
from videogen.db.engine import Database
from videogen.db.projects import shown_elsewhere
from videogen.domain.options import RunOptions
from videogen.domain.script import PAUSE_SECONDS, Brief, Scene
from videogen.domain.speech import PacedScene, Utterance
from videogen.footage.find import plan
from videogen.forecast.work import Work, filmed_share, parts_of
from videogen.language.words import word_count
from videogen.project.asked import (
    asked_work,
    brief_of,
    overrides_of,
    recordings_of,
    voice_setup_of,
)
from videogen.project.opening import Providers
from videogen.script.narrate import length
from videogen.script.pacing import reach
from videogen.settings import Settings
from videogen.voiceover.engines import voice_engine
from videogen.voiceover.engines.model import is_ready
from videogen.voiceover.engines.style import ready_voices
from videogen.voiceover.recordings import recorded_seconds
from videogen.voiceover.voice import Voice, known_rate

# Writers whose text costs nothing, comes at once, and is the same each time.
_KNOWN_BEFORE = frozenset({"file", "outline"})


@dataclass(frozen=True, slots=True)
class ExpectedFilm:
    """The film, what a writer is asked for it, and whether its pictures were already chosen.

    What is not known of them is the share that such sources usually fill.
    """

    work: Work
    brief: Brief
    is_planned: bool


def expected_film(
    options: RunOptions, settings: Settings, providers: Providers, database: Database
) -> ExpectedFilm:
    """Return the film by its text where that is there, its pictures where nobody has to be asked."""
    writer = providers.chosen[0]
    rate = known_rate(settings.cache_folder, options.voice_engine, options.voice) * options.speed
    brief = brief_of(options, rate)
    work = asked_work(options, providers.chain, writer)
    if writer.name not in _KNOWN_BEFORE:
        return ExpectedFilm(replace(work, scenes=brief.scene_count), brief, False)
    written = writer.write(brief).scenes
    spoken = _spoken(written, options, settings, rate)
    scenes = spoken
    if writer.name != "file" or options.fit:
        scenes = _stretched(spoken, brief.seconds)
    seconds = length(scenes) + float(closing_seconds(options.duration))
    work = replace(work, seconds=seconds, scenes=len(scenes))
    if work.is_remote or not providers.chain.sources:
        return ExpectedFilm(work, brief, not work.is_remote)
    planned = plan(
        scenes,
        providers.chain,
        options.format,
        brief.language,
        overrides_of(options, providers.chain),
        shown_elsewhere(database, options.topic),
        lambda _: None,
    )
    return ExpectedFilm(replace(work, filmed=filmed_share(parts_of(planned.scenes))), brief, True)


def _spoken(
    scenes: Sequence[Scene], options: RunOptions, settings: Settings, rate: float
) -> list[PacedScene]:
    """Return scenes with their seconds: recorded, measured where the voice is there, or by its words."""
    recorded = {number: recorded_seconds(path) for number, path in recordings_of(options).items()}
    cache = settings.cache_folder
    setup = voice_setup_of(options, settings)
    measure: Callable[[str], float] | None = None
    if setup.is_shipped and is_ready(cache) and options.voice in ready_voices(cache):
        voice = Voice(voice_engine(setup), options.voice)
        measure = partial(voice.seconds, speed=options.speed)
    said = Utterance(options.voice, ())
    return [
        PacedScene(
            one,
            (),
            said,
            options.speed,
            recorded.get(one.number) or _seconds(one.text, measure, rate),
            PAUSE_SECONDS,
        )
        for one in scenes
    ]


def _seconds(text: str, measure: Callable[[str], float] | None, rate: float) -> float:
    measured = attempt(partial(measure, text)) if measure else 0.0
    if isinstance(measured, Fault) or not measured:
        return word_count(text) / rate
    return measured


def _stretched(scenes: Sequence[PacedScene], wanted: float) -> list[PacedScene]:
    """Return scenes as long in all as is wanted, as far as their speech lets them be."""
    shortest, longest = reach(sum(one.seconds for one in scenes), len(scenes))
    stretch = min(max(wanted, shortest), longest) / length(scenes)
    return [
        replace(one, seconds=stretch * one.seconds, pause=stretch * one.pause) for one in scenes
    ]
