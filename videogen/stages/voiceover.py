"""The voiceover: each scene's text to an MP3, a lossless master and the times of its words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from videogen import codec
from videogen.domain import Voiceover
from videogen.errors import VoiceError
from videogen.prose import word_count
from videogen.providers.base import VoiceEngine
from videogen.providers.voices import VoiceSetup, voice_engine
from videogen.providers.voices.catalogue import language_of
from videogen.stages import mastering
from videogen.stages.speech.text import passages, sanitize, shown_words


@dataclass(frozen=True, slots=True)
class SpeechJob:
    """One scene to speak, picklable: its text as written, who speaks it, and where it goes."""

    scene_number: int
    text: str
    setup: VoiceSetup
    voice: str
    speed: float
    audio_path: Path
    master_path: Path


@dataclass(frozen=True, slots=True)
class VoiceRate:
    """How fast a voice speaks at speed 1, as measured on a text of its language."""

    words_per_second: float


def speak_scene(job: SpeechJob) -> Voiceover:
    """Speak one scene and write its two files; runs in any process, which keeps its engine.

    Raises:
        VoiceError: the text can't be spoken, or a file can't be written; names the scene.
    """
    engine = voice_engine(job.setup)
    parts = passages(job.text, language_of(job.voice).code)
    text = " ".join(word for part in parts for word in part.spoken)
    try:
        speech = engine.speak(text, job.voice, job.speed)
        samples = mastering.level(speech.samples, speech.sample_rate)
        mastering.write_master(samples, speech.sample_rate, job.master_path)
        mastering.write_mp3(samples, speech.sample_rate, job.audio_path)
    except VoiceError as exc:
        where = f"scene {job.scene_number}"
        raise VoiceError(
            exc.what, where=f"{where}, {exc.where}" if exc.where else where, cure=exc.cure
        ) from exc
    return Voiceover(
        scene_number=job.scene_number,
        text=text,
        voice=job.voice,
        speed=job.speed,
        audio_path=job.audio_path,
        master_path=job.master_path,
        duration=speech.duration,
        words=shown_words(parts, speech.words),
    )


def scene_seconds(engine: VoiceEngine, text: str, voice: str, speed: float) -> float:
    """Return how long a scene's text as written will be once spoken, in seconds.

    Raises:
        VoiceError: the text can't be spoken.
    """
    return engine.measure(sanitize(text, language_of(voice).code), voice, speed)


def voice_rate(engine: VoiceEngine, voice: str, cache_folder: Path) -> float:
    """Return the words a second of a voice at speed 1, measured once and kept.

    Raises:
        VoiceError: there is no such voice.
    """
    kept = cache_folder / "voice-rates" / f"{engine.name}-{voice}.json"
    rate = codec.load(VoiceRate, kept)
    if rate is None:
        sample = language_of(voice).sample
        rate = VoiceRate(word_count(sample) / engine.measure(sample, voice, 1.0))
        codec.save(kept, rate)
    return rate.words_per_second
