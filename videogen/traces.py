"""Temporary files whose names tell which process made them, so that what a killed one left is known."""

from __future__ import annotations

import os
import platform
import re
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

TEMPORARY = "videogen-"
# Of processes that can't be asked after: those of other machines, and all on Windows.
_ABANDONED_SECONDS = 24 * 3600.0
_MADE_BY = re.compile(r"([0-9a-f]{8})-([0-9]+)-")


def traced(prefix: str) -> str:
    """Return what the name of a temporary file or folder of this process begins with."""
    return f"{prefix}{_here()}-{os.getpid()}-"


def abandoned(folder: Path, prefix: str, below: str = "") -> Iterator[Path]:
    """Yield what processes that are gone left in a folder, and what is a day old and nobody's.

    `below` is a pattern of folders in it to look in instead, such as `*/`.
    """
    for path in folder.glob(f"{below}{prefix}*"):
        made_by = _MADE_BY.match(path.name.removeprefix(prefix))
        if made_by and made_by[1] == _here() and os.name != "nt":
            is_left = not _is_running(int(made_by[2]))
        else:
            is_left = _is_old(path)
        if is_left:
            yield path


@contextmanager
def kept_apart() -> Iterator[None]:
    """Have temporary files that a library makes in the block lie in a folder that goes with the process.

    espeak's copies of itself have names of their own, and outlive a process that is killed.
    """
    before = tempfile.gettempdir()
    tempfile.tempdir = _folder_in(before).name
    try:
        yield
    finally:
        tempfile.tempdir = before


@cache
def _folder_in(folder: str) -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(
        prefix=traced(TEMPORARY), dir=folder, ignore_cleanup_errors=True
    )


@cache
def _here() -> str:
    """Return what is the same for the processes that see each other by their numbers."""
    namespace = ""
    with suppress(OSError):
        namespace = str(Path("/proc/self/ns/pid").readlink())
    return f"{zlib.crc32(f'{platform.node()} {namespace}'.encode()):08x}"


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True  # somebody else's
    return True


def _is_old(path: Path) -> bool:
    with suppress(OSError):
        return path.lstat().st_mtime < time.time() - _ABANDONED_SECONDS
    return False
