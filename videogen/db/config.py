"""What videogen keeps in a project's `config_json`, under a key of its own."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from videogen.domain.options import RunOptions
from videogen.domain.script import Credit

KEY = "videogen"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OwnConfig:
    """The exact target in seconds, and where the script came from.

    `note` says how far the narration can be trusted, empty when as written.
    """

    target_seconds: float | None = None
    writer: str = ""
    note: str = ""
    credits: tuple[Credit, ...] = ()


_ADAPTER = TypeAdapter(OwnConfig)
_OPTIONS: TypeAdapter[RunOptions | None] = TypeAdapter(RunOptions | None)


def with_own(stored: str | None, changes: Mapping[str, object]) -> str | None:
    """Return a project's configuration with `changes` under our key, everything else as it was.

    What is no JSON object is the app's business and comes back untouched.
    """
    config = _parsed(stored)
    if config is None:
        log.warning("config_json is no JSON object; videogen's part of it is left out")
        return stored
    before = config.get(KEY)
    config[KEY] = {**(before if isinstance(before, dict) else {}), **changes}
    return json.dumps(config, ensure_ascii=False)


def own(stored: str | None) -> OwnConfig:
    """Return our part of a project's configuration, empty where there is none."""
    try:
        return _ADAPTER.validate_python((_parsed(stored) or {}).get(KEY, {}))
    except ValidationError:
        return OwnConfig()


def stored_options(options: RunOptions | None) -> object:
    """Return what was asked of a run as it is kept in the configuration."""
    return _OPTIONS.dump_python(options, mode="json")


def options_in(stored: str | None) -> RunOptions | None:
    """Return what was asked of the run that made a project, None where it is not kept."""
    kept = (_parsed(stored) or {}).get(KEY)
    try:
        return _OPTIONS.validate_python(kept.get("options") if isinstance(kept, dict) else None)
    except ValidationError:
        return None


def _parsed(stored: str | None) -> dict[str, object] | None:
    try:
        config = json.loads(stored or "{}")
    except ValueError:
        return None
    return config if isinstance(config, dict) else None
