"""What texts mean, by all-MiniLM-L6-v2 on this machine: whole, and piece by piece."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from videogen.language.minilm import network
from videogen.language.minilm_graph import WIDTH
from videogen.language.wordpiece import pieces, tokens

# A title and the beginning of a description say what is shown; the time grows with the length.
_LONGEST = 40  # tokens
_MOST_KEPT = 16_384  # texts; a few kilobytes each
# Pieces that stand for nothing by themselves.
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        """a about all an and are as at be been but by down for from he her his in into is it its more
        most no not of on one or out over s she so t than that the their them then there these they
        this those to under up was we were what when which who with you your""",
    )
)
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text as read: `whole` of shape (WIDTH,), `pieces` of shape (n, WIDTH), of unit length.

    Empty words and marks are no pieces; an empty text is zero.
    """

    whole: NDArray[np.float32]
    pieces: NDArray[np.float32]


@lru_cache(maxsize=_MOST_KEPT)
def read(text: str) -> Reading:
    """Return what a text means, its first words at least; may be called from any thread.

    Raises:
        WorkspaceError: the installed model is not the expected one.
    """
    found = pieces(text, _LONGEST)
    telling = [place for place, piece in enumerate(found) if _tells(piece)]
    if not telling:
        return Reading(np.zeros(WIDTH, np.float32), np.zeros((0, WIDTH), np.float32))
    with _one_at_a_time:
        meanings = network().read(tokens(found))
    return Reading(_unit(meanings.mean(axis=0)), _unit(meanings[telling]))


def _tells(piece: str) -> bool:
    bare = piece.removeprefix("##")
    return bare.isalnum() and piece not in _EMPTY


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), np.float32)
