"""How the web app starts its own MCP server for DVIDS, as `config/mcp_servers.json` says."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, OnErrorOmit, ValidationError

from videogen.errors import SourceUnavailable
from videogen.footage.sources.mcp_command import CONFIG, ServerCommand
from videogen.shell import A_KEY, assignment, line

_PYTHON = re.compile(r"python(?:3(?:\.\d+)?)?(?:\.exe)?")
_KEY = "DVIDS_API_KEY"
# A company's users reach nothing without them, whatever the app lists.
_NETWORK = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")


class _Server(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str | None = None
    name: str | None = None
    priority: int = 0
    enabled: bool = True
    command: str
    args: list[str] = Field(default_factory=list)
    env: dict[str, str] = Field(default_factory=dict)


class _Config(BaseModel):
    providers: list[OnErrorOmit[_Server]]


def read_command(root: Path, key: str) -> ServerCommand:
    """Return how the app's DVIDS server is started, with our key where it names one and has none.

    Raises:
        SourceUnavailable: the app lists no such server.
    """
    path = root / CONFIG
    cure = f"List the server in {CONFIG.as_posix()}, or use dvids with a key"
    by_key = assignment(_KEY, A_KEY)
    try:
        config = _Config.model_validate_json(path.read_bytes())
    except FileNotFoundError as exc:
        raise SourceUnavailable("The app lists no MCP server", cure=cure, command=by_key) from exc
    except (OSError, ValidationError) as exc:
        what = "The app's list of MCP servers can't be read"
        look = line(sys.executable, "-m", "json.tool", path)
        raise SourceUnavailable(what, cure="See where it is wrong", command=look) from exc
    for server in sorted(config.providers, key=lambda one: one.priority):
        if server.enabled and "dvids" in f"{server.id} {server.name}".casefold():
            program = _program(server.command, root)
            return ServerCommand(program, tuple(server.args), root, _variables(server, key))
    raise SourceUnavailable("The app enables no MCP server for DVIDS", cure=cure, command=by_key)


def _program(command: str, root: Path) -> str:
    """Return what a command starts: for Python the app's own, for ours lacks what its server needs."""
    if not _PYTHON.fullmatch(command):
        return command
    for environment in (".venv", "venv"):
        for name in ("bin/python", "Scripts/python.exe"):
            if (own := root / environment / name).is_file():
                return str(own)
    return shutil.which(command, path=_path_without_ours()) or command


def _path_without_ours() -> str:
    folders = os.environ.get("PATH", "").split(os.pathsep)
    if sys.prefix != sys.base_prefix:
        folders = [one for one in folders if not Path(one).is_relative_to(sys.prefix)]
    return os.pathsep.join(folders)


def _variables(server: _Server, key: str) -> Mapping[str, str]:
    """Return what the server is told beside what any program is: nothing of ours but its key."""
    names = (*_NETWORK, *map(str.lower, _NETWORK))
    needed = {name: os.environ[name] for name in names if os.environ.get(name)}
    # Named without a value, it gets ours; not named, it has no use for it.
    ours = {_KEY: key} if key and _KEY in server.env else {}
    listed = {name: value for name, value in server.env.items() if value}
    return needed | {"PATH": _path_without_ours()} | ours | listed
