"""Files that are kept for later, each with its length and sha256, and looked at before they are used."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from videogen.files import atomic_file, digest_of

SUFFIX = ".seal"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seal:
    """What a file was when it was written: bytes, and their sha256."""

    length: int
    sha256: str


def seal_of(path: Path) -> Seal:
    """Return what a file is now."""
    return Seal(path.stat().st_size, digest_of(path))


def is_as_sealed(path: Path, seal: Seal) -> bool:
    """Tell whether a file is there as it was sealed; say so where it is there otherwise."""
    if not path.is_file():
        return False
    # What can't be read is as good as damaged.
    with suppress(OSError):
        if path.stat().st_size == seal.length and digest_of(path) == seal.sha256:
            return True
    log.warning("%s is not as it was written, and is made again", path)
    return False


@contextmanager
def sealed_file(path: Path) -> Iterator[Path]:
    """Yield a temporary path as `atomic_file` does; its seal lies beside it before it has its name."""
    with atomic_file(path) as partial:
        yield partial
        write_seal(partial, path)


def write_seal(made: Path, path: Path) -> None:
    """Seal a file that is about to be called `path`.

    A seal that a fault of the disk takes away costs the file that it stands for, no more.
    """
    seal = seal_of(made)
    seal_path(path).write_text(f"{seal.length} {seal.sha256}\n", encoding="ascii")


def is_whole(path: Path) -> bool:
    """Tell whether a file is there as the seal beside it says; one without a seal is not."""
    try:
        length, sha256 = seal_path(path).read_text(encoding="ascii").split()
        seal = Seal(int(length), sha256)
    except (OSError, ValueError):
        seal = Seal(-1, "")
    return is_as_sealed(path, seal)


def is_sealed(path: Path) -> bool:
    """Tell whether a seal lies beside a file."""
    return seal_path(path).is_file()


def seal_path(path: Path) -> Path:
    """Return where a file's seal lies."""
    return path.with_name(f"{path.name}{SUFFIX}")
