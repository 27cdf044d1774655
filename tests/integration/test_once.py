"""What costs time is done once a run, however many stages ask for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from videogen.domain.script import Brief
from videogen.domain.speech import Utterance
from videogen.language.english import load_english
from videogen.script.narrate import narrate
from videogen.script.writers.outline import OutlineWriter
from videogen.voiceover.engines import VoiceSetup, voice_engine
from videogen.voiceover.engines.base import Speech, VoiceEngine
from videogen.voiceover.voice import Voice


class Counted:
    """The real engine, and how often it was asked to pronounce each text."""

    def __init__(self, engine: VoiceEngine) -> None:
        self.name = engine.name
        self.pronounced: Counter[str] = Counter()
        self._engine = engine

    def voices(self) -> Sequence[str]:
        return self._engine.voices()

    def prepare(self) -> None:
        self._engine.prepare()

    def pronounce(self, text: str, voice: str) -> Utterance:
        self.pronounced[text] += 1
        return self._engine.pronounce(text, voice)

    def measure(self, utterance: Utterance, speed: float) -> float:
        return self._engine.measure(utterance, speed)

    def speak(self, utterance: Utterance, speed: float) -> Speech:
        return self._engine.speak(utterance, speed)


@pytest.mark.parametrize("seconds", [30.0, 45.0])
def test_every_text_is_sanitised_and_pronounced_once(voice_cache: Path, seconds: float) -> None:
    engine = Counted(voice_engine(VoiceSetup(voice_cache)))
    voice = Voice(engine, "af_sky")
    brief = Brief("Tides", seconds, 2.9)

    told = narrate(brief, OutlineWriter(), voice, 1.0, Fraction(30), fit=False)

    assert set(engine.pronounced.values()) == {1}
    assert {scene.spoken_text for scene in told.scenes} <= engine.pronounced.keys()


def test_the_english_pipeline_is_read_from_the_disk_once() -> None:
    assert load_english() is load_english()
