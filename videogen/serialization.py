"""Frozen values to JSON files and back, and the digests that such files are kept under."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from videogen.errors import UsageError, WorkspaceError
from videogen.workspace import write_text

T = TypeVar("T")


def encode(value: Any) -> str:
    """Return a frozen dataclass as JSON."""
    return TypeAdapter(type(value)).dump_json(value, indent=1).decode()


def decode(kind: type[T], text: str) -> T:
    """Return the value that `encode` wrote.

    Raises:
        ValueError: the text is no such value.
    """
    return TypeAdapter(kind).validate_json(text)


def save(path: Path, value: object) -> None:
    """Write a value to a JSON file, atomically."""
    write_text(path, encode(value))


def load(kind: type[T], path: Path) -> T | None:
    """Return the value kept in a file; None where there is no such file.

    Raises:
        WorkspaceError: the file holds something else.
    """
    try:
        return decode(kind, path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (ValidationError, UnicodeDecodeError) as exc:
        raise WorkspaceError(
            f"The run's file can't be read: {type(exc).__name__}",
            where=str(path),
            cure="Remove it and resume; it is made again.",
        ) from exc


def load_needed(kind: type[T], path: Path, what: str) -> T:
    """Return the value that a run of a project left in a file; `what` says that it is not there.

    Raises:
        UsageError: there is no such file.
        WorkspaceError: the file holds something else.
    """
    value = load(kind, path)
    if value is None:
        cure = "Give the project id that the run printed, and its --root."
        raise UsageError(what, where=str(path.parent), cure=cure)
    return value


def digest(*inputs: object) -> str:
    """Return a short hash of values with a faithful `repr`, such as frozen dataclasses."""
    text = "\x1f".join(map(repr, inputs))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def file_state(path: Path) -> str:
    """Return what tells one state of a file from another without reading it."""
    if not path.exists():
        return f"{path}:missing"
    facts = path.stat()
    return f"{path}:{facts.st_size}:{facts.st_mtime_ns}"


def once(path: Path, kind: type[T], make: Callable[[], T]) -> T:
    """Return the value kept at `path`, or make it and keep it there."""
    kept = load(kind, path)
    if kept is not None:
        return kept
    value = make()
    save(path, value)
    return value
