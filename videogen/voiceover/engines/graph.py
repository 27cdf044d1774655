"""Kokoro's ONNX graph with its durations as an output and its convolutions as matrix products.

ONNX Runtime's ConvInteger takes unsigned weights and accumulates in steps of 16 bits. im2col and
MatMulInteger with signed weights give the same sums by the processor's 8-bit dot products (VNNI).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from onnx.utils import Extractor

DURATION_OUTPUT = "duration"

_CLIPPED_FRAMES = "/encoder/Clip_output_0"
# Taken from weights and zero points alike, from uint8 to int8: no difference changes.
_ZERO_SHIFT = 128
_TO_THE_END = 2**62


def with_durations(model: ModelProto) -> ModelProto:
    """Return the model with the frames that each token gets as a further output."""
    output = helper.make_tensor_value_info(DURATION_OUTPUT, TensorProto.INT64, None)
    model.graph.node.append(
        helper.make_node("Cast", [_CLIPPED_FRAMES], [DURATION_OUTPUT], to=TensorProto.INT64)
    )
    model.graph.output.append(output)
    return model


def durations_alone(model: ModelProto) -> ModelProto:
    """Return the part of the model that finds the frames of each token."""
    inputs = [given.name for given in model.graph.input]
    part: ModelProto = Extractor(model).extract_model(inputs, [DURATION_OUTPUT])
    return part


def with_matmul(model: ModelProto) -> ModelProto:
    """Return the model with each ConvInteger as im2col and MatMulInteger, every sum as it was.

    Those with a stride above 1 are left; there are few and small ones.
    """
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    nodes: list[NodeProto] = []
    added: dict[str, TensorProto] = {}
    for node in model.graph.node:
        if node.op_type == "ConvInteger" and _attributes(node)["strides"] == [1]:
            nodes += _im2col_matmul(node, tensors, added)
        else:
            nodes.append(node)
    model.graph.initializer.extend(added.values())
    keep(model, nodes)
    return model


def keep(model: ModelProto, nodes: Sequence[NodeProto]) -> None:
    """Have a model hold what of these nodes, in their order, and of its constants is of use."""
    needed = {output.name for output in model.graph.output}
    kept: list[NodeProto] = []
    for node in reversed(nodes):
        if needed.intersection(node.output):
            kept.append(node)
            needed.update(node.input)
    constants = [one for one in model.graph.initializer if one.name in needed]
    for field, values in ((model.graph.node, kept[::-1]), (model.graph.initializer, constants)):
        del field[:]
        field.extend(values)


def _im2col_matmul(
    node: NodeProto, tensors: Mapping[str, TensorProto], added: dict[str, TensorProto]
) -> Iterator[NodeProto]:
    """Yield a ConvInteger of shape (1, channels, samples), stride 1 and one group as a MatMulInteger.

    im2col gathers the receptive field of every sample, (1, samples, kernel x channels); the weights
    become (kernel x channels, outputs).
    """

    def constant(name: str, values: Any) -> str:
        added[name] = numpy_helper.from_array(np.asarray(values), name)
        return name

    signal, weights_name, signal_zero, zero_name = node.input
    attributes = _attributes(node)
    (dilation,), (before, after) = attributes["dilations"], attributes["pads"]
    weights = numpy_helper.to_array(tensors[weights_name]).astype(np.int16) - _ZERO_SHIFT
    zero = numpy_helper.to_array(tensors[zero_name]).astype(np.int16) - _ZERO_SHIFT
    outputs, channels, taps = weights.shape
    kernel = weights.transpose(2, 1, 0).reshape(taps * channels, outputs).astype(np.int8)

    def named(part: str) -> str:
        return f"{node.name}/{part}"

    pads = constant(f"pads/{before}/{after}", [0, 0, before, 0, 0, after])
    yield helper.make_node("Pad", [signal, pads, signal_zero], [named("padded")])
    yield helper.make_node("Transpose", [named("padded")], [named("samples")], perm=[0, 2, 1])
    yield from _receptive_fields(node.name, taps, dilation, constant)
    signed = [
        constant(f"{weights_name}/signed", kernel),
        constant(f"{zero_name}/signed", zero.astype(np.int8)),
    ]
    factors = [named("im2col"), signed[0], signal_zero, signed[1]]
    yield helper.make_node("MatMulInteger", factors, [named("sums")])
    yield helper.make_node("Transpose", [named("sums")], list(node.output), perm=[0, 2, 1])


def _receptive_fields(
    name: str, taps: int, dilation: int, constant: Callable[[str, Any], str]
) -> Iterator[NodeProto]:
    """Yield what lays the samples of each tap of a kernel side by side."""
    axis = constant("axis/1", [1])
    windows = [f"{name}/tap/{tap}" for tap in range(taps)]
    for tap, window in enumerate(windows):
        behind = (tap - taps + 1) * dilation or _TO_THE_END
        edges = [constant(f"edge/{edge}", [edge]) for edge in (tap * dilation, behind)]
        yield helper.make_node("Slice", [f"{name}/samples", *edges, axis], [window])
    yield helper.make_node("Concat", windows, [f"{name}/im2col"], axis=2)


def _attributes(node: NodeProto) -> dict[str, Any]:
    return {each.name: helper.get_attribute_value(each) for each in node.attribute}
