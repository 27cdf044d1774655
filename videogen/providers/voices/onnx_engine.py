"""Kokoro-82M through ONNX Runtime: the default engine, offline and without torch.

The model decides how long every phoneme lasts before it makes a sound. That first part of it,
a sixtieth of the work, is kept as a graph of its own: it tells a text's exact length.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from videogen.errors import VoiceError
from videogen.providers.base import Speech
from videogen.providers.voices.catalogue import Language, language_of
from videogen.providers.voices.model import DURATION_OUTPUT, ModelFiles, model_files
from videogen.providers.voices.phonemes import Pronounce, Pronounced, check_script, pronouncer
from videogen.providers.voices.style import ready_voices, style
from videogen.providers.voices.timing import (
    FRAME_SAMPLES,
    SAMPLE_RATE,
    Batch,
    TimedBatch,
    batches,
    cut,
    length,
    word_times,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SLOWEST, FASTEST = 0.5, 2.0

# What is 40 dB below the loudest is silence; a little is kept before the first sound.
_SILENCE = 0.01
_LEAD_SECONDS = 0.03
_STEP_SAMPLES = 120

# Without it the arena keeps the largest batch's memory for good, and grows with each larger one.
_SHRINK = ("memory.enable_memory_arena_shrinkage", "cpu:0")


class OnnxVoice:
    """Speaks with Kokoro's int8 export.

    `threads` is how many one inference may use; 0 is one a core. Graphs are loaded on first use.
    """

    name = "onnx"

    def __init__(
        self,
        cache_folder: Path,
        model: Path | None = None,
        pronunciations: Mapping[str, str] | None = None,
        threads: int = 0,
    ) -> None:
        self._cache_folder = cache_folder
        self._pronunciations = pronunciations or {}
        self._threads = threads
        self._files: Callable[[], ModelFiles] = cache(partial(model_files, cache_folder, model))
        self._session = cache(self._load)
        self._style = cache(partial(style, cache_folder=cache_folder))
        self._pronouncer = cache(self._pronounce_in)

    def voices(self) -> Sequence[str]:
        """Return the voices that need no network now."""
        return ready_voices(self._cache_folder)

    def measure(self, text: str, voice: str, speed: float) -> float:
        """Return the exact seconds that `speak` makes, at a sixtieth of its work."""
        parts = self._split(text, voice, speed)[1]
        timed = []
        for batch in parts:
            (frames,) = self._run(self._files().durations, [DURATION_OUTPUT], batch, voice, speed)
            timed.append(cut(batch, frames[0].tolist(), speed, last=batch is parts[-1]))
        return length(timed) / SAMPLE_RATE

    def speak(self, text: str, voice: str, speed: float) -> Speech:
        """Speak a text of any length, its words timed by the model's own durations."""
        import numpy as np

        words, parts = self._split(text, voice, speed)
        timed: list[TimedBatch] = []
        sounds: list[NDArray[np.float32]] = []
        for batch in parts:
            audio, frames = self._run(
                self._files().speech, ["audio", DURATION_OUTPUT], batch, voice, speed
            )
            part = cut(batch, frames[0].tolist(), speed, last=batch is parts[-1])
            timed.append(part)
            sounds.append(audio.ravel()[part.first * FRAME_SAMPLES : part.end * FRAME_SAMPLES])
        samples, moved = _begin_with_speech(np.concatenate(sounds))
        return Speech(samples, SAMPLE_RATE, word_times(words, timed, moved / SAMPLE_RATE))

    def _split(
        self, text: str, voice: str, speed: float
    ) -> tuple[Sequence[Pronounced], tuple[Batch, ...]]:
        if not SLOWEST <= speed <= FASTEST:
            raise VoiceError(
                f"The voice can't speak at speed {speed:g}",
                cure=f"Take a speed from {SLOWEST:g} to {FASTEST:g}.",
            )
        language = language_of(voice)
        check_script(text, language)
        words = self._pronouncer(language)(text)
        parts = batches(words, frozenset(_vocabulary()))
        if not parts:
            raise VoiceError("There is nothing to speak in the text", where=text[:40])
        return words, parts

    def _run(
        self, graph: Path, outputs: list[str], batch: Batch, voice: str, speed: float
    ) -> list[Any]:
        import numpy as np
        from onnxruntime import RunOptions

        vocabulary = _vocabulary()
        tokens = [vocabulary[phoneme] for phoneme in batch.phonemes]
        styles = self._style(voice)
        given = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": styles[[min(len(tokens), len(styles)) - 1]],
            "speed": np.array([speed], np.float32),
        }
        options = RunOptions()
        options.add_run_config_entry(*_SHRINK)
        found: list[Any] = self._session(graph).run(outputs, given, options)
        return found

    def _load(self, graph: Path) -> Any:
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        return InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def _pronounce_in(self, language: Language) -> Pronounce:
        return pronouncer(language, self._pronunciations)


@cache
def _vocabulary() -> dict[str, int]:
    from kokoro_onnx.config import DEFAULT_VOCAB

    return dict(DEFAULT_VOCAB)


def _begin_with_speech(samples: NDArray[np.float32]) -> tuple[NDArray[np.float32], int]:
    """Move the speech to the beginning, the silence before it to the end; the length stays.

    Returns the samples and by how many they were moved.
    """
    import numpy as np

    steps = samples[: len(samples) // _STEP_SAMPLES * _STEP_SAMPLES].reshape(-1, _STEP_SAMPLES)
    loudness = np.sqrt(np.mean(steps**2, axis=1))
    first = int(np.argmax(loudness > _SILENCE * loudness.max())) * _STEP_SAMPLES
    moved = max(0, first - int(_LEAD_SECONDS * SAMPLE_RATE))
    return np.concatenate([samples[moved:], np.zeros(moved, np.float32)]), moved
