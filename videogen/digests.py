"""Files that are kept for later, each with its length and sha256, and looked at before they are used."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from videogen.files import atomic_file, digest_of

SUFFIX = ".digest"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileDigest:
    """What a file was when it was written: bytes, and their sha256."""

    length: int
    sha256: str


def file_digest(path: Path) -> FileDigest:
    """Return what a file is now."""
    return FileDigest(path.stat().st_size, digest_of(path))


def is_as_written(path: Path, digest: FileDigest) -> bool:
    """Tell whether a file is there as it was written; say so where it is there otherwise."""
    if not path.is_file():
        return False
    # What can't be read is as good as damaged.
    with suppress(OSError):
        if path.stat().st_size == digest.length and digest_of(path) == digest.sha256:
            return True
    log.warning("%s is not as it was written, and is made again", path)
    return False


@contextmanager
def digested_file(path: Path) -> Iterator[Path]:
    """Yield a temporary path as `atomic_file` does; its digest lies beside it before it has its name."""
    with atomic_file(path) as partial:
        yield partial
        write_digest(partial, path)


def write_digest(made: Path, path: Path) -> None:
    """Write the digest of a file that is about to be called `path`.

    A digest that a fault of the disk takes away costs the file that it stands for, no more.
    """
    digest = file_digest(made)
    digest_path(path).write_text(f"{digest.length} {digest.sha256}\n", encoding="ascii")


def is_whole(path: Path) -> bool:
    """Tell whether a file is there as the digest beside it says; one without is not."""
    try:
        length, sha256 = digest_path(path).read_text(encoding="ascii").split()
        digest = FileDigest(int(length), sha256)
    except (OSError, ValueError):
        digest = FileDigest(-1, "")
    return is_as_written(path, digest)


def has_digest(path: Path) -> bool:
    """Tell whether a digest lies beside a file."""
    return digest_path(path).is_file()


def digest_path(path: Path) -> Path:
    """Return where a file's digest lies."""
    return path.with_name(f"{path.name}{SUFFIX}")
