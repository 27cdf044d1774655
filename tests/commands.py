"""A user's way in: the command line as a process of its own, in a root of its own."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from warm import Warm

CHECKOUT = Path(__file__).parents[1]
SERVICES = (
    "ARCHIVE_BASE_URL",
    "COMMONS_BASE_URL",
    "DVIDS_BASE_URL",
    "GROQ_BASE_URL",
    "NASA_BASE_URL",
    "OLLAMA_HOST",
    "OPENVERSE_BASE_URL",
    "PEXELS_BASE_URL",
    "PIXABAY_BASE_URL",
    "WIKIPEDIA_BASE_URL",
)
PATIENCE = 600.0  # seconds after which a run counts as hung
# Workers load a voice each, for films of seconds; the tests of what processes do ask for them.
IN_LINE = {"VIDEOGEN_EXECUTOR": "inline"}
PROCESSES = {"VIDEOGEN_EXECUTOR": "processes"}


@dataclass(frozen=True)
class Ended:
    """A finished command: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on stdout."""
        return json.loads(self.out)


def videogen(*arguments: object, cwd: Path, **variables: str) -> Ended:
    """Run `videogen` with arguments in a folder, without anybody's keys but those given."""
    called, environment = [*map(str, arguments)], clean_environment() | IN_LINE | variables
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        code = _warm().run(called, cwd, environment, (out, err), PATIENCE)
        return Ended(code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))


@cache
def _warm() -> Warm:
    return Warm(clean_environment())


def clean_environment() -> dict[str, str]:
    """Return the process's environment without keys of the user's own and without services.

    Port 9 is where nobody listens: a machine with a network sees what one without it sees.
    """
    foreign = ("OPENAI_", "ANTHROPIC_", *(f"{name.partition('_')[0]}_" for name in SERVICES))
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(foreign) and (not name.startswith("VIDEOGEN_") or "CACHE" in name)
    }
    return kept | dict.fromkeys(SERVICES, "http://127.0.0.1:9") | {"PYTHONPATH": str(CHECKOUT)}
