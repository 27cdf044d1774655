"""What speech in any language must be, figures among its words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from fakes.lent_style import lend

from videogen.domain.script import Scene
from videogen.domain.speech import VoicedScene
from videogen.voiceover import level as mastering
from videogen.voiceover.engines import VoiceSetup, voice_engine
from videogen.voiceover.speak import SpeechJob, speak_scene
from videogen.voiceover.voice import Voice


def spoken(voice: str, text: str, cache: Path, folder: Path) -> VoicedScene:
    """Speak a text in full, and hold it to what any speech must be."""
    lend(voice, cache)
    setup = VoiceSetup(cache, threads=1)
    speaker = Voice(voice_engine(setup), voice)
    scene = speaker.pace(Scene(1, text), 1.0, 0.6)
    job = SpeechJob(scene, setup, folder / "one.mp3", folder / "one.flac")
    made = speak_scene(job)
    samples, rate = soundfile.read(made.master_path, dtype="float32")
    assert len(samples) / rate == pytest.approx(made.seconds, abs=0.001)
    assert made.seconds == speaker.seconds(text, 1.0)
    assert mastering.loudness(samples, rate) == pytest.approx(-16, abs=1)
    assert np.mean(np.abs(samples) > 0.01) > 0.4
    assert made.audio_path.stat().st_size > 1000
    assert [word.start for word in made.words] == sorted(word.start for word in made.words)
    assert 0 < made.words[-1].end <= made.seconds
    return made
