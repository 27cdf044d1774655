"""`videogen trust`, and the question whether a folder's own files may name services and commands."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from videogen.cli.output import echo
from videogen.environment import FILE
from videogen.errors import UsageError
from videogen.printable import printable
from videogen.shell import line
from videogen.trust import trust


@click.command("trust", epilog="Example: videogen trust my-app")
@click.argument("folder", type=click.Path(path_type=Path))
def trust_folder(folder: Path) -> None:
    """Let a folder's own files name services, databases elsewhere and MCP commands."""
    trust(folder)
    echo(f"Trusted: {folder.resolve()}")


def refused(root: Path, names: Sequence[str]) -> UsageError:
    """Return what it means that an untrusted folder names where something goes to."""
    return UsageError(
        f"The folder's own {FILE} says where to send to or what to run ({', '.join(sorted(names))}), "
        "and you have not said that you trust it",
        where=str(root),
        cure="If you trust it, run",
        command=line("videogen", "trust", root),
    )


def is_wished(root: Path, told: str) -> bool:
    """Ask a person at the terminal whether to trust a folder; no where nobody is there."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    question = printable(f"{root}: {told}. Do you trust this folder?")
    return click.confirm(question, default=False, err=True)
