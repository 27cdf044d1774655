"""Kokoro's int8 export on ONNX Runtime: the default, offline and without torch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from kokoro_onnx.config import DEFAULT_VOCAB
from numpy.typing import NDArray
from onnxruntime import InferenceSession, RunOptions, SessionOptions

from videogen.voiceover.engines.graph import DURATION_OUTPUT
from videogen.voiceover.engines.model import ModelFiles, model_files

# Without it the arena keeps the largest batch's memory for good, and grows with each larger one.
_SHRINK = ("memory.enable_memory_arena_shrinkage", "cpu:0")


class OnnxNetwork:
    """The model as two graphs, each loaded on first use: durations alone, and speech.

    `threads` is how many one inference may use; 0 is one a core.
    """

    def __init__(self, cache_folder: Path, model: Path | None, threads: int) -> None:
        self._threads = threads
        self._files: Callable[[], ModelFiles] = cache(partial(model_files, cache_folder, model))
        self._session = cache(self._load)

    def prepare(self) -> None:
        """Make the two graphs where they do not lie in the cache yet."""
        self._files()

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """The phonemes that the model knows, with their tokens."""
        return dict(DEFAULT_VOCAB)

    def durations(
        self, tokens: Sequence[int], style: NDArray[np.float32], speed: float
    ) -> list[int]:
        """Return the frames that each token gets, at a small part of the work of speaking."""
        (frames,) = self._run(self._files().durations, [DURATION_OUTPUT], tokens, style, speed)
        return [int(count) for count in frames[0]]

    def speak(
        self, tokens: Sequence[int], style: NDArray[np.float32], speed: float
    ) -> tuple[NDArray[np.float32], list[int]]:
        """Return samples at 24 kHz and the frames that each token got."""
        outputs = ["audio", DURATION_OUTPUT]
        audio, frames = self._run(self._files().speech, outputs, tokens, style, speed)
        return audio.ravel(), [int(count) for count in frames[0]]

    def _run(
        self,
        graph: Path,
        outputs: list[str],
        tokens: Sequence[int],
        style: NDArray[np.float32],
        speed: float,
    ) -> list[Any]:
        given = {
            "tokens": np.array([tokens], np.int64),
            "style": style[np.newaxis],
            "speed": np.array([speed], np.float32),
        }
        options = RunOptions()
        options.add_run_config_entry(*_SHRINK)
        found: list[Any] = self._session(graph).run(outputs, given, options)
        return found

    def _load(self, graph: Path) -> Any:
        options = SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        # Every text has another length, so that no plan of the memory serves twice.
        options.enable_mem_pattern = False
        return InferenceSession(graph, options, providers=["CPUExecutionProvider"])
