"""A voice's style: 510 rows of 256 numbers, of which the model takes one by phoneme count."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from videogen.errors import VoiceError, WorkspaceError
from videogen.voiceover.engines.catalogue import voice_hashes
from videogen.voiceover.engines.integrity import download, is_intact, keep_digest

URL = "https://huggingface.co/onnx-community/Kokoro-82M-v1.0-ONNX/resolve/main/voices/{voice}.bin"

_SHAPE = (510, 256)
_SHIPPED = files("videogen.voiceover.engines").joinpath("styles")


def ready_voices(cache_folder: Path) -> tuple[str, ...]:
    """Return the voices that need no network: those shipped and those fetched before."""
    return tuple(
        voice
        for voice in voice_hashes()
        if _SHIPPED.joinpath(f"{voice}.bin").is_file() or _place(voice, cache_folder).is_file()
    )


def style(voice: str, cache_folder: Path) -> NDArray[np.float32]:
    """Return a voice's style, float32 of shape (510, 256), fetching it once where not shipped.

    Raises:
        VoiceError: there is no such voice, or it can't be fetched.
        WorkspaceError: it can't be kept.
    """
    shipped = _SHIPPED.joinpath(f"{voice}.bin")
    content = shipped.read_bytes() if shipped.is_file() else _fetched(voice, cache_folder)
    return np.frombuffer(content, np.float32).reshape(_SHAPE)


def _fetched(voice: str, cache_folder: Path) -> bytes:
    sha256 = voice_hashes().get(voice, "")
    path = _place(voice, cache_folder)
    record = path.with_suffix(".json")
    try:
        if not is_intact(path, record, sha256):
            download(URL.format(voice=voice), path, sha256)
            keep_digest(path, record)
        return path.read_bytes()
    except VoiceError as exc:
        raise VoiceError(
            f"The voice {voice} can't be fetched: {exc.what}",
            where=exc.where,
            cure=f"Connect to the internet once, or take {', '.join(ready_voices(cache_folder))}.",
        ) from exc
    except OSError as exc:
        raise WorkspaceError(f"The voice {voice} can't be kept: {exc}", where=str(path)) from exc


def _place(voice: str, cache_folder: Path) -> Path:
    return cache_folder / "voices" / f"{voice}.bin"
