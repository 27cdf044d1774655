"""Kokoro-82M as a voice engine, whichever library runs the network.

The network decides how long every phoneme lasts before it makes a sound, so a text's exact length
is known for a small part of the work of speaking it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from videogen.domain.speech import FASTEST_VOICE, SLOWEST_VOICE, Pronounced, Utterance
from videogen.errors import VoiceError
from videogen.voiceover.engines.base import Speech
from videogen.voiceover.engines.catalogue import Language, language_of
from videogen.voiceover.engines.phonemes import Pronounce, check_script, pronouncer
from videogen.voiceover.engines.style import ready_voices, style
from videogen.voiceover.engines.timing import (
    FRAME_SAMPLES,
    SAMPLE_RATE,
    Batch,
    TimedBatch,
    batches,
    cut,
    length,
    word_times,
)

# What is 40 dB below the loudest is silence; a little is kept before the first sound.
_SILENCE = 0.01
_LEAD_SECONDS = 0.03
_STEP_SAMPLES = 120


class Network(Protocol):
    """Runs the model on tokens with a pad first and last; `style` is one row of 256 numbers."""

    def prepare(self) -> None:
        """Have the model lie ready on the disk."""
        ...

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """The phonemes that the model knows, with their tokens."""
        ...

    def durations(
        self, tokens: Sequence[int], style: NDArray[np.float32], speed: float
    ) -> list[int]:
        """Return the frames that each token gets."""
        ...

    def speak(
        self, tokens: Sequence[int], style: NDArray[np.float32], speed: float
    ) -> tuple[NDArray[np.float32], list[int]]:
        """Return samples at 24 kHz and the frames of 600 samples that each token got."""
        ...


class KokoroVoice:
    """Speaks through a network; `pronunciations` are the user's own phonemes for words."""

    def __init__(
        self, name: str, network: Network, cache_folder: Path, pronunciations: Mapping[str, str]
    ) -> None:
        self.name = name
        self._network = network
        self._cache_folder = cache_folder
        self._pronunciations = pronunciations
        self._style = cache(partial(style, cache_folder=cache_folder))
        self._pronouncer = cache(self._pronounce_in)

    def voices(self) -> Sequence[str]:
        """Return the voices that need no network now."""
        return ready_voices(self._cache_folder)

    def prepare(self) -> None:
        """Have the model lie ready on the disk."""
        self._network.prepare()

    def pronounce(self, text: str, voice: str) -> Utterance:
        """Return a text as the model's phonemes; the language's library is loaded on first use."""
        language = language_of(voice)
        check_script(text, language)
        words = tuple(self._pronouncer(language)(text))
        if not self._batches(words):
            raise VoiceError("There is nothing to speak in the text", where=text[:40])
        return Utterance(voice, words)

    def measure(self, utterance: Utterance, speed: float) -> float:
        """Return the exact seconds that `speak` makes, for a small part of its work."""
        _check(speed)
        parts = self._batches(utterance.words)
        timed = [
            cut(
                batch,
                self._network.durations(*self._inputs(batch, utterance.voice), speed),
                speed,
                last=batch is parts[-1],
            )
            for batch in parts
        ]
        return length(timed) / SAMPLE_RATE

    def speak(self, utterance: Utterance, speed: float) -> Speech:
        """Speak a text of any length, its words timed by the model's own durations."""
        _check(speed)
        parts = self._batches(utterance.words)
        timed: list[TimedBatch] = []
        sounds: list[NDArray[np.float32]] = []
        for batch in parts:
            audio, frames = self._network.speak(*self._inputs(batch, utterance.voice), speed)
            part = cut(batch, frames, speed, last=batch is parts[-1])
            timed.append(part)
            sounds.append(audio[part.first * FRAME_SAMPLES : part.end * FRAME_SAMPLES])
        samples, moved = _begin_with_speech(np.concatenate(sounds))
        words = word_times(utterance.words, timed, moved / SAMPLE_RATE)
        return Speech(samples, SAMPLE_RATE, words)

    def _batches(self, words: Sequence[Pronounced]) -> tuple[Batch, ...]:
        return batches(words, frozenset(self._network.vocabulary))

    def _inputs(self, batch: Batch, voice: str) -> tuple[list[int], NDArray[np.float32]]:
        tokens = [self._network.vocabulary[phoneme] for phoneme in batch.phonemes]
        styles = self._style(voice)
        return [0, *tokens, 0], styles[min(len(tokens), len(styles)) - 1]

    def _pronounce_in(self, language: Language) -> Pronounce:
        return pronouncer(language, self._pronunciations)


def _check(speed: float) -> None:
    if not SLOWEST_VOICE <= speed <= FASTEST_VOICE:
        raise VoiceError(
            f"The voice can't speak at speed {speed:g}",
            cure=f"Take a speed from {SLOWEST_VOICE:g} to {FASTEST_VOICE:g}.",
        )


def _begin_with_speech(samples: NDArray[np.float32]) -> tuple[NDArray[np.float32], int]:
    """Move the speech to the beginning, the silence before it to the end; the length stays.

    Returns the samples and by how many they were moved.
    """
    steps = samples[: len(samples) // _STEP_SAMPLES * _STEP_SAMPLES].reshape(-1, _STEP_SAMPLES)
    loudness = np.sqrt(np.mean(steps**2, axis=1))
    first = int(np.argmax(loudness > _SILENCE * loudness.max())) * _STEP_SAMPLES
    moved = max(0, first - int(_LEAD_SECONDS * SAMPLE_RATE))
    return np.concatenate([samples[moved:], np.zeros(moved, np.float32)]), moved
