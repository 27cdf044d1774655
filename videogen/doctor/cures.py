"""Commands against what a machine lacks, as its own system has them."""

from __future__ import annotations

import getpass
import os
import shutil
from pathlib import Path

from videogen.shell import line, moving

# Shows first, and says how to delete what is shown.
FREEING = line("videogen", "clean")
# By the program that installs: what it calls FriBidi.
_FRIBIDI = {
    "apt-get": ("sudo", "apt-get", "install", "-y", "libfribidi0"),
    "dnf": ("sudo", "dnf", "install", "-y", "fribidi"),
    "zypper": ("sudo", "zypper", "install", "-y", "libfribidi0"),
    "pacman": ("sudo", "pacman", "-S", "--noconfirm", "fribidi"),
    "apk": ("sudo", "apk", "add", "fribidi"),
    "brew": ("brew", "install", "fribidi"),
    "conda": ("conda", "install", "-y", "-c", "conda-forge", "fribidi"),
}


def fribidi() -> str:
    """Return what installs the library that joins and turns letters."""
    found = (words for program, words in _FRIBIDI.items() if shutil.which(program))
    return line(*next(found, _FRIBIDI["brew" if os.name == "posix" else "conda"]))


def nearest(folder: Path) -> Path:
    """Return the folder, or the one that it would be made in: nothing is left behind."""
    return next(one for one in (folder, *folder.parents) if one.exists())


def own_folder(folder: Path) -> str:
    """Return what makes it a folder that this user may write."""
    there = nearest(folder)
    if not there.is_dir():
        made = line("mkdir", folder) if os.name == "nt" else line("mkdir", "-p", folder)
        return f"{moving(there, there.with_name(f'{there.name}.old'))} && {made}"
    if os.name == "nt":
        return line("icacls", there, "/grant", f"{getpass.getuser()}:F")
    if there.stat().st_uid == os.getuid():
        return line("chmod", "u+rwx", there)
    return line("sudo", "chown", getpass.getuser(), there)
