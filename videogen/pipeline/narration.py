"""The words: what is said and how fast, settled before anything is spoken."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from fractions import Fraction

from videogen.db.facts import ScriptWritten, StageStarted
from videogen.domain import Brief, Progress, Scene, Script
from videogen.errors import VoiceError
from videogen.options import RunOptions
from videogen.pipeline import voicing
from videogen.pipeline.production import Production
from videogen.script.pacing import Pacing, as_written, fit, shortfall_note
from videogen.script.write import read_script, write_script
from videogen.script.writers import Assignment, choose
from videogen.serialization import digest, file_digest, once
from videogen.settings import Settings
from videogen.voiceover.engines import voice_engine
from videogen.voiceover.engines.base import VoiceEngine
from videogen.voiceover.engines.catalogue import language_of
from videogen.voiceover.speak import scene_seconds, voice_rate


@dataclass(frozen=True, slots=True)
class Narration:
    """A script with its pacing.

    `seconds` is what each scene's speech will last, 0 where the voice can't speak it; `pacing` has
    a pause for each of the others. `faults` says why those scenes stay silent.
    """

    script: Script
    seconds: tuple[float, ...]
    pacing: Pacing
    faults: tuple[str, ...]

    @property
    def spoken(self) -> tuple[Scene, ...]:
        """The scenes that the voice can speak."""
        return tuple(
            scene for scene, length in zip(self.script.scenes, self.seconds, strict=True) if length
        )

    @property
    def slots(self) -> tuple[tuple[Scene, float], ...]:
        """The scenes that are spoken, each with its seconds of speech and pause."""
        lengths = [length for length in self.seconds if length]
        return tuple(
            (scene, length + pause)
            for scene, length, pause in zip(self.spoken, lengths, self.pacing.pauses, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Pace:
    """A voice at a speed, which tells how long a text will last.

    Measuring is a fifth of a second and pacing asks for the same text again, so `known` keeps the
    seconds by text and speed.
    """

    engine: VoiceEngine
    voice: str
    speed: float
    known: dict[tuple[str, float], float] = field(default_factory=dict, compare=False)

    def seconds(self, text: str) -> float:
        """Return the seconds of a text, 0 where the voice can't speak it."""
        try:
            return self.known_seconds(text)
        except VoiceError:
            return 0.0

    def known_seconds(self, text: str) -> float:
        """Return the seconds of a text.

        Raises:
            VoiceError: the voice can't speak it.
        """
        key = (text, self.speed)
        if key not in self.known:
            self.known[key] = scene_seconds(self.engine, text, self.voice, self.speed)
        return self.known[key]


def write(production: Production, seconds: float, pool: Executor) -> Narration:
    """Write the narration that fills so many seconds, and record its scenes.

    Raises:
        ScriptError: no usable script could be had.
        VoiceError: there is no such voice, or it can speak none of the scenes.
    """
    options = production.options
    production.ledger.record(StageStarted("script"))
    production.observer.watch(Progress("script", 0, 1))
    source = file_digest(options.script) if options.script else ""
    wanted = (
        options.topic,
        seconds,
        options.fit,
        options.fps,
        options.model,
        *voicing.voice_of(options),
    )
    # The writer as it was asked for: whom `auto` finds may have changed when a run is resumed,
    # and what another one wrote and was paid for still stands.
    narration = once(
        production.checkpoint("narration", digest(options.writer, source, *wanted)),
        Narration,
        lambda: _narrate(production, seconds, pool),
    )
    production.ledger.record(ScriptWritten(narration.script))
    if narration.script.note:
        production.warnings.append(narration.script.note)
    for fault in narration.faults:
        production.miss(fault)
    if shortfall := shortfall_note(narration.pacing, seconds):
        production.warnings.append(shortfall)
    production.observer.watch(Progress("script", 1, 1))
    return narration


def assignment(options: RunOptions, settings: Settings) -> Assignment:
    """Return what the run wants of a writer."""
    language = language_of(options.voice).code
    return Assignment(options.topic, language, settings, options.script, options.model)


def _narrate(production: Production, seconds: float, pool: Executor) -> Narration:
    options = production.options
    writer, reason = choose(options.writer, assignment(options, production.settings))
    production.observer.say(reason)
    engine = voice_engine(production.voice)
    engine.prepare()
    voicing.load(production, pool)
    rate = voice_rate(engine, options.voice, production.settings.cache_folder)
    language = language_of(options.voice).code
    brief = Brief(options.topic, seconds, rate * options.speed, language)
    own_pace = Pace(engine, options.voice, options.speed)
    by_hand = writer.name == "file"
    # A person's words all stay; any other script is written to the length that was asked for.
    script = (
        read_script(brief, writer) if by_hand else write_script(brief, writer, own_pace.seconds)
    )
    spoken, faults = _speakable(script, own_pace)
    if by_hand and not options.fit:
        pacing = as_written(len(spoken), options.speed)
    else:
        pacing = _fitted(spoken, own_pace, seconds, options.fps)
    pace = replace(own_pace, speed=pacing.speed)
    lengths = tuple(pace.seconds(scene.text) if scene in spoken else 0.0 for scene in script.scenes)
    return Narration(script, lengths, pacing, faults)


def _fitted(scenes: Sequence[Scene], own: Pace, seconds: float, rate: Fraction) -> Pacing:
    def measure(speed: float) -> list[float]:
        pace = replace(own, speed=own.speed * speed)
        return [pace.seconds(scene.text) for scene in scenes]

    pacing = fit(measure, seconds, rate)
    return replace(pacing, speed=own.speed * pacing.speed)


def _speakable(script: Script, pace: Pace) -> tuple[tuple[Scene, ...], tuple[str, ...]]:
    spoken, faults = [], []
    for scene in script.scenes:
        try:
            pace.known_seconds(scene.text)
        except VoiceError as exc:
            faults.append(f"Scene {scene.number} is left out: {exc.what}")
        else:
            spoken.append(scene)
    if not spoken:
        raise VoiceError(
            "The voice can speak none of the scenes",
            where=faults[0],
            cure="Choose a voice that speaks the script's language: videogen voices",
        )
    return tuple(spoken), tuple(faults)
