"""A person's text files as they are saved by any editor."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from videogen.errors import UsageError

MARKDOWN_SUFFIXES = {".md", ".markdown"}
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def read_text(path: Path, what: str, most: int, cure: str) -> str:
    """Return a file of at most `most` bytes with plain line ends; `what` names it in errors.

    Raises:
        UsageError: it can't be read, is too large, or is no text.
    """
    try:
        if path.stat().st_size > most:
            raise UsageError(f"The {what} file is too large", where=str(path), cure=cure)
        raw = path.read_bytes()
    except OSError as exc:
        raise UsageError(
            f"The {what} file can't be read: {exc.strerror}", where=str(path), cure=cure
        ) from exc
    # Windows' Notepad marks its UTF-16 files by these two bytes.
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as exc:
        raise UsageError(f"The {what} file is not text", where=str(path), cure=cure) from exc
    if "\0" in text:
        raise UsageError(f"The {what} file is not text", where=str(path), cure=cure)
    return text.replace("\r\n", "\n").replace("\r", "\n")
