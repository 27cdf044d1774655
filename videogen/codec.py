"""Frozen values to JSON and back, one rule for every file that a run keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from videogen.errors import WorkspaceError
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
