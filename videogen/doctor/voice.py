"""The voice: its model as expected, and a word really spoken."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from videogen.doctor.checks import Probe
from videogen.errors import VoiceError
from videogen.settings import Settings
from videogen.shell import reinstalling
from videogen.voiceover.engines import VoiceSetup, voice_engine
from videogen.voiceover.engines.catalogue import DEFAULT_VOICE
from videogen.voiceover.engines.model import PACKAGES, model_files

_WORD = "Hello."
_AUDIBLE = 0.05  # of full scale


def probes(settings: Settings) -> Iterator[Probe]:
    """Yield what speech needs."""
    cure = reinstalling(*PACKAGES, "onnxruntime")
    yield Probe("voice", "model", lambda: _model(settings), cure, required=True)
    yield Probe("voice", DEFAULT_VOICE, lambda: _word(settings), cure, required=True)


def _model(settings: Settings) -> str:
    speech = model_files(settings.cache_folder).speech
    return f"{speech.stat().st_size / 2**20:.0f} MiB, as expected"


def _word(settings: Settings) -> str:
    engine = voice_engine(VoiceSetup(settings.cache_folder))
    speech = engine.speak(engine.pronounce(_WORD, DEFAULT_VOICE), 1.0)
    if float(np.abs(speech.samples).max(initial=0.0)) < _AUDIBLE:
        raise VoiceError(f"{DEFAULT_VOICE} spoke and nothing is heard")
    return f"said “{_WORD}” in {len(speech.samples) / speech.sample_rate:.1f} s"
