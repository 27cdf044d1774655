"""A model that sees and reads, of the kind of CLIP and SigLIP, exported to ONNX.

Its folder is laid out as Hugging Face's Optimum and transformers.js have it: `vision_model.onnx` and
`text_model.onnx`, or their `_quantized` ones, there or in `onnx/`; `tokenizer.json`,
`tokenizer_config.json` and `preprocessor_config.json`. It comes from anywhere: it is opened in a
process of its own, which may die.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from pydantic import BaseModel, Field, ValidationError

from videogen.errors import FootageError
from videogen.media.guarded import guarded_alone

Vectors = NDArray[np.float32]
M = TypeVar("M", bound=BaseModel)

_TOKENIZER, _READING, _SEEING = (
    "tokenizer.json",
    "tokenizer_config.json",
    "preprocessor_config.json",
)
# Weights of a gigabyte are twice in memory while they are loaded.
_MOST_BYTES = 6 * 2**30
_SECONDS = 600.0  # of the processor
_FATAL = 4  # what is wrong is raised as well; it need not be printed beside a run's progress
# Tokens of a text; SigLIP's, where the folder tells no number that a model could have.
_USUAL, _MOST_TOKENS = 64, 1024
_DTYPES = {
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
}


def embedded(folder: Path, texts: Sequence[str], jpegs: Sequence[bytes]) -> tuple[Vectors, Vectors]:
    """Return what texts and pictures mean to the model, as unit vectors: (texts, n), (jpegs, n).

    Raises:
        FootageError: the folder holds no such model.
    """
    return guarded_alone(_MOST_BYTES, _SECONDS, _embedded, folder, texts, jpegs)


def files_of(folder: Path) -> list[Path]:
    """Return the files that make the model, those that are not there by the name that they have."""
    models = [_model(folder, name) for name in ("vision_model", "text_model")]
    return [*models, *(folder / name for name in (_TOKENIZER, _READING, _SEEING))]


class _Reading(BaseModel):
    model_max_length: float = np.inf
    pad_token: str | Mapping[str, Any] | None = None


class _Seeing(BaseModel):
    """How a picture becomes pixels; a size is that of the shorter side, or both of its sides."""

    size: int | Mapping[str, int] = 224
    crop_size: int | Mapping[str, int] | None = None
    do_center_crop: bool = False
    do_normalize: bool = True
    image_mean: tuple[float, float, float] = (0.5, 0.5, 0.5)
    image_std: tuple[float, float, float] = (0.5, 0.5, 0.5)
    resample: int = Field(Image.Resampling.BICUBIC, ge=0, le=5)
    rescale_factor: float = 1 / 255

    def pixels(self, jpeg: bytes) -> Vectors:
        """Return a picture as the model takes it: (colours, height, width)."""
        picture = Image.open(io.BytesIO(jpeg)).convert("RGB")
        crop = self.crop_size if self.do_center_crop else None
        size = crop or self.size
        sides = size if isinstance(size, Mapping) else {"shortest_edge": size}
        across = sides.get("width", sides.get("shortest_edge", 0))
        room, method = (across, sides.get("height", across)), Image.Resampling(self.resample)
        if crop or "height" not in sides:
            picture = ImageOps.fit(picture, room, method)
        else:
            picture = picture.resize(room, method)
        values = np.asarray(picture, np.float32) * self.rescale_factor
        if self.do_normalize:
            values = (values - self.image_mean) / self.image_std
        return np.asarray(values.transpose(2, 0, 1), np.float32)


def _embedded(
    folder: Path, texts: Sequence[str], jpegs: Sequence[bytes]
) -> tuple[Vectors, Vectors]:
    read, seen = _read(folder, texts), _seen(folder, jpegs)
    if len(read) and len(seen) and read.shape[1] != seen.shape[1]:
        told = f"Its texts have {read.shape[1]} numbers and its pictures {seen.shape[1]}"
        raise FootageError(told, where=str(folder))
    return read, seen


def _read(folder: Path, texts: Sequence[str]) -> Vectors:
    try:
        from tokenizers import Tokenizer
    except ImportError as exc:
        cure = 'pip install "videogen[vision]"'
        raise FootageError(f"It needs tokenizers: {cure}", where=str(folder), cure=cure) from exc
    network = _Network(folder, "text_model", "text_embeds")
    told = _config(folder / _READING, _Reading)
    tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
    pad = told.pad_token["content"] if isinstance(told.pad_token, Mapping) else told.pad_token
    length = int(told.model_max_length) if told.model_max_length <= _MOST_TOKENS else _USUAL
    tokenizer.enable_truncation(length)
    # SigLIP takes a text by its last place, whichever is there; CLIP does not look past its end.
    tokenizer.enable_padding(length=length, pad_id=tokenizer.token_to_id(pad or "") or 0)
    found = map(tokenizer.encode, texts)
    return _unit(
        [network.run({"input_ids": one.ids, "attention_mask": one.attention_mask}) for one in found]
    )


def _seen(folder: Path, jpegs: Sequence[bytes]) -> Vectors:
    network = _Network(folder, "vision_model", "image_embeds")
    told = _config(folder / _SEEING, _Seeing)
    return _unit([network.run({"pixel_values": told.pixels(one)}) for one in jpegs])


class _Network:
    """One half of the model on a single thread, beside the voice's workers."""

    def __init__(self, folder: Path, name: str, output: str) -> None:
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _FATAL
        self._path = _model(folder, name)
        if not self._path.is_file():
            raise FootageError(f"It has no {name}.onnx", where=str(folder))
        self._session = InferenceSession(self._path, options, providers=["CPUExecutionProvider"])
        # What SigLIP gives is called after the layer that makes it.
        known = {one.name for one in self._session.get_outputs()}
        self._output = output if output in known else "pooler_output"
        wanted = {"input_ids", "attention_mask", "pixel_values"}
        if self._output not in known or {one.name for one in self._session.get_inputs()} - wanted:
            raise FootageError(f"It is no {name} that gives {output}", where=str(self._path))

    def run(self, given: Mapping[str, Any]) -> Vectors:
        """Return what the network makes of one text or picture."""
        asked = {
            one.name: np.asarray([given[one.name]], _DTYPES[one.type])
            for one in self._session.get_inputs()
        }
        (found,) = self._session.run([self._output], asked)
        return np.asarray(found, np.float32).reshape(-1)


def _model(folder: Path, name: str) -> Path:
    places = [
        folder / room / f"{name}{kind}.onnx" for kind in ("", "_quantized") for room in ("", "onnx")
    ]
    return next((one for one in places if one.is_file()), places[0])


def _config(path: Path, kind: type[M]) -> M:
    try:
        return kind.model_validate_json(path.read_bytes())
    except ValidationError as exc:
        raise FootageError(f"{path.name} is none", where=str(path)) from exc


def _unit(rows: Sequence[Vectors]) -> Vectors:
    if not rows:
        return np.zeros((0, 0), np.float32)
    found = np.stack(rows)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or not lengths.all():
        raise FootageError("What it gives are no numbers")
    return np.asarray(found / lengths, np.float32)
