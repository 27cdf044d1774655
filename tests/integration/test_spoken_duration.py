"""The length that was asked for, by the real voice's own lengths."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes.groq import KEY, FakeGroq
from fakes.pace import FPS, finished

from videogen.domain.script import Brief, Script
from videogen.language.speech.text import sanitize
from videogen.script.pacing import Pacing, fit
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
) -> tuple[Script, Pacing]:
    def measure(text: str) -> float:
        return Voice(engine, VOICE).seconds(text, 1.0)

    script = write_script(Brief("Modern naval warfare", target, rate), writer, measure)
    texts = [scene.text for scene in script.scenes]
    return script, fit(
        lambda speed: [Voice(engine, VOICE).seconds(text, speed) for text in texts], target, FPS
    )


def test_the_outline_fills_a_minute_in_a_real_voice(engine: VoiceEngine, rate: float) -> None:
    script, pacing = paced(engine, OutlineWriter(), 60, rate)
    spoken = [Voice(engine, VOICE).seconds(one.text, pacing.speed) for one in script.scenes]
    assert finished(spoken, pacing) == pytest.approx(60, rel=0.005)


def test_a_model_that_wrote_too_little_fills_a_minute_of_real_speech(
    engine: VoiceEngine, rate: float
) -> None:
    with FakeGroq("short", "exact") as groq:
        script, pacing = paced(engine, ChatWriter(GroqChat(KEY, groq.url, "", 1)), 60, rate)
    spoken = [
        engine.speak(engine.pronounce(sanitize(scene.text, "en-us"), VOICE), pacing.speed).duration
        for scene in script.scenes
    ]
    assert finished(spoken, pacing) == pytest.approx(60, rel=0.005)
    assert 0.9 <= pacing.speed <= 1.12
