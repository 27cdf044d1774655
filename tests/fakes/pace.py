"""A stand-in for a voice where only lengths matter: seconds by letters, in whole 25 ms frames."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from videogen.domain.script import Scene, Script
from videogen.domain.speech import PacedScene, Utterance, scene_frames
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


def paced(seconds: float, speed: float = 1.0, number: int = 1) -> PacedScene:
    """Return a scene that lasts so many seconds, without its pause."""
    return PacedScene(Scene(number, ""), (), Utterance("", ()), speed, seconds, 0.0)


def finished(scenes: Sequence[PacedScene], rate: Fraction = FPS) -> float:
    """Return how long the video of these scenes is."""
    return float(sum(scene_frames(one.seconds, one.pause, rate) for one in scenes) / rate)


def video_seconds(script: Script, target: float) -> tuple[float, Pacing]:
    """Return how long a script's video is when it is fitted to `target`, and its pacing."""
    texts = [scene.text for scene in script.scenes]
    pacing = fit(lambda speed: [paced(seconds(text, speed), speed) for text in texts], target, FPS)
    return finished(pacing.scenes), pacing
