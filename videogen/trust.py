"""Folders whose own files may name services and commands: those of which the user said so.

One steps into what somebody else wrote: it must not start a program there, nor send a key to a
stranger. The list of folders is the user's own and lies outside all of them.
"""

from __future__ import annotations

import json
from pathlib import Path

from videogen.errors import UsageError, WorkspaceError


def is_trusted(folder: Path) -> bool:
    """Tell whether the user trusts a folder; those in it are others.

    Raises:
        WorkspaceError: the list can't be read.
    """
    return str(folder.resolve()) in _trusted()


def trust(folder: Path) -> None:
    """Trust a folder from now on.

    Raises:
        UsageError: it is no folder.
        WorkspaceError: the list can't be read.
    """
    from videogen.files import write_text

    if not folder.is_dir():
        raise UsageError("There is no such folder", where=str(folder))
    folders = dict.fromkeys((*_trusted(), str(folder.resolve())))
    write_text(_list(), json.dumps([*folders], indent=1))


def _trusted() -> tuple[str, ...]:
    try:
        found = json.loads(_list().read_bytes())
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, RecursionError) as exc:
        cure = "Remove it, and trust again what it held."
        what = "The list of trusted folders can't be read"
        raise WorkspaceError(what, where=str(_list()), cure=cure) from exc
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def _list() -> Path:
    # Takes a moment that asking for help need not.
    from platformdirs import user_config_path

    return user_config_path("videogen", appauthor=False) / "trusted.json"
