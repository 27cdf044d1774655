"""Texts by their meaning, read by the real model."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import pytest
from commands import clean_environment
from numpy.typing import NDArray
from onnxruntime import InferenceSession

from videogen.language.meaning import read
from videogen.language.minilm import model_path
from videogen.language.minilm_graph import WIDTH, Weights, in_bytes, weights_of

TEXTS = (
    "Bicycles return to the street",
    "Cyclists in city traffic",
    "A cartoon rabbit yawns in a meadow",
    "Destroyer sails through the Pacific",
    "A warship at sea",
    "A cat sleeps on a sofa",
    "Astronaut plants the flag on the Moon",
    "Apollo 11 landing, 1969",
    "Bakers knead sourdough before dawn",
    "Bread rises in a warm kitchen",
)


@pytest.mark.parametrize(
    ("one", "other", "cosine"),
    [(0, 1, 0.528), (0, 2, 0.109), (3, 4, 0.647), (4, 5, 0.057), (6, 7, 0.367), (8, 9, 0.439)],
)
def test_texts_are_as_near_as_the_original_in_floats_finds_them(
    one: int, other: int, cosine: float
) -> None:
    found = float(read(TEXTS[one]).whole @ read(TEXTS[other]).whole)
    assert found == pytest.approx(cosine, abs=0.03)


def test_a_text_is_read_whole_and_piece_by_piece_in_rows_of_unit_length() -> None:
    reading = read("A ship, at sea.")
    assert reading.whole.shape == (WIDTH,)
    assert reading.pieces.shape == (2, WIDTH)  # "ship" and "sea": the others tell nothing
    lengths = [np.linalg.norm(row) for row in (reading.whole, *reading.pieces)]
    assert lengths == pytest.approx([1.0] * 3, abs=1e-5)


@pytest.mark.parametrize("text", ["", "  ", "\n", "…!", "of the"])
def test_a_text_that_says_nothing_has_no_meaning(text: str) -> None:
    reading = read(text)
    assert not reading.whole.any()
    assert reading.pieces.shape == (0, WIDTH)


def test_threads_read_as_one_after_the_other_does() -> None:
    alone = [read(text).whole for text in TEXTS]
    read.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        beside = list(pool.map(read, reversed(TEXTS)))
    assert all(
        np.array_equal(one, other.whole) for one, other in zip(alone, reversed(beside), strict=True)
    )


def test_signed_and_unsigned_bytes_read_the_same() -> None:
    # Halved, so that no processor's sums of two overflow.
    halved: Weights = {
        name: values // 2 if name.endswith("weight_q") else values
        for name, values in weights_of(onnx.load(model_path()).graph).items()
    }
    rows = np.random.default_rng(3).normal(size=(1, 9, WIDTH)).astype(np.float32)

    def found(*, is_signed: bool) -> NDArray[np.float32]:
        model = in_bytes(halved, is_signed=is_signed).SerializeToString()
        session = InferenceSession(model, providers=["CPUExecutionProvider"])
        (meanings,) = session.run(None, {"rows": rows})
        return np.asarray(meanings)

    assert np.array_equal(found(is_signed=True), found(is_signed=False))


def test_opening_a_model_tells_nobody_and_leaves_no_mark_of_the_machine(tmp_path: Path) -> None:
    # Where the machine says that it only tests, ONNX Runtime is silent by itself.
    telling = {"HOME": str(tmp_path), "CI": "", "GITHUB_ACTIONS": ""}
    script = "from videogen.language.meaning import read; read('A ship')"
    environment = {
        name: value
        for name, value in (clean_environment() | telling).items()
        if value and not name.startswith(("ORT_", "XDG_"))
    }
    subprocess.run([sys.executable, "-c", script], env=environment, cwd=tmp_path, check=True)
    assert [path.name for path in tmp_path.rglob("*") if "onnx" in path.name.lower()] == []
