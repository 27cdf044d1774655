"""Pieces of recordings on disk, by service and id, shared by all projects and runs.

A file's name says all there is to know of it, so nothing can fall out of step:
`<id as a slug>-<digest of the id>-<width>x<height>-<take>@<start>+<seconds>.<suffix>`, times in
milliseconds. Files appear by renaming, with a digest beside them that is looked at whenever one is found; two runs
that make the same piece make the same file.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from slugify import slugify

from videogen.digests import SUFFIX, digest_path, is_whole, write_digest
from videogen.errors import FootageError
from videogen.files import drop_abandoned, flush, unfinished_file
from videogen.footage.fetch.pieces import Wanted
from videogen.media.remux import Piece

_MOST_BYTES = 10 * 2**30
# What was used since then may be part of a video that is not rendered yet.
_KEPT_SECONDS = 24 * 3600.0
_NAME = re.compile(r"@(\d+)\+(\d+)\.\w+$")


@dataclass(frozen=True, slots=True)
class Cached:
    """A piece on disk and where it starts in its recording, in seconds."""

    path: Path
    start: float


class PieceCache:
    """A folder of pieces, bounded in bytes."""

    def __init__(self, folder: Path, most_bytes: int = _MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes

    def find(self, wanted: Wanted) -> Cached | None:
        """Return a piece that is long enough, and mark it as used."""
        folder = self._folder / slugify(wanted.source)
        for path in sorted(folder.glob(f"{_stem(wanted)}@*.*")):
            match = _NAME.search(path.name)
            if match and int(match[2]) >= _milliseconds(wanted.seconds) and is_whole(path):
                os.utime(path)
                return Cached(path, int(match[1]) / 1000)
        return None

    def add(self, wanted: Wanted, write: Callable[[Path], Piece]) -> Cached:
        """Keep the piece that `write` makes at the path it is given.

        Raises:
            FootageError: the folder can't be written.
        """
        folder = self._folder / slugify(wanted.source)
        try:
            with unfinished_file(folder) as made:
                piece = write(made)
                times = f"@{_milliseconds(piece.start)}+{_milliseconds(wanted.seconds)}"
                kept = folder / f"{_stem(wanted)}{times}{piece.suffix}"
                write_digest(made, kept)
                _rename(made, kept)
        except OSError as exc:
            raise FootageError(f"The cache can't be written: {exc.strerror}") from exc
        return Cached(kept, piece.start)

    def trim(self) -> None:
        """Remove what was not used for longest, until the rest is within bounds."""
        last_used = time.time() - _KEPT_SECONDS
        drop_abandoned(self._folder)
        for facts, digest in self._found(f"*/*{SUFFIX}"):
            if facts.st_mtime < last_used and not digest.with_suffix("").exists():
                digest.unlink(missing_ok=True)
        for path in self.surplus():
            path.unlink(missing_ok=True)
            digest_path(path).unlink(missing_ok=True)

    def surplus(self) -> Iterator[Path]:
        """Yield the pieces beyond the bound, those that were not used for longest."""
        last_used = time.time() - _KEPT_SECONDS
        found = [one for one in self._found("*/*@*.*") if _NAME.search(one[1].name)]
        total = sum(facts.st_size for facts, _ in found)
        for facts, path in sorted(found, key=lambda one: one[0].st_mtime):
            if total <= self._most_bytes or facts.st_mtime > last_used:
                return
            yield path
            total -= facts.st_size

    def _found(self, pattern: str) -> Iterator[tuple[os.stat_result, Path]]:
        """Yield what is there, without what another run removes at the same time."""
        for path in self._folder.glob(pattern):
            with suppress(FileNotFoundError):
                yield path.stat(), path


def _stem(wanted: Wanted) -> str:
    digest = hashlib.sha256(wanted.id.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    words = slugify(wanted.id, max_length=40)
    return f"{words}-{digest}-{wanted.width}x{wanted.height}-{wanted.take}"


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def _rename(made: Path, kept: Path) -> None:
    flush(made)
    try:
        made.replace(kept)
    except PermissionError:
        # Windows does not replace a file that someone reads: another run was faster, with the same.
        if not kept.is_file():
            raise
    flush(kept.parent)
