"""What starts an MCP server, and why it could not be started, each cause with its cure.

A server dies where nobody sees it: what it wrote on its way is searched for the cause. It may hold
a key, so that nothing of it is shown but names of packages and of errors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from videogen.errors import SourceUnavailable
from videogen.shell import line

CONFIG = Path("config", "mcp_servers.json")
_LOOK = f"Look into {CONFIG.as_posix()}"

_LACKING = re.compile(r"No module named '?([A-Za-z_]\w*)")
# Its library's version 2 has no such decorators any more.
_OUTDATED = re.compile(r"'Server' object has no attribute '(?:list_tools|call_tool)'")
_ERROR = re.compile(r"^(\w+(?:Error|Exception))\b", re.MULTILINE)
# Packages that are installed under another name than they are imported by.
_INSTALLED_AS = {
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "dotenv": "python-dotenv",
    "PIL": "pillow",
    "yaml": "pyyaml",
}


@dataclass(frozen=True, slots=True)
class ServerCommand:
    """How a server is started; its variables may hold keys and are never shown."""

    command: str
    arguments: tuple[str, ...]
    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def module(self) -> str:
        """The module that it runs, such as `servers.dvids`; empty where it runs none."""
        return self.arguments[1] if self.arguments[:1] == ("-m",) and self.arguments[1:] else ""

    @property
    def again(self) -> str:
        """What starts it once more, where it was started."""
        return f"{line('cd', self.folder)} && {self.shown}"

    @property
    def shown(self) -> str:
        """The command as far as it can hold no key."""
        shown = [self.command]
        if self.module:
            shown += ["-m", self.module]
        elif self.arguments and not self.arguments[0].startswith("-"):
            shown.append(self.arguments[0])
        return line(*shown)


def unavailable(
    server: ServerCommand, error: BaseException, said: str, start_seconds: float
) -> SourceUnavailable:
    """Return why a server can't be started, by the error and by what it said on its way."""
    what, cure, command = _cause(server, _innermost(error), said, start_seconds)
    what = f"The MCP server can't be started: {what}"
    return SourceUnavailable(what, cure=cure, command=command)


def _cause(
    server: ServerCommand, error: BaseException, said: str, start_seconds: float
) -> tuple[str, str, str]:
    if isinstance(error, OSError) and not isinstance(error, TimeoutError):
        return f"there is no program {server.command}", f"{_LOOK}.", ""
    if found := _missing(server, said):
        return found
    look = f"{_LOOK}, or see what it says"
    if isinstance(error, TimeoutError):
        return f"it does not answer in {start_seconds:.0f} s", look, server.again
    died = _ERROR.findall(said)
    what = f"it ends with {died[-1]}" if died else "it ends before it answers"
    return what, look, server.again


def _missing(server: ServerCommand, said: str) -> tuple[str, str, str] | None:
    if _OUTDATED.search(said):
        return "it was written for an older version of the package mcp", *_install(server, "mcp<2")
    found = _LACKING.search(said)
    if found is None:
        return None
    package = found[1]
    if package == server.module.partition(".")[0]:
        return f"the app has no {server.module}", f"{_LOOK}.", ""
    return f"it lacks the package {package}", *_install(server, package)


def _install(server: ServerCommand, package: str) -> tuple[str, str]:
    wanted = _INSTALLED_AS.get(package, package)
    if "python" not in Path(server.command).name:
        return f"Install {wanted} for {server.command}.", ""
    return "", line(server.command, "-m", "pip", "install", wanted)


def _innermost(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
