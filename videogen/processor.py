"""What this machine's processor can, and multiplies rightly."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy._core._multiarray_umath import __cpu_features__  # type: ignore[import-not-found]
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession


def has_avx512() -> bool:
    """Tell whether this machine has the vectors of 512 bits that x264 uses."""
    return bool(__cpu_features__.get("AVX512_SKX"))


@cache
def has_exact_int8_matmul() -> bool:
    """Tell whether this machine's MatMulInteger of uint8 by int8 is exact.

    Without VNNI, ONNX Runtime's on x86 adds two products in 16 bits, where large ones overflow.
    """
    large = numpy_helper.from_array(np.full((64, 64), 127, np.int8), "weights")
    taken = helper.make_tensor_value_info("bytes", TensorProto.UINT8, [64, 64])
    given = helper.make_tensor_value_info("sums", TensorProto.INT32, None)
    node = helper.make_node("MatMulInteger", ["bytes", "weights"], ["sums"])
    graph = helper.make_graph([node], "probe", [taken], [given], [large])
    model = helper.make_model(graph, ir_version=9, opset_imports=[helper.make_opsetid("", 20)])
    probe = InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    (sums,) = probe.run(["sums"], {"bytes": np.full((64, 64), 255, np.uint8)})
    return bool((sums == 64 * 255 * 127).all())
