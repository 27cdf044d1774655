"""A stand-in for a voice where only lengths matter: seconds by letters, in whole 25 ms frames."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from videogen.domain.script import Script
from videogen.domain.speech import scene_frames
from videogen.script.pacing import Pacing, fit

FPS = Fraction(30)
SECONDS_PER_LETTER = 0.066
SECONDS_PER_SENTENCE = 0.35
# As Kokoro does, whose pauses and shortest sounds stay: 1.12 is worth 1.07, 0.9 is worth 0.94.
HASTE = 0.6


def seconds(text: str, speed: float = 1.0) -> float:
    letters = sum(len(word) for word in text.split())
    spoken = letters * SECONDS_PER_LETTER + text.count(".") * SECONDS_PER_SENTENCE
    return round(spoken / math.pow(speed, HASTE) * 40) / 40


def finished(spoken: Sequence[float], pacing: Pacing) -> float:
    """Return how long the video is whose scenes were spoken in so many seconds each."""
    pairs = zip(spoken, pacing.pauses, strict=True)
    return float(sum(scene_frames(audio, pause, FPS) for audio, pause in pairs) / FPS)


def video_seconds(script: Script, target: float) -> tuple[float, Pacing]:
    """Return how long a script's video is when it is fitted to `target`, and its pacing."""
    texts = [scene.text for scene in script.scenes]
    pacing = fit(lambda speed: [seconds(text, speed) for text in texts], target, FPS)
    return finished([seconds(text, pacing.speed) for text in texts], pacing), pacing
