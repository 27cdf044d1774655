"""What reading meanings costs, and how far bytes lead from floats.

Reads the titles and descriptions of the labelled pictures, 600 texts of 24 tokens, by the graph that
videogen makes and by the exported one, which multiplies in floats; each on one thread.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence

import numpy as np
from labelled_pictures import labelled_films
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions

from videogen.language.minilm import model_path, network
from videogen.language.wordpiece import pieces, tokens

_TEXTS, _TOKENS = 600, 24

Rows = NDArray[np.float32]


def main() -> None:
    """Print processor seconds, the change of all cosines, and memory."""
    texts = _texts()
    before = _megabytes()
    network()
    print(f"{len(texts)} texts of {_TOKENS} tokens; loading takes {_megabytes() - before:.0f} MiB")
    found = _measured("bytes", network().read, texts)
    expected = _measured("floats", _exported(), texts)
    pairs = np.triu_indices(len(texts), 1)
    ours, theirs = ((rows @ rows.T)[pairs] for rows in (found, expected))
    change = np.abs(ours - theirs)
    print(f"cosines change by {change.mean():.4f} on the mean, {change.max():.3f} at most")
    ranks = [values.argsort().argsort() for values in (ours, theirs)]
    correlation = np.asarray(np.corrcoef(ranks))
    print(f"rank correlation {correlation[0, 1]:.4f}")


def _texts() -> list[list[int]]:
    said = {
        f"{one.title}. {one.description}"
        for part in ("calibration", "unseen")
        for film in labelled_films(part)
        for one in film.candidates
    }
    read = [tokens(pieces(text, _TOKENS)) for text in sorted(said)]
    return [one for one in read if len(one) == _TOKENS][:_TEXTS]


def _exported() -> Callable[[Sequence[int]], Rows]:
    options = SessionOptions()
    options.intra_op_num_threads = 1
    session = InferenceSession(model_path(), options, providers=["CPUExecutionProvider"])

    def read(text: Sequence[int]) -> Rows:
        ids = np.array([text], np.int64)
        given = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        (found,) = session.run(None, given)
        return np.asarray(found[0], np.float32)

    return read


def _measured(
    name: str, read: Callable[[Sequence[int]], Rows], texts: Sequence[Sequence[int]]
) -> Rows:
    read(texts[0])
    start = time.process_time()
    means = np.stack([read(text).mean(axis=0) for text in texts])
    print(f"{name}: {time.process_time() - start:.2f} s of processor")
    return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), np.float32)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
