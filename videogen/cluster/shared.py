"""The folder that a run and its workers both reach, by an fsspec address: a file under its own hash."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from videogen.digests import FileDigest, is_as_written
from videogen.errors import ClusterError
from videogen.files import UNFINISHED

# Servers close connections that rest, so that the first try of a call may find its own closed.
_RESTS = (0.0, 1.0, 3.0)  # seconds before each try

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SharedFolder:
    """A folder for one run's files; `address` is a path or what fsspec understands.

    Raises:
        ClusterError: after three tries it still can't be reached, or has a file otherwise than it was put there.
    """

    # It may hold a password.
    address: str = field(repr=False)

    def make(self) -> None:
        """Make the folder."""
        self._tried(lambda files, folder: files.makedirs(folder, exist_ok=True))

    def put(self, path: Path, written: FileDigest) -> None:
        """Put a file there, unless it is; it has its name once it is whole."""
        self._tried(lambda files, folder: _put(files, folder, path, written))

    def fetch(self, written: FileDigest, target: Path) -> None:
        """Write the file of a digest to `target`."""
        self._tried(lambda files, folder: _fetch(files, folder, written, target))

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        self._tried(lambda files, folder: files.exists(folder) and files.rm(folder, recursive=True))

    def _tried(self, use: Callable[[Any, str], T]) -> T:
        from fsspec.core import url_to_fs

        failed: Exception | None = None
        for number, rest in enumerate(_RESTS):
            time.sleep(rest)
            try:
                # fsspec keeps a connection for each thread; one that failed is not used again.
                files, folder = url_to_fs(
                    self.address, use_listings_cache=False, skip_instance_cache=number > 0
                )
                return use(files, folder)
            except Exception as exc:
                failed = exc
        raise ClusterError(
            f"The shared folder can't be used: {failed}",
            where=_without_password(self.address),
            cure="See that this machine and every worker can reach and write it (--shared).",
        ) from failed


def _without_password(address: str) -> str:
    known = urlsplit(address)
    return known._replace(netloc=known.netloc.rpartition("@")[2]).geturl()


def _put(files: Any, folder: str, path: Path, written: FileDigest) -> None:
    name = f"{folder}/{written.sha256}"
    if files.exists(name) and files.size(name) == written.length:
        return
    partial = f"{folder}/{UNFINISHED}{uuid.uuid4().hex}"
    try:
        files.put_file(str(path), partial)
        files.mv(partial, name)
    except BaseException:
        with suppress(Exception):
            files.rm_file(partial)
        raise


def _fetch(files: Any, folder: str, written: FileDigest, target: Path) -> None:
    files.get_file(f"{folder}/{written.sha256}", str(target))
    if not is_as_written(target, written):
        raise OSError(f"{written.sha256} is not as it was put there")
