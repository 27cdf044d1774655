"""A piece of a remote file of whatever kind; imports little, since fresh processes begin with it."""

from __future__ import annotations

from pathlib import Path

from videogen.footage.fetch.mp4 import cut_mp4
from videogen.footage.fetch.pieces import Wanted
from videogen.footage.fetch.webm import MAGIC, cut_webm
from videogen.http.ranged import RangedFile, Reads
from videogen.media.remux import Piece


def cut_remote(read_range: Reads, url: str, wanted: Wanted, target: Path) -> Piece:
    """Cut a piece by the file's index, which libav reads: for a process that may die of it.

    Raises:
        FootageError: as for `cut_mp4` and `cut_webm`.
    """
    file = RangedFile(read_range, url)
    cut = cut_webm if file.read(len(MAGIC)) == MAGIC else cut_mp4
    return cut(file, wanted, target)
