"""One voice of an engine: every text is made ready for it once, however often it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from videogen import serialization
from videogen.domain.script import Scene
from videogen.domain.speech import PacedScene, Passage, Utterance
from videogen.errors import VoiceError
from videogen.language.speech.text import passages, spoken_text
from videogen.language.words import word_count
from videogen.voiceover.engines.base import VoiceEngine
from videogen.voiceover.engines.catalogue import language_of

# Words a second in English: of the five voices that were measured.
USUAL_RATE = 3.15

Ready = tuple[tuple[Passage, ...], Utterance]


@dataclass(frozen=True, slots=True)
class VoiceRate:
    """How fast a voice speaks at speed 1, as measured on a text of its language."""

    words_per_second: float


@contextmanager
def naming(scene_number: int) -> Iterator[None]:
    """Say in an error of the voice which scene it is about."""
    try:
        yield
    except VoiceError as exc:
        where = f"scene {scene_number}"
        raise VoiceError(
            exc.what, where=f"{where}, {exc.where}" if exc.where else where, cure=exc.cure
        ) from exc


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice by name; `recorded` are the seconds of scenes that a person has spoken, by number.

    Raises:
        VoiceError: there is no such voice, or it can't speak the text.
    """

    engine: VoiceEngine
    name: str
    recorded: Mapping[int, float] = field(default_factory=dict)
    _ready: dict[str, Ready] = field(default_factory=dict, repr=False)
    _seconds: dict[tuple[str, float], float] = field(default_factory=dict, repr=False)

    def ready(self, text: str) -> Ready:
        """Return a text as written with what is said for it and how that sounds."""
        if text not in self._ready:
            parts = passages(text, language_of(self.name).code)
            self._ready[text] = parts, self.engine.pronounce(spoken_text(parts), self.name)
        return self._ready[text]

    def seconds(self, text: str, speed: float) -> float:
        """Return how long a text as written will be once spoken."""
        key = text, speed
        if key not in self._seconds:
            self._seconds[key] = self.engine.measure(self.ready(text)[1], speed)
        return self._seconds[key]

    def pace(self, scene: Scene, speed: float, pause: float) -> PacedScene:
        """Return a scene as it will be spoken, or was by a person, who has a speed of their own."""
        with naming(scene.number):
            parts, utterance = self.ready(scene.text)
            if scene.number in self.recorded:
                return PacedScene(scene, parts, utterance, 1.0, self.recorded[scene.number], pause)
            seconds = self.seconds(scene.text, speed)
            return PacedScene(scene, parts, utterance, speed, seconds, pause)

    def rate(self, cache_folder: Path) -> float:
        """Return the words as written a second at speed 1, measured once a text and kept."""
        sample = language_of(self.name).sample
        return serialization.once(
            _rate_path(cache_folder, self.engine.name, self.name),
            VoiceRate,
            lambda: VoiceRate(word_count(sample) / self.seconds(sample, 1.0)),
        ).words_per_second


def known_rate(cache_folder: Path, engine: str, voice: str) -> float:
    """Return a voice's rate where it was measured before, else that of the voices in general."""
    kept = serialization.load(VoiceRate, _rate_path(cache_folder, engine, voice))
    return kept.words_per_second if kept else USUAL_RATE


def _rate_path(cache_folder: Path, engine: str, voice: str) -> Path:
    sample = serialization.digest(language_of(voice).sample)
    return cache_folder / "voice-rates" / f"{engine}-{voice}-{sample}.json"
