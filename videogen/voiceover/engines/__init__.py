"""The voice engines by name; each is imported only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from videogen.errors import UsageError
from videogen.voiceover.engines.base import VoiceEngine

if TYPE_CHECKING:
    from videogen.voiceover.engines.kokoro import Network


_SHIPPED = "onnx"


@dataclass(frozen=True, slots=True)
class VoiceSetup:
    """Which engine speaks and what it is made from; equal setups share an engine in a process.

    `model` is the user's own copy of the engine's model file, `pronunciations` a file of `word = phonemes` lines,
    `threads` how many one inference may use, 0 one a core.
    """

    cache_folder: Path
    engine: str = _SHIPPED
    model: Path | None = None
    pronunciations: Path | None = None
    threads: int = 0

    @property
    def is_shipped(self) -> bool:
        """Whether the model is the one that comes with videogen."""
        return self.engine == _SHIPPED and self.model is None


def _onnx(setup: VoiceSetup) -> VoiceEngine:
    from videogen.voiceover.engines.onnx_network import OnnxNetwork

    return _kokoro(setup, OnnxNetwork(setup.cache_folder, setup.model, setup.threads))


def _torch(setup: VoiceSetup) -> VoiceEngine:
    from videogen.voiceover.engines.torch_network import TorchNetwork

    return _kokoro(setup, TorchNetwork(setup.model, setup.threads))


def _kokoro(setup: VoiceSetup, network: Network) -> VoiceEngine:
    from videogen.voiceover.engines.kokoro import KokoroVoice
    from videogen.voiceover.engines.pronunciations import read_pronunciations

    own = read_pronunciations(setup.pronunciations) if setup.pronunciations else {}
    return KokoroVoice(setup.engine, network, setup.cache_folder, own)


ENGINES: Mapping[str, Callable[[VoiceSetup], VoiceEngine]] = {_SHIPPED: _onnx, "kokoro": _torch}


@cache
def voice_engine(setup: VoiceSetup) -> VoiceEngine:
    """Return the engine of a setup, made once a process.

    Raises:
        UsageError: there is no such engine.
        VoiceError: what it needs is missing.
    """
    try:
        make = ENGINES[setup.engine]
    except KeyError as exc:
        raise UsageError(
            f"There is no voice engine {setup.engine!r}", cure=f"Take one of: {', '.join(ENGINES)}."
        ) from exc
    return make(setup)
