"""Frozen values to JSON files and back, and the digests that such files are kept under."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from videogen.errors import UsageError
from videogen.files import write_text

T = TypeVar("T")

# A kept value under its length in bytes and its sha256; the whole is one JSON object.
_DIGESTED = re.compile(
    rb'\{"length": (\d{1,18}), "sha256": "([0-9a-f]{64})", "value":\n(.*)\n\}\n', re.DOTALL
)

log = logging.getLogger(__name__)


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
    """Write a value to a JSON file, atomically, with its length and hash."""
    text = encode(value)
    length, sha256 = _file_digest(text.encode())
    write_text(path, f'{{"length": {length}, "sha256": "{sha256}", "value":\n{text}\n}}\n')


def _file_digest(octets: bytes) -> tuple[int, str]:
    return len(octets), hashlib.sha256(octets).hexdigest()


def load(kind: type[T], path: Path) -> T | None:
    """Return the value kept in a file; None where there is none, or not as it was written.

    What is damaged or of another version is said in a line, and counts as not there.
    """
    try:
        found = _DIGESTED.fullmatch(path.read_bytes())
        if found and (int(found[1]), found[2].decode()) == _file_digest(found[3]):
            return TypeAdapter(kind).validate_json(found[3])
    except FileNotFoundError:
        return None
    except (ValidationError, OSError) as exc:
        log.debug("%s: %s", path, exc)
    log.warning("%s is not as it was written, and counts as not there", path)
    return None


def load_needed(kind: type[T], path: Path, what: str) -> T:
    """Return the value that a run of a project left in a file; `what` says that it is not there.

    Raises:
        UsageError: there is no such file, or not as it was written.
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


def once(
    path: Path, kind: type[T], make: Callable[[], T], holds: Callable[[T], bool] = lambda _: True
) -> T:
    """Return the value kept at `path` if it still `holds`, or make it and keep it there."""
    kept = load(kind, path)
    if kept is not None and holds(kept):
        return kept
    value = make()
    save(path, value)
    return value
