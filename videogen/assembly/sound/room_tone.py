"""The tone of a quiet room under everything, so that no pause is dead."""

from __future__ import annotations

import numpy as np

from videogen.assembly.sound.track import SAMPLE_RATE
from videogen.media.audio import Samples

# Heard by nobody under speech or music; a player's silence below it is what sounds like a fault.
LEVEL_DB = -56.0
_PERIOD_SAMPLES = 16 * SAMPLE_RATE
# Hz: a room has little rumble and air takes the highs away.
_LOWEST, _HIGHEST = 50.0, 9_000.0
# How much the two channels have in common, in power.
_SHARED = 0.6
_SEED = 20


class RoomTone:
    """Pink noise between two soft edges, asked for block by block; the same every time.

    It is made of whole waves, so that its end runs into its beginning.
    """

    def __init__(self) -> None:
        chance = np.random.default_rng(_SEED)
        shared, left, right = (_pink(chance) for _ in range(3))
        own = np.stack([left, right], axis=1) * np.sqrt(1 - _SHARED)
        stereo = own + shared[:, None] * np.sqrt(_SHARED)
        self._tone: Samples = (stereo * 10 ** (LEVEL_DB / 20)).astype(np.float32)
        self._position = 0

    def take(self, count: int) -> Samples:
        """Return the next samples, count x 2, at LEVEL_DB of full scale (RMS)."""
        at = np.arange(self._position, self._position + count) % _PERIOD_SAMPLES
        self._position += count
        return self._tone[at]


def _pink(chance: np.random.Generator) -> Samples:
    """Return one period of noise with an RMS of 1."""
    pitches = np.fft.rfftfreq(_PERIOD_SAMPLES, 1 / SAMPLE_RATE)
    edges = 1 / (1 + (_LOWEST / np.maximum(pitches, 1e-3)) ** 4) / (1 + (pitches / _HIGHEST) ** 4)
    waves = np.exp(2j * np.pi * chance.random(len(pitches))) * np.sqrt(
        edges / np.maximum(pitches, 1)
    )
    noise = np.fft.irfft(waves, _PERIOD_SAMPLES)
    return np.asarray(noise / np.sqrt(np.mean(noise**2)), np.float32)
