"""The voiceover: each scene's text to an MP3, a lossless master and the times of its words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from videogen import serialization
from videogen.domain import Pronounced, Utterance, Voiceover
from videogen.errors import VoiceError
from videogen.language.sentences import word_count
from videogen.language.speech.text import Passage, passages, sanitize, shown_words, spoken_text
from videogen.voiceover import level as mastering
from videogen.voiceover.engines import VoiceSetup, voice_engine
from videogen.voiceover.engines.base import VoiceEngine
from videogen.voiceover.engines.catalogue import language_of

_FIRST_WORDS = (Pronounced("Oh.", "O."),)


@dataclass(frozen=True, slots=True)
class SceneText:
    """A scene's text made ready to be spoken: what is shown with what is said, and how it sounds."""

    number: int
    passages: tuple[Passage, ...]
    utterance: Utterance


@dataclass(frozen=True, slots=True)
class SpeechJob:
    """One scene to speak, picklable: its text, which engine speaks it, and where it goes."""

    scene: SceneText
    setup: VoiceSetup
    speed: float
    audio_path: Path
    master_path: Path


@dataclass(frozen=True, slots=True)
class VoiceRate:
    """How fast a voice speaks at speed 1, as measured on a text of its language."""

    words_per_second: float


def ready(engine: VoiceEngine, number: int, text: str, voice: str) -> SceneText:
    """Make a scene's text as written ready to be spoken.

    Raises:
        VoiceError: the text can't be spoken; names the scene.
    """
    parts = passages(text, language_of(voice).code)
    with _naming(number):
        return SceneText(number, parts, engine.pronounce(spoken_text(parts), voice))


def load_voice(setup: VoiceSetup, voice: str) -> None:
    """Load in this process what speaking takes, so that its first scene need not wait.

    Raises:
        VoiceError: something of it is missing.
    """
    speech = voice_engine(setup).speak(Utterance(voice, _FIRST_WORDS), 1.0)
    mastering.level(speech.samples, speech.sample_rate)


def speak_scene(job: SpeechJob) -> Voiceover:
    """Speak one scene and write its two files; runs in any process, which keeps its engine.

    Raises:
        VoiceError: the text can't be spoken, or a file can't be written; names the scene.
    """
    scene = job.scene
    with _naming(scene.number):
        speech = voice_engine(job.setup).speak(scene.utterance, job.speed)
        samples = mastering.level(speech.samples, speech.sample_rate)
        mastering.write_master(samples, speech.sample_rate, job.master_path)
        mastering.write_mp3(samples, speech.sample_rate, job.audio_path)
    return Voiceover(
        scene_number=scene.number,
        text=spoken_text(scene.passages),
        voice=scene.utterance.voice,
        speed=job.speed,
        audio_path=job.audio_path,
        master_path=job.master_path,
        duration=speech.duration,
        words=shown_words(scene.passages, speech.words),
    )


@contextmanager
def _naming(scene_number: int) -> Iterator[None]:
    """Say in an error which scene it is about."""
    try:
        yield
    except VoiceError as exc:
        where = f"scene {scene_number}"
        raise VoiceError(
            exc.what, where=f"{where}, {exc.where}" if exc.where else where, cure=exc.cure
        ) from exc


def scene_seconds(engine: VoiceEngine, text: str, voice: str, speed: float) -> float:
    """Return how long a scene's text as written will be once spoken, in seconds.

    Raises:
        VoiceError: the text can't be spoken.
    """
    spoken = sanitize(text, language_of(voice).code)
    return engine.measure(engine.pronounce(spoken, voice), speed)


def voice_rate(engine: VoiceEngine, voice: str, cache_folder: Path) -> float:
    """Return the words a second of a voice at speed 1, measured once and kept.

    Raises:
        VoiceError: there is no such voice.
    """
    kept = cache_folder / "voice-rates" / f"{engine.name}-{voice}.json"
    rate = serialization.load(VoiceRate, kept)
    if rate is None:
        sample = language_of(voice).sample
        rate = VoiceRate(word_count(sample) / engine.measure(engine.pronounce(sample, voice), 1.0))
        serialization.save(kept, rate)
    return rate.words_per_second
