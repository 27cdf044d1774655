"""Files as they are written and known: whole or not at all, on the disk, by their digests."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

from videogen.printable import printable
from videogen.traces import abandoned, traced

# What the temporary files and folders begin with that take their name only when they are whole.
UNFINISHED = ".part-"
UNWRITTEN_CURE = (
    "Free some space on that disk and check that its folder may be written, then resume."
)


@contextmanager
def atomic_file(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path` that takes its name only when the block succeeds.

    The temporary file keeps the final suffix, since encoders choose their container by it.
    Folders are made as needed; on any exception nothing is left behind. Once the name is there, file
    and name outlast a loss of power.
    """
    with unfinished_file(path.parent, path.suffix) as partial:
        yield partial
        flush(partial)
        partial.replace(path)
        flush(path.parent)


@contextmanager
def unfinished_file(folder: Path, suffix: str = "") -> Iterator[Path]:
    """Yield a temporary path in a folder, which is made if needed; without a name by the end, it is gone.

    That is a file and no folder, since to remove it nothing has to be opened: a disk may fail at that.
    """
    _make_folder(folder)
    handle, name = tempfile.mkstemp(prefix=traced(UNFINISHED), suffix=suffix, dir=folder)
    os.close(handle)
    partial = Path(name)
    try:
        # mkstemp makes files for the owner alone; a web server must be able to read the result.
        partial.chmod(0o666 & ~_umask())
        yield partial
    finally:
        partial.unlink(missing_ok=True)


def drop_abandoned(folder: Path) -> None:
    """Remove what processes that are gone had begun to write in a folder, and in all below it."""
    for left in list(abandoned(folder, UNFINISHED, "**/")):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            with suppress(OSError):
                left.unlink()


def flush(path: Path) -> None:
    """Have the disk hold a file's bytes, or a folder's names, before anything counts on them."""
    if path.is_dir():
        _flush_folder(path)
        return
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # its file system keeps names in a journal, and opens no folder
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as exc:
        # Some network file systems take files only, and look after their names themselves.
        if exc.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(descriptor)


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    flush(folder.parent)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def digest_of(path: Path) -> str:
    """Return the sha256 of a file, or of a folder's files and their names but Python's caches."""
    if path.is_file():
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    named = {file.relative_to(path).as_posix(): file for file in path.rglob("*") if file.is_file()}
    whole = hashlib.sha256()
    for name in sorted(named):
        if named[name].parent.name != "__pycache__":
            whole.update(f"{name} {digest_of(named[name])}\n".encode())
    return whole.hexdigest()


def package_folder(name: str) -> Path:
    """Return where an installed package lies, none of which is run; its bare name where there is none."""
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else Path(name)


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 text with LF line ends, atomically, as it may be printed."""
    with atomic_file(path) as partial:
        partial.write_text(printable(text), encoding="utf-8", newline="\n")
