"""The variables in force: the process's own, over those of the root's `.env` as far as it is trusted."""

from __future__ import annotations

import codecs
import logging
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

FILE = ".env"
# Far more than keys and options are; the time to read a line grows with its square.
_MOST_BYTES, _MOST_LETTERS = 64 * 2**10, 4096
_DESTINATION = re.compile(r".*_BASE_URL|OLLAMA_HOST|DVIDS_ORIGIN")
DATABASE = "VIDEOGEN_DATABASE"
_EXECUTOR, _SHARED = "VIDEOGEN_EXECUTOR", "VIDEOGEN_SHARED"
# A network of somebody else's making, which is run.
_VISION_MODEL = "VIDEOGEN_VISION_MODEL"
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_NO_TEXT = re.compile(r"[\0-\x08\x0b-\x1f\x7f\ud800-\udfff]")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Environment:
    """The variables in force, and those of an untrusted folder that would lead somewhere else."""

    variables: Mapping[str, str]
    withheld: Mapping[str, str] = field(default_factory=dict)


def environment(root: Path, *, trusted: bool = False) -> Environment:
    """Return the variables of a root; what its `.env` may not decide is withheld."""
    lower, own = _read(root / FILE, expanded=trusted), _present(os.environ)
    foreign = (
        {} if trusted else {name: value for name, value in lower.items() if _leads(name, value)}
    )
    kept = {name: value for name, value in lower.items() if name not in foreign}
    withheld = {name: value for name, value in foreign.items() if name not in own}
    return Environment(kept | own, withheld)


def is_destination(name: str) -> bool:
    """Tell whether a variable names where a question or a key goes to."""
    return _DESTINATION.fullmatch(name) is not None


def _leads(name: str, value: str) -> bool:
    """Tell whether a variable sends questions, keys, files or rows to where it says, or runs it."""
    if name == DATABASE:
        return "://" in value and not value.lower().startswith("sqlite")
    if name == _EXECUTOR:
        return ":" in value
    return name in {_SHARED, _VISION_MODEL} or is_destination(name)


def _read(path: Path, *, expanded: bool) -> dict[str, str]:
    """Return the variables of a file; `expanded` puts those of the process into `${NAME}`."""
    from dotenv import dotenv_values

    if not path.is_file():
        return {}
    text = "\n".join(_lines(path))
    return _present(dotenv_values(stream=StringIO(text), interpolate=expanded))


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines that are text: an editor's other encoding must not break every command."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES)
    except OSError as exc:
        log.warning("%s can't be read: %s", path, exc.strerror)
        return
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "utf-8")
    text = content.decode(encoding, errors="surrogateescape" if encoding == "utf-8" else "replace")
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if len(line) > _MOST_LETTERS or _NO_TEXT.search(line):
            log.warning("%s, line %d is left out: it is no UTF-8 text, or too long", path, number)
        else:
            yield line


def _present(variables: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in variables.items() if value}
