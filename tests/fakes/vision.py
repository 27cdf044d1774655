"""Models that see and read colours, of the very layout and signature of CLIP's and SigLIP's exports."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from videogen.footage.features import captions

WIDTH, SIDE, LENGTH = 64, 32, 64
COLOURS = {"red": (1, -1, -1), "green": (-1, 1, -1), "blue": (-1, -1, 1)}
_PADDING = "<pad>"
_SEED = 7
# Where each colour lies among the numbers that both halves give.
_ROOM = np.linalg.qr(np.random.default_rng(_SEED).normal(size=(WIDTH, 3)))[0].T.astype(np.float32)
# A colour says more than all words beside it, which mean anything.
_LOUD = 20.0


def make_clip_model(folder: Path, *, width: int = WIDTH) -> Path:
    """Write a model in CLIP's way: pictures cropped, texts of any length with their mask."""
    _write(folder / "vision_model.onnx", _vision("image_embeds"))
    _write(folder / "text_model.onnx", _text("text_embeds", None, width))
    _configure(folder, {"size": {"shortest_edge": SIDE}, "crop_size": SIDE, "do_center_crop": True})
    return folder


def make_siglip_model(folder: Path) -> Path:
    """Write a model in SigLIP's way: pictures squeezed, texts of one length, in the folder `onnx`."""
    _write(folder / "onnx" / "vision_model_quantized.onnx", _vision("pooler_output"))
    _write(folder / "onnx" / "text_model_quantized.onnx", _text("pooler_output", LENGTH, WIDTH))
    _configure(folder, {"size": {"height": SIDE, "width": SIDE}})
    return folder


def _configure(folder: Path, size: Mapping[str, Any]) -> None:
    means = {"image_mean": [0.5] * 3, "image_std": [0.5] * 3, "rescale_factor": 1 / 255}
    reading = {"model_max_length": LENGTH, "pad_token": {"content": _PADDING}}
    (folder / "preprocessor_config.json").write_text(json.dumps({**means, **size, "resample": 3}))
    (folder / "tokenizer_config.json").write_text(json.dumps(reading))
    tokenizer = Tokenizer(models.WordLevel({one: at for at, one in enumerate(_words())}, "<unk>"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))


def _words() -> list[str]:
    known = {word for caption in captions() for word in caption.lower().split()}
    return [_PADDING, "<unk>", *COLOURS, *sorted(known - COLOURS.keys())]


def _text(output: str, length: int | None, width: int) -> onnx.ModelProto:
    # Anew for each model: what one test makes does not hang on what others made before it.
    random = np.random.default_rng(_SEED)
    table = random.normal(size=(len(_words()), WIDTH)).astype(np.float32)
    table[0] = 0.0
    for at, colour in enumerate(COLOURS.values(), start=2):
        table[at] = _LOUD * np.array(colour, np.float32) @ _ROOM
    inputs = {"input_ids": (TensorProto.INT64, [1, length])}
    if length is None:
        inputs["attention_mask"] = (TensorProto.INT64, [1, length])
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("ReduceSum", ["rows", "along"], [output], keepdims=0),
    ]
    held = {"table": np.resize(table, (len(table), width)), "along": np.array([1])}
    return _model(nodes, inputs, output, held)


def _vision(output: str) -> onnx.ModelProto:
    nodes = [
        helper.make_node("ReduceMean", ["pixel_values", "across"], ["colour"], keepdims=0),
        helper.make_node("MatMul", ["colour", "room"], [output]),
    ]
    inputs = {"pixel_values": (TensorProto.FLOAT, [None, 3, SIDE, SIDE])}
    return _model(nodes, inputs, output, {"across": np.array([2, 3]), "room": _ROOM})


def _model(
    nodes: Sequence[NodeProto],
    inputs: Mapping[str, tuple[int, list[int | None]]],
    output: str,
    held: Mapping[str, NDArray[Any]],
) -> onnx.ModelProto:
    taken = [helper.make_tensor_value_info(name, *kind) for name, kind in inputs.items()]
    given = helper.make_tensor_value_info(output, TensorProto.FLOAT, None)
    tensors = [numpy_helper.from_array(values, name) for name, values in held.items()]
    graph = helper.make_graph(nodes, "sight", taken, [given], tensors)
    return helper.make_model(graph, ir_version=9, opset_imports=[helper.make_opsetid("", 20)])


def _write(path: Path, model: onnx.ModelProto) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, path)
