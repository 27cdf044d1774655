"""What a worker of a cluster does: one call at a time, on files of its own or on the run's."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import videogen
from videogen.cluster.parcels import packed, unpacked
from videogen.cluster.shared import SharedFolder
from videogen.digests import FileDigest, digest_path, file_digest, has_digest, is_as_written
from videogen.errors import ClusterError
from videogen.files import digest_of
from videogen.serialization import digest
from videogen.settings import cache_folder

# What a worker keeps of files that it fetched, for calls that need them again.
_MOST_BYTES = 2 * 2**30

# A worker with several threads would let libraries meet that share what they set.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Order:
    """A call for a worker: what it takes, as `parcels` packs it, and the files that it names.

    `files` are those that are there, by name; the digests of those that were put into `shared`.
    Without a shared folder names are paths, and `mark` is a file of the run's that a worker sees.
    """

    program: str
    parcel: bytes
    files: Mapping[str, FileDigest | None]
    folders: frozenset[str]
    shared: SharedFolder | None
    mark: Path


@dataclass(frozen=True, slots=True)
class Made:
    """A file that a call wrote: its name, and whether its digest is to lie beside it."""

    name: str
    written: FileDigest
    has_digest: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call returned, packed, and the files that it left in the shared folder."""

    parcel: bytes
    made: tuple[Made, ...]


@cache
def program() -> str:
    """Return which videogen this is: its version, and a digest of all its files."""
    whole = digest_of(Path(videogen.__file__).parent)
    return f"{version('videogen')} ({whole[:8]})"


def perform(order: Order) -> Answer:
    """Do a call on this machine.

    Raises:
        ClusterError: another videogen is at work here, or a file can't be seen or had.
        Exception: whatever the call raised.
    """
    if order.program != program():
        raise ClusterError(
            f"A worker has videogen {program()} where this run has {order.program}",
            cure="Install the same one there and start the worker again, then resume.",
        )
    with _one_at_a_time:
        return _in_place(order) if order.shared is None else _staged(order, order.shared)


def sees(mark: Path) -> bool:
    """Tell whether a file of the run's is seen here."""
    return mark.is_file()


def _in_place(order: Order) -> Answer:
    for path in (order.mark, *map(Path, order.files)):
        if not path.exists():
            raise unseen(path)
    call, args, kwargs = unpacked(order.parcel, Path)
    return Answer(packed(call(*args, **kwargs), str), ())


def unseen(path: Path) -> ClusterError:
    """Return the error of a worker that does not see a file of the run's."""
    return ClusterError(
        "A worker does not see a file of this run",
        where=str(path),
        cure="Give its folder the same path on all machines, or give --shared an address.",
    )


def _staged(order: Order, shared: SharedFolder) -> Answer:
    from distributed import get_worker

    # dask removes it with the worker, or once it is found without one.
    staging = _Staging(order, shared, Path(get_worker().local_directory, "videogen"))
    try:
        call, args, kwargs = unpacked(order.parcel, staging.place)
        result = call(*args, **kwargs)
        return Answer(packed(result, staging.name), staging.made())
    finally:
        staging.clear()


class _Staging:
    """The files of one call in a folder of this worker's, under names that tell their content."""

    def __init__(self, order: Order, shared: SharedFolder, folder: Path) -> None:
        self._order, self._shared, self._folder = order, shared, folder
        self._names: dict[Path, str] = {}
        self._before: dict[Path, tuple[int, ...]] = {}

    def place(self, name: str) -> Path:
        """Return where a file lies here, fetched if it is one that is there."""
        if name in self._order.folders:
            # The one folder that calls take is where models are kept, which each machine does.
            return cache_folder(os.environ)
        written = self._order.files.get(name)
        content = written.sha256[:16] if written else "new"
        path = self._folder / f"{content}-{digest(name)}{Path(name).suffix}"
        if path not in self._names:
            self._names[path] = name
            self._folder.mkdir(parents=True, exist_ok=True)
            if written and is_as_written(path, written):
                path.touch()
            elif written:
                self._shared.fetch(written, path)
            self._before[path] = _state(path)
        return path

    def name(self, path: Path) -> str:
        """Return what the run calls a file that lies here."""
        return self._names.get(path, str(path))

    def made(self) -> tuple[Made, ...]:
        """Put what the call wrote into the shared folder."""
        made = []
        for path in self._written():
            written = file_digest(path)
            self._shared.put(path, written)
            made.append(Made(self._names[path], written, has_digest(path)))
        return tuple(made)

    def clear(self) -> None:
        """Remove what the call wrote, and the oldest of what was fetched where it is too much."""
        for path in self._written():
            path.unlink()
            digest_path(path).unlink(missing_ok=True)
        kept = sorted(self._folder.glob("*"), key=lambda path: path.stat().st_mtime, reverse=True)
        total = 0
        for path in kept:
            total += path.stat().st_size
            if total > _MOST_BYTES:
                path.unlink()

    def _written(self) -> list[Path]:
        return [
            path for path in self._names if path.is_file() and _state(path) != self._before[path]
        ]


def _state(path: Path) -> tuple[int, ...]:
    if not path.is_file():
        return ()
    facts = path.stat()
    return facts.st_ino, facts.st_size, facts.st_mtime_ns
