"""The length that was asked for, by the real voice's own lengths."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.groq import KEY, FakeGroq
from fakes.pace import FPS, finished

from videogen.domain.script import Brief
from videogen.domain.speech import PacedScene
from videogen.script.pacing import fit
from videogen.script.write import write_script
from videogen.script.writers.base import ScriptWriter
from videogen.script.writers.chat import ChatWriter
from videogen.script.writers.groq import GroqChat
from videogen.script.writers.outline import OutlineWriter
from videogen.voiceover.engines import VoiceSetup, voice_engine
from videogen.voiceover.engines.base import VoiceEngine
from videogen.voiceover.voice import Voice

VOICE = "af_sky"


@pytest.fixture(scope="module")
def engine(voice_cache: Path) -> VoiceEngine:
    return voice_engine(VoiceSetup(voice_cache))


@pytest.fixture(scope="module")
def rate(engine: VoiceEngine, voice_cache: Path) -> float:
    return Voice(engine, VOICE).rate(voice_cache)


def paced(
    engine: VoiceEngine, writer: ScriptWriter, target: float, rate: float
) -> tuple[PacedScene, ...]:
    voice = Voice(engine, VOICE)
    brief = Brief("Modern naval warfare", target, rate)
    script = write_script(brief, writer, lambda text: voice.seconds(text, 1.0))
    return fit(
        lambda speed: [voice.pace(scene, speed, 0.0) for scene in script.scenes], target, FPS
    ).scenes


def test_the_outline_fills_a_minute_in_a_real_voice(engine: VoiceEngine, rate: float) -> None:
    scenes = paced(engine, OutlineWriter(), 60, rate)
    assert finished(scenes) == pytest.approx(60, rel=0.005)


def test_a_model_that_wrote_too_little_fills_a_minute_of_real_speech(
    engine: VoiceEngine, rate: float
) -> None:
    with FakeGroq("short", "exact") as groq:
        scenes = paced(engine, ChatWriter(GroqChat(KEY, groq.url, "", 1)), 60, rate)
    spoken = [
        replace(one, seconds=engine.speak(one.utterance, one.speed).duration) for one in scenes
    ]
    assert finished(spoken) == pytest.approx(60, rel=0.005)
    assert all(0.9 <= one.speed <= 1.12 for one in scenes)
