"""Kokoro's ONNX graph, made to tell its durations and to multiply in eight bits.

ONNX Runtime convolves integers by unsigned weights, in steps of 16 bits. The same sums, as the
product of a window of the sound with signed weights, take the processor's own 8-bit products.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto, TensorProto

DURATION_OUTPUT = "duration"

_CLIPPED_FRAMES = "/encoder/Clip_output_0"
# Weights and zero points are both moved by it, from unsigned to signed: no difference changes.
_MOVED = 128
_TO_THE_END = 2**62


def with_durations(model: ModelProto) -> ModelProto:
    """Return the model with the frames that each token gets as a further output."""
    import onnx

    output = onnx.helper.make_tensor_value_info(DURATION_OUTPUT, onnx.TensorProto.INT64, None)
    model.graph.node.append(
        onnx.helper.make_node(
            "Cast", [_CLIPPED_FRAMES], [DURATION_OUTPUT], to=onnx.TensorProto.INT64
        )
    )
    model.graph.output.append(output)
    return model


def durations_alone(model: ModelProto) -> ModelProto:
    """Return the part of the model that finds the frames of each token."""
    from onnx.utils import Extractor

    inputs = [given.name for given in model.graph.input]
    part: ModelProto = Extractor(model).extract_model(inputs, [DURATION_OUTPUT])
    return part


def with_products(model: ModelProto) -> ModelProto:
    """Return the model with its integer convolutions as products, every sum as it was.

    Those that take steps of more than one sample are left; there are few and small ones.
    """
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    nodes: list[NodeProto] = []
    added: dict[str, TensorProto] = {}
    for node in model.graph.node:
        if node.op_type == "ConvInteger" and _attributes(node)["strides"] == [1]:
            nodes += _product(node, tensors, added)
        else:
            nodes.append(node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    used = {name for node in nodes for name in node.input}
    kept = [tensor for name, tensor in tensors.items() if name in used]
    del model.graph.initializer[:]
    model.graph.initializer.extend([*kept, *added.values()])
    return model


def multiplies_exactly() -> bool:
    """Tell whether this machine's products of unsigned and signed bytes are exact.

    Without VNNI, ONNX Runtime's on x86 add two of them in 16 bits, where large ones do not fit.
    """
    import numpy as np
    import onnx
    from onnxruntime import InferenceSession

    large = onnx.numpy_helper.from_array(np.full((64, 64), 127, np.int8), "weights")
    taken = onnx.helper.make_tensor_value_info("bytes", onnx.TensorProto.UINT8, [64, 64])
    given = onnx.helper.make_tensor_value_info("sums", onnx.TensorProto.INT32, None)
    node = onnx.helper.make_node("MatMulInteger", ["bytes", "weights"], ["sums"])
    graph = onnx.helper.make_graph([node], "trial", [taken], [given], [large])
    model = onnx.helper.make_model(
        graph, ir_version=9, opset_imports=[onnx.helper.make_opsetid("", 20)]
    )
    trial = InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    (sums,) = trial.run(["sums"], {"bytes": np.full((64, 64), 255, np.uint8)})
    return bool((sums == 64 * 255 * 127).all())


def _product(
    node: NodeProto, tensors: Mapping[str, TensorProto], added: dict[str, TensorProto]
) -> Iterator[NodeProto]:
    """Yield what stands for a convolution of shape (1, channels, samples), stride 1 and one group.

    Every sample's window is laid out beside the others', (1, samples, taps x channels), and
    multiplied with the weights laid out alike.
    """
    import numpy as np
    from onnx import helper, numpy_helper

    def constant(name: str, values: Any) -> str:
        added[name] = numpy_helper.from_array(np.asarray(values), name)
        return name

    sound, weights_name, sound_zero, zero_name = node.input
    attributes = _attributes(node)
    (step,), (before, after) = attributes["dilations"], attributes["pads"]
    weights = numpy_helper.to_array(tensors[weights_name]).astype(np.int16) - _MOVED
    zero = numpy_helper.to_array(tensors[zero_name]).astype(np.int16) - _MOVED
    outputs, channels, taps = weights.shape
    laid_out = weights.transpose(2, 1, 0).reshape(taps * channels, outputs).astype(np.int8)

    def named(part: str) -> str:
        return f"{node.name}/{part}"

    pads = constant(f"pads/{before}/{after}", [0, 0, before, 0, 0, after])
    yield helper.make_node("Pad", [sound, pads, sound_zero], [named("padded")])
    yield helper.make_node("Transpose", [named("padded")], [named("samples")], perm=[0, 2, 1])
    axis = constant("axis/1", [1])
    windows = [named(f"tap/{tap}") for tap in range(taps)]
    for tap, window in enumerate(windows):
        behind = (tap - taps + 1) * step or _TO_THE_END
        edges = [constant(f"edge/{edge}", [edge]) for edge in (tap * step, behind)]
        yield helper.make_node("Slice", [named("samples"), *edges, axis], [window])
    yield helper.make_node("Concat", windows, [named("windows")], axis=2)
    signed = [
        constant(f"{weights_name}/signed", laid_out),
        constant(f"{zero_name}/signed", zero.astype(np.int8)),
    ]
    factors = [named("windows"), signed[0], sound_zero, signed[1]]
    yield helper.make_node("MatMulInteger", factors, [named("sums")])
    yield helper.make_node("Transpose", [named("sums")], list(node.output), perm=[0, 2, 1])


def _attributes(node: NodeProto) -> dict[str, Any]:
    from onnx import helper

    return {each.name: helper.get_attribute_value(each) for each in node.attribute}
