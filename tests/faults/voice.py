"""A voice that costs nothing: a tone in place of the network, which every trial would wait for.

All around it is the program's own: phonemes, levels, files, the times of words.
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import onnx
from onnx import TensorProto, helper

from videogen import serialization
from videogen.voiceover.engines.graph import DURATION_OUTPUT
from videogen.voiceover.engines.integrity import DigestRecord, keep_digest
from videogen.voiceover.engines.model import NAME, SHA256, Form, made_in

_FRAMES = 3  # of 600 samples, for each token
_CAST = 6  # the step that needs to be told its kind


def lay_small_voice(cache: Path) -> None:
    """Lay graphs with the network's inputs and outputs where a cache keeps those made of the model."""
    folder = cache / "voice-model"
    folder.mkdir(parents=True)
    model = folder / NAME
    model.write_bytes(b"-")
    looked_at = DigestRecord(SHA256, 1, model.stat().st_mtime_ns)
    serialization.save(model.with_suffix(".json"), looked_at)
    graphs = [made_in(folder, form) for form in get_args(Form)]
    for path in {path for one in graphs for path in (one.speech, one.durations)}:
        onnx.save(_graph(), path)
        keep_digest(path, path.with_suffix(".json"))


def _graph() -> onnx.ModelProto:
    constants = [
        helper.make_tensor(name, kind, (), [value])
        for name, kind, value in (
            ("none", TensorProto.INT64, 0),
            ("one", TensorProto.INT64, 1),
            ("frames", TensorProto.INT64, _FRAMES),
            ("samples", TensorProto.INT64, 600),
            ("pitch", TensorProto.FLOAT, 0.05),
            ("volume", TensorProto.FLOAT, 0.3),
        )
    ]
    steps = (
        ("Mul", ["tokens", "none"], "zeros"),
        ("Add", ["zeros", "frames"], DURATION_OUTPUT),
        ("ReduceSum", [DURATION_OUTPUT], "total"),
        ("Squeeze", ["total"], "whole"),
        ("Mul", ["whole", "samples"], "length"),
        ("Range", ["none", "length", "one"], "places"),
        ("Cast", ["places"], "times"),
        ("Mul", ["times", "pitch"], "angles"),
        ("Sin", ["angles"], "tone"),
        ("Mul", ["tone", "volume"], "audio"),
    )
    nodes = [helper.make_node(kind, given, [made]) for kind, given, made in steps]
    nodes[_CAST].attribute.append(helper.make_attribute("to", TensorProto.FLOAT))
    inputs = [
        helper.make_tensor_value_info("tokens", TensorProto.INT64, [1, None]),
        helper.make_tensor_value_info("style", TensorProto.FLOAT, [1, None]),
        helper.make_tensor_value_info("speed", TensorProto.FLOAT, [1]),
    ]
    outputs = [
        helper.make_tensor_value_info("audio", TensorProto.FLOAT, [None]),
        helper.make_tensor_value_info(DURATION_OUTPUT, TensorProto.INT64, [1, None]),
    ]
    graph = helper.make_graph(nodes, "tone", inputs, outputs, constants)
    opset = helper.make_opsetid("", 17)
    return helper.make_model(graph, opset_imports=[opset], ir_version=9)
