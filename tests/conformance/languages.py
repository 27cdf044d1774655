"""What speech in any language must be, figures among its words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from fakes.lent_style import lend

from videogen.domain import Voiceover
from videogen.voiceover import level as mastering
from videogen.voiceover.engines import VoiceSetup, voice_engine
from videogen.voiceover.speak import SpeechJob, ready, scene_seconds, speak_scene


def spoken(voice: str, text: str, cache: Path, folder: Path) -> Voiceover:
    """Speak a text in full, and hold it to what any speech must be."""
    lend(voice, cache)
    setup = VoiceSetup(cache, threads=1)
    scene = ready(voice_engine(setup), 1, text, voice)
    job = SpeechJob(scene, setup, 1.0, folder / "one.mp3", folder / "one.flac")
    made = speak_scene(job)
    samples, rate = soundfile.read(made.master_path, dtype="float32")
    assert len(samples) / rate == pytest.approx(made.duration, abs=0.001)
    assert made.duration == scene_seconds(voice_engine(setup), text, voice, 1.0)
    assert mastering.loudness(samples, rate) == pytest.approx(-16, abs=1)
    assert np.mean(np.abs(samples) > 0.01) > 0.4
    assert made.audio_path.stat().st_size > 1000
    assert [word.start for word in made.words] == sorted(word.start for word in made.words)
    assert 0 < made.words[-1].end <= made.duration
    return made
