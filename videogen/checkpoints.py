"""What a stopped run has already made: values kept in the work folder under their inputs' digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from videogen import codec

T = TypeVar("T")


def digest(*inputs: object) -> str:
    """Return a short hash of values with a faithful `repr`, such as frozen dataclasses."""
    text = "\x1f".join(map(repr, inputs))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def file_digest(path: Path) -> str:
    """Return a short hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def once(path: Path, kind: type[T], make: Callable[[], T]) -> T:
    """Return the value kept at `path`, or make it and keep it there."""
    kept = codec.load(kind, path)
    if kept is not None:
        return kept
    value = make()
    codec.save(path, value)
    return value
