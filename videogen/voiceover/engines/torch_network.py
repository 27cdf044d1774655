"""Kokoro's official package on PyTorch: the second engine, an extra of this package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from videogen.errors import VoiceError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REPOSITORY = "hexgrad/Kokoro-82M"
_CONFIG = "config.json"


class TorchNetwork:
    """`kokoro.KModel`; its weights come from the model's hub once, or from a file of the user's.

    `weights` is a `.pth` file with its `config.json` beside it; `threads` how many one inference
    may use, 0 is torch's own choice.
    """

    def __init__(self, weights: Path | None, threads: int) -> None:
        self._weights = weights
        self._threads = threads

    def prepare(self) -> None:
        """Fetch the weights where the hub's cache does not hold them yet."""
        self._model  # noqa: B018 - loading is what fetches them

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """The phonemes that the model knows, with their tokens."""
        vocabulary: Mapping[str, int] = self._model.vocab
        return vocabulary

    def durations(
        self, tokens: Sequence[int], style: NDArray[np.float32], speed: float
    ) -> list[int]:
        """Return the frames that each token gets.

        This is the first half of `KModel.forward_with_tokens` (kokoro 0.9.4), which the package
        does not offer on its own; the tests hold the two together.
        """
        import torch

        model = self._model
        ids = torch.tensor([list(tokens)])
        lengths = torch.tensor([ids.shape[1]])
        mask = torch.zeros(ids.shape, dtype=torch.bool)
        prosody = torch.tensor(style)[None, 128:]
        with torch.no_grad():
            encoded = model.bert_encoder(model.bert(ids, attention_mask=(~mask).int()))
            text = model.predictor.text_encoder(encoded.transpose(-1, -2), prosody, lengths, mask)
            states, _ = model.predictor.lstm(text)
            frames = torch.sigmoid(model.predictor.duration_proj(states)).sum(axis=-1) / speed
        return [int(count) for count in torch.round(frames).clamp(min=1)[0]]

    def speak(
        self, tokens: Sequence[int], style: NDArray[np.float32], speed: float
    ) -> tuple[NDArray[np.float32], list[int]]:
        """Return samples at 24 kHz and the frames that each token got."""
        import torch

        audio, frames = self._model.forward_with_tokens(
            torch.tensor([list(tokens)]), torch.tensor(style)[None], speed
        )
        return audio.numpy(), [int(count) for count in frames]

    @cached_property
    def _model(self) -> Any:
        try:
            import torch
            from kokoro import KModel
        except ImportError as exc:
            raise VoiceError(
                f"The voice engine kokoro is not installed: {exc}",
                cure="Install it with pip install 'videogen[kokoro]', or take --voice-engine onnx.",
            ) from exc
        if self._threads:
            torch.set_num_threads(self._threads)
        config = self._weights.with_name(_CONFIG) if self._weights else None
        try:
            model = KModel(
                REPOSITORY,
                config=str(config) if config else None,
                model=str(self._weights) if self._weights else None,
            )
        # What torch makes of a file that is no model is any of these.
        except (OSError, RuntimeError, KeyError, ValueError, AssertionError, EOFError) as exc:
            raise VoiceError(
                f"Kokoro's weights can't be loaded: {exc}",
                where=str(self._weights or REPOSITORY),
                cure="Connect to the internet once, or give a .pth with its config.json beside it.",
            ) from exc
        return model.eval()
