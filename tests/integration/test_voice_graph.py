from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession

from videogen.processor import has_exact_int8_matmul
from videogen.voiceover.engines.graph import with_matmul
from videogen.voiceover.engines.model import NAME, model_files
from videogen.voiceover.engines.onnx_network import OnnxNetwork
from videogen.voiceover.engines.style import style

CHANNELS, OUTPUTS, SAMPLES = 6, 5, 40


def convolution(taps: int, step: int, pads: list[int], stride: int = 1) -> ModelProto:
    """One integer convolution; its weights are small enough for any processor."""
    random = np.random.default_rng(taps)
    weights = random.integers(70, 190, (OUTPUTS, CHANNELS, taps), dtype=np.uint8)
    node = helper.make_node(
        "ConvInteger",
        ["sound", "weights", "sound_zero", "zero"],
        ["sums"],
        name="convolution",
        kernel_shape=[taps],
        dilations=[step],
        pads=pads,
        strides=[stride],
        group=1,
    )
    graph = helper.make_graph(
        [node],
        "convolution",
        [
            helper.make_tensor_value_info("sound", TensorProto.UINT8, [1, CHANNELS, SAMPLES]),
            helper.make_tensor_value_info("sound_zero", TensorProto.UINT8, []),
        ],
        [helper.make_tensor_value_info("sums", TensorProto.INT32, None)],
        [
            numpy_helper.from_array(weights, "weights"),
            numpy_helper.from_array(np.array(131, np.uint8), "zero"),
        ],
    )
    return helper.make_model(graph, ir_version=9, opset_imports=[helper.make_opsetid("", 20)])


def sums(model: ModelProto) -> NDArray[np.int32]:
    session = InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    sound = np.random.default_rng(7).integers(0, 256, (1, CHANNELS, SAMPLES), dtype=np.uint8)
    (found,) = session.run(["sums"], {"sound": sound, "sound_zero": np.array(99, np.uint8)})
    return np.asarray(found)


@pytest.mark.parametrize(
    ("taps", "step", "pads"),
    [(1, 1, [0, 0]), (3, 1, [1, 1]), (7, 3, [9, 9]), (11, 5, [25, 25]), (4, 2, [0, 3])],
)
def test_im2col_and_matmul_give_the_same_sums(taps: int, step: int, pads: list[int]) -> None:
    wanted = sums(convolution(taps, step, pads))

    matmul = with_matmul(convolution(taps, step, pads))

    assert "ConvInteger" not in {node.op_type for node in matmul.graph.node}
    np.testing.assert_array_equal(sums(matmul), wanted)


def test_a_strided_convolution_stays_one() -> None:
    strided = convolution(3, 1, [1, 1], stride=2)

    assert with_matmul(strided) == convolution(3, 1, [1, 1], stride=2)


def logarithmic_spectrum(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """dB of 512 bands every 256 samples, down to 50 dB below the loudest."""
    windows = np.lib.stride_tricks.sliding_window_view(samples, 1024)[::256] * np.hanning(1024)
    bands = np.abs(np.fft.rfft(windows))[:, :512]
    return np.asarray(20 * np.log10(np.maximum(bands, bands.max() * 10 ** (-50 / 20))))


def test_the_derived_graph_speaks_as_the_official_model_does(voice_cache: Path) -> None:
    network = OnnxNetwork(voice_cache, None, threads=1)
    row = style("af_sky", voice_cache)[20]
    tokens = [0, *(network.vocabulary[phoneme] for phoneme in "ʃˈips sˈAl ðə sˈi."), 0]
    model_files(voice_cache)
    official = InferenceSession(
        voice_cache / "voice-model" / NAME, providers=["CPUExecutionProvider"]
    )
    (wanted,) = official.run(
        ["audio"],
        {
            "tokens": np.array([tokens], np.int64),
            "style": row[np.newaxis],
            "speed": np.array([1.0], np.float32),
        },
    )

    samples, frames = network.speak(tokens, row, 1.0)

    assert frames == network.durations(tokens, row, 1.0)
    assert len(samples) == np.size(wanted)
    differences = logarithmic_spectrum(samples) - logarithmic_spectrum(np.ravel(wanted))
    assert np.abs(differences).mean() < 1.0


def test_what_follows_the_durations_is_fused(voice_cache: Path) -> None:
    model = onnx.load(model_files(voice_cache).speech)

    kinds = Counter(node.op_type for node in model.graph.node)

    assert kinds["InstanceNormalization"] >= 60
    if has_exact_int8_matmul():
        assert kinds["MatMulIntegerToFloat"] >= 80
