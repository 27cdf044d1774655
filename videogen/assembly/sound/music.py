"""Music under the narration: piece after piece without a seam, quieter while someone speaks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import cycle, pairwise
from pathlib import Path

import numpy as np

from videogen.assembly.sound.track import LAYOUT, SAMPLE_RATE
from videogen.media.audio import Samples, decoded, loudness

# Loudness against the finished narration's, in pauses and under speech.
_IN_PAUSES_LU = -11.0
_DUCKED_LU = -20.0
_SEAM_SAMPLES = 2 * SAMPLE_RATE
_FADE_IN_SAMPLES = SAMPLE_RATE
_FADE_OUT_SAMPLES = 3 * SAMPLE_RATE

_HOP = SAMPLE_RATE // 100
_SPEECH_RMS = 10 ** (-45 / 20)
# Seconds: music gives way at once, and comes back only after a real pause.
_ATTACK, _HOLD, _RELEASE = 0.06, 0.45, 0.5


class MusicBed:
    """The music of one cut of `samples` samples, asked for block by block beside the narration.

    The pieces are made equally loud and follow each other over and over.

    Raises:
        AssemblyError: a file holds no sound that can be read.
    """

    def __init__(self, paths: Sequence[Path], narration_lufs: float, samples: int) -> None:
        self._samples = samples
        self._music = _played(paths)
        self._held: Samples = np.zeros((0, 2), np.float32)
        self._position = 0
        self._ducking = Ducking()
        self._gain = 10 ** (narration_lufs / 20)

    def under(self, voice: Samples) -> Samples:
        """Return the music for the next `len(voice)` samples of mono narration, samples x 2."""
        block = self._take(len(voice)) * self._gain
        block *= self._ducking.gains(voice)[:, None]
        block *= self._ends(len(voice))[:, None]
        self._position += len(voice)
        return block

    def _take(self, count: int) -> Samples:
        parts = [self._held]
        while sum(map(len, parts)) < count:
            parts.append(next(self._music))
        held = np.concatenate(parts)
        self._held = held[count:]
        return held[:count]

    def _ends(self, count: int) -> Samples:
        at = np.arange(self._position, self._position + count)
        rising = at / _FADE_IN_SAMPLES
        falling = (self._samples - at) / _FADE_OUT_SAMPLES
        return np.clip(np.minimum(rising, falling), 0, 1).astype(np.float32)


class Ducking:
    """Gains that follow speech, continuous from block to block."""

    def __init__(self) -> None:
        self._gain = 1.0
        self._quiet_seconds = math.inf

    def gains(self, voice: Samples) -> Samples:
        """Return the music's gain at each sample of a block of mono narration."""
        starts = range(0, len(voice), _HOP)
        edges = [self._gain, *(self._step(voice[start : start + _HOP]) for start in starts)]
        return np.interp(np.arange(len(voice)), [*starts, len(voice)], edges).astype(np.float32)

    def _step(self, hop: Samples) -> float:
        seconds = len(hop) / SAMPLE_RATE
        speaks = math.sqrt(float(np.mean(hop * hop))) > _SPEECH_RMS
        self._quiet_seconds = 0.0 if speaks else self._quiet_seconds + seconds
        ducked = self._quiet_seconds < _HOLD
        target = 10 ** ((_DUCKED_LU if ducked else _IN_PAUSES_LU) / 20)
        reach = 1 - math.exp(-seconds / (_ATTACK if target < self._gain else _RELEASE))
        self._gain += (target - self._gain) * reach
        return self._gain


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of music: its file, its length in samples, and what makes it 0 LUFS."""

    path: Path
    length: int
    gain: float


def _measured(path: Path) -> _Piece:
    length = 0

    def counted() -> Iterator[Samples]:
        nonlocal length
        for block in decoded(path, SAMPLE_RATE, LAYOUT):
            length += len(block)
            yield block

    lufs = loudness(counted(), SAMPLE_RATE, LAYOUT)
    return _Piece(path, length, 10 ** (-lufs / 20))


def _played(paths: Sequence[Path]) -> Iterator[Samples]:
    """Yield the pieces over and over, each end mixed into the next beginning."""
    tail: Samples = np.zeros((0, 2), np.float32)
    # The next piece is measured when the one before it begins, so that no more are than are heard.
    for piece, following in pairwise(map(cache(_measured), cycle(paths))):
        seam = min(_SEAM_SAMPLES, piece.length // 2, following.length // 2)
        blocks = (block * piece.gain for block in decoded(piece.path, SAMPLE_RATE, LAYOUT))
        held = _overlapped(tail, blocks)
        tail = np.zeros((0, 2), np.float32)
        for block in held:
            joined = np.concatenate([tail, block])
            keep = min(len(joined), seam)
            yield joined[: len(joined) - keep]
            tail = joined[len(joined) - keep :]


def _overlapped(tail: Samples, blocks: Iterator[Samples]) -> Iterator[Samples]:
    """Yield blocks with a fading `tail` laid over their beginning, of equal power throughout."""
    turn = np.linspace(0, math.pi / 2, len(tail), dtype=np.float32)[:, None]
    at = 0
    for block in blocks:
        reach = min(len(block), len(tail) - at)
        if reach > 0:
            over = slice(at, at + reach)
            block[:reach] = block[:reach] * np.sin(turn[over]) + tail[over] * np.cos(turn[over])
            at += reach
        yield block
