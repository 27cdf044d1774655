"""Commands that a person can paste into a shell of this platform, each in one line."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path, PurePath

# What stands where only the user knows what belongs there.
A_KEY = "your-own-key"
_IS_WINDOWS = os.name == "nt"


def line(*words: str | PurePath) -> str:
    """Return a program and its arguments, quoted where they need it."""
    texts = tuple(map(str, words))
    return subprocess.list2cmdline(texts) if _IS_WINDOWS else shlex.join(texts)


def assignment(name: str, value: str | Path) -> str:
    """Return what sets a variable; on Windows for all shells that are opened from then on."""
    if _IS_WINDOWS:
        return line("setx", name, value)
    return f"export {name}={shlex.quote(str(value))}"


def unsetting(name: str) -> str:
    """Return what takes a variable away, of the same reach."""
    return line("setx", name, "") if _IS_WINDOWS else line("unset", name)


def asking(address: str) -> str:
    """Return what shows whether an address answers."""
    # The older PowerShell means something else by the bare name.
    return line("curl.exe" if _IS_WINDOWS else "curl", "--head", address)


def moving(path: Path, target: Path) -> str:
    """Return what gives a file another name."""
    return line("move" if _IS_WINDOWS else "mv", path, target)


def installing(*packages: str) -> str:
    """Return what installs packages beside this program."""
    return line(*_installer(), *packages)


def reinstalling(*packages: str) -> str:
    """Return what installs the very files of packages once more."""
    anew = ("--reinstall",) if _has_no_pip() else ("--force-reinstall",)
    return line(*_installer(), *anew, "--no-deps", *packages)


def _installer() -> tuple[str, ...]:
    if _has_no_pip():
        return ("uv", "pip", "install", "--python", sys.executable)
    return (sys.executable, "-m", "pip", "install")


def _has_no_pip() -> bool:
    """Tell whether this is an environment of uv's own."""
    return find_spec("pip") is None
