"""Kokoro's ONNX graph with chains of steps over the whole sound as one step each.

The export writes an adaptive instance normalisation (AdaIN) as nine steps, and what follows a convolution's product as
three: most of their time is reading and writing the sound. What the durations come from is left as it is, so
that a length told beforehand stays exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from videogen.voiceover.engines.graph import DURATION_OUTPUT, keep

_FLAT = "fused/flat"
_SAMPLES_AXIS = 2

# The name of a value, and the steps that make it anew.
Fused = tuple[str, list[NodeProto]]


def fused(model: ModelProto) -> ModelProto:
    """Return the model with its chains fused; sums are rounded otherwise than the export rounds them.

    MatMulIntegerToFloat is ONNX Runtime's own operator.
    """
    model.graph.initializer.append(numpy_helper.from_array(np.array([-1]), _FLAT))
    graph = _Graph(model)
    made = dict(chain(_normalisations(graph), _scaled_products(graph)))
    keep(model, [one for node in graph.nodes for one in made.get(node.output[0], [node])])
    return model


class _Graph:
    """A model's nodes by the values that they make and take."""

    def __init__(self, model: ModelProto) -> None:
        self.nodes = list(model.graph.node)
        self._constants = {tensor.name: tensor for tensor in model.graph.initializer}
        self._makers = {name: node for node in self.nodes for name in node.output}
        self._takers: dict[str, list[NodeProto]] = defaultdict(list)
        for node in self.nodes:
            for name in node.input:
                self._takers[name].append(node)
        self.fixed = self._upstream(DURATION_OUTPUT)

    def constant(self, node: NodeProto) -> float | None:
        """Return the first number of the one input of a node that is a constant."""
        found = [self._constants[name] for name in node.input if name in self._constants]
        return float(numpy_helper.to_array(found[0]).ravel()[0]) if len(found) == 1 else None

    def maker(self, name: str, kind: str) -> NodeProto | None:
        """Return the node of a kind that makes a value."""
        node = self._makers.get(name)
        return node if node is not None and node.op_type == kind else None

    def takers(self, node: NodeProto, kind: str) -> Iterator[NodeProto]:
        """Yield the nodes of a kind that take what a node makes."""
        return (one for one in self._takers[node.output[0]] if one.op_type == kind)

    def only_taker(self, node: NodeProto) -> NodeProto | None:
        """Return the one node that takes what a node makes."""
        found = self._takers[node.output[0]]
        return found[0] if len(found) == 1 else None

    def _upstream(self, name: str) -> frozenset[str]:
        found, waiting = set[str](), [name]
        while waiting:
            node = self._makers.get(waiting.pop())
            if node is not None and node.output[0] not in found:
                found.update(node.output)
                waiting += node.input
        return frozenset(found)


def _normalisations(graph: _Graph) -> Iterator[Fused]:
    """Yield each (x - mean) / sqrt(variance + epsilon) x scale + shift as an InstanceNormalization."""
    for centred in graph.nodes:
        if centred.op_type != "Sub" or centred.output[0] in graph.fixed:
            continue
        mean = graph.maker(centred.input[1], "ReduceMean")
        if mean is None or mean.input[0] != centred.input[0]:
            continue
        if graph.constant(mean) != _SAMPLES_AXIS:
            continue
        for unit in graph.takers(centred, "Div"):
            epsilon = _epsilon(graph, unit)
            for scaled in graph.takers(unit, "Mul") if epsilon else ():
                for shifted in graph.takers(scaled, "Add"):
                    scale, shift = _other(scaled, unit), _other(shifted, scaled)
                    name = shifted.output[0]
                    flat = (f"{name}/scale", f"{name}/shift")
                    inputs = [centred.input[0], *flat]
                    yield (
                        name,
                        [
                            helper.make_node("Reshape", [scale, _FLAT], [flat[0]]),
                            helper.make_node("Reshape", [shift, _FLAT], [flat[1]]),
                            helper.make_node(
                                "InstanceNormalization", inputs, [name], epsilon=epsilon
                            ),
                        ],
                    )


def _epsilon(graph: _Graph, unit: NodeProto) -> float | None:
    """Return what is added to the variance before its root is divided by."""
    root = graph.maker(unit.input[1], "Sqrt")
    added = graph.maker(root.input[0], "Add") if root else None
    return graph.constant(added) if added else None


def _scaled_products(graph: _Graph) -> Iterator[Fused]:
    """Yield each im2col's MatMulInteger with its bias and scale as a MatMulIntegerToFloat."""
    for product in graph.nodes:
        if product.op_type != "MatMulInteger" or product.output[0] in graph.fixed:
            continue
        turned = graph.only_taker(product)
        if turned is None or turned.op_type != "Transpose":
            continue
        biased = graph.only_taker(turned)
        summed = biased if biased is not None and biased.op_type == "Add" else turned
        cast = graph.only_taker(summed)
        scaled = graph.only_taker(cast) if cast is not None and cast.op_type == "Cast" else None
        if cast is None or scaled is None or scaled.op_type != "Mul":
            continue
        scale = _other(scaled, cast)
        scales = graph.maker(scale, "Mul")
        if scales is not None:
            bias = _other(summed, turned) if summed is not turned else ""
            yield scaled.output[0], _scaled_product(product, scales, bias, scaled.output[0])


def _scaled_product(product: NodeProto, scales: NodeProto, bias: str, name: str) -> list[NodeProto]:
    windows, weights, zero, weights_zero = product.input
    inputs = [windows, weights, *scales.input, zero, weights_zero]
    nodes: list[NodeProto] = []
    if bias:
        inputs.append(f"{name}/bias")
        nodes = [
            helper.make_node("Cast", [bias], [f"{name}/bias/float"], to=TensorProto.FLOAT),
            helper.make_node(
                "Mul", [f"{name}/bias/float", scales.output[0]], [f"{name}/bias/scaled"]
            ),
            helper.make_node("Reshape", [f"{name}/bias/scaled", _FLAT], [f"{name}/bias"]),
        ]
    fused_name = f"{name}/samples"
    nodes += [
        helper.make_node("MatMulIntegerToFloat", inputs, [fused_name], domain="com.microsoft"),
        helper.make_node("Transpose", [fused_name], [name], perm=[0, 2, 1]),
    ]
    return nodes


def _other(node: NodeProto, known: NodeProto) -> str:
    """Return the input of a node that another one does not make."""
    return next(str(name) for name in node.input if name != known.output[0])
