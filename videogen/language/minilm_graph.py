"""all-MiniLM-L6-v2's graph with its large products between bytes.

The exported graph makes floats of its bytes before it multiplies. Here each text's own values are
bytes as well, in a range of their own, so that no text's meaning depends on those beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper, numpy_helper

WIDTH = 384

Weights: TypeAlias = Mapping[str, NDArray[Any]]

_LAYERS, _HEADS, _EPSILON = 6, 12, 1e-12
_CONTRIBUTED = "com.microsoft"
# Added to weights and zero points alike, from int8 to uint8: no difference changes.
_ZERO_SHIFT = 128


def weights_of(graph: GraphProto) -> Weights:
    """Return what the exported graph holds by name.

    The factors of a product have only numbers there; they are named after the bias that follows.
    """
    held = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    factors = {node.output[0]: node.input[1] for node in graph.node if node.op_type == "MatMul"}
    for node in graph.node:
        if node.op_type == "Add" and node.input[0] in factors and node.input[1].endswith(".bias"):
            of = node.input[1].removesuffix(".bias")
            for part in ("q", "scale"):
                held[f"{of}.weight_{part}"] = held[f"{factors[node.input[0]]}_{part}"]
    return {name.removeprefix("inner."): values for name, values in held.items()}


def in_bytes(weights: Weights, *, is_signed: bool) -> ModelProto:
    """Return the graph from rows of shape (1, tokens, WIDTH) to what they mean, of the same.

    The sums are the same for signed weights, which VNNI multiplies fast, and unsigned ones, which
    every processor multiplies without overflow.
    """
    writing = _Writing(weights, is_signed=is_signed)
    writing.norm("rows", "embeddings.LayerNorm", "0")
    for layer in range(_LAYERS):
        writing.layer(layer)
    rows = helper.make_tensor_value_info("rows", TensorProto.FLOAT, [1, None, WIDTH])
    read = helper.make_tensor_value_info(str(_LAYERS), TensorProto.FLOAT, [1, None, WIDTH])
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid(_CONTRIBUTED, 1)]
    graph = helper.make_graph(writing.nodes, "meaning", [rows], [read], writing.tensors)
    return helper.make_model(graph, ir_version=9, opset_imports=opsets)


class _Writing:
    """A graph that grows by nodes and what they hold."""

    def __init__(self, weights: Weights, *, is_signed: bool) -> None:
        self.nodes: list[NodeProto] = []
        self.tensors: list[TensorProto] = []
        self._weights = weights
        self._is_signed = is_signed

    def layer(self, number: int) -> None:
        """Write one layer: what each token hears of the others, then what it makes of it."""
        of, given = f"encoder.layer.{number}", str(number)
        parts = [f"{of}.attention.self.{part}" for part in ("query", "key", "value")]
        heads = [f"{given}.{part}" for part in ("query", "key", "value")]
        self._product(given, parts, f"{given}.parts")
        self.write("Split", [f"{given}.parts"], heads, axis=-1, num_outputs=3)
        self.write(
            "MultiHeadAttention", heads, [f"{given}.told"], domain=_CONTRIBUTED, num_heads=_HEADS
        )
        self._product(f"{given}.told", [f"{of}.attention.output.dense"], f"{given}.new")
        self.write("Add", [f"{given}.new", given], [f"{given}.more"])
        self.norm(f"{given}.more", f"{of}.attention.output.LayerNorm", f"{given}.heard")
        self._product(f"{given}.heard", [f"{of}.intermediate.dense"], f"{given}.wide")
        self.write("Gelu", [f"{given}.wide"], [f"{given}.bent"])
        self._product(f"{given}.bent", [f"{of}.output.dense"], f"{given}.narrow")
        self.write("Add", [f"{given}.narrow", f"{given}.heard"], [f"{given}.all"])
        self.norm(f"{given}.all", f"{of}.output.LayerNorm", str(number + 1))

    def norm(self, given: str, name: str, found: str) -> None:
        """Write a normalization with the weights of this name."""
        parts = [
            self.held(part, self._weights[part]) for part in (f"{name}.weight", f"{name}.bias")
        ]
        self.write("LayerNormalization", [given, *parts], [found], epsilon=_EPSILON)

    def _product(self, given: str, names: list[str], found: str) -> None:
        """Write one product by the weights of these names side by side, and their biases."""
        factors, scales, biases = (
            np.concatenate([self._weights[f"{name}.{part}"] for name in names], axis=-1)
            for part in ("weight_q", "weight_scale", "bias")
        )
        zeros: NDArray[Any] = np.zeros(factors.shape[1], np.int8)
        if not self._is_signed:
            factors, zeros = _unsigned(factors), _unsigned(zeros)
        parts = {"factors": factors, "scales": scales.ravel(), "zeros": zeros, "biases": biases}
        held = [self.held(f"{found}.{part}", values) for part, values in parts.items()]
        self.write("DynamicQuantizeMatMul", [given, *held], [found], domain=_CONTRIBUTED)

    def held(self, name: str, values: NDArray[Any]) -> str:
        """Hold values under a name, which is returned."""
        self.tensors.append(numpy_helper.from_array(values, name))
        return name

    def write(self, kind: str, given: list[str], found: list[str], **options: Any) -> None:
        """Write one node."""
        self.nodes.append(helper.make_node(kind, given, found, **options))


def _unsigned(signed: NDArray[Any]) -> NDArray[Any]:
    return (signed.astype(np.int16) + _ZERO_SHIFT).astype(np.uint8)
