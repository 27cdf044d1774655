"""What the command line says of itself, and how it ends."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from commands import clean_environment

from videogen.cli import cli
from videogen.cli.ending import warn

# What the command line itself is made of, and what setuptools leaves in every environment.
OWN = {"click", "videogen", "_distutils_hack"}
LISTING = (
    "import json, sys, videogen.cli;"
    "print(json.dumps([m.__name__ for m in list(sys.modules.values())"
    " if 'site-packages' in (getattr(m, '__file__', None) or '')]))"
)


def commands(
    group: click.Group = cli, path: str = "videogen"
) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


@pytest.mark.parametrize(("path", "command"), list(commands()), ids=str)
def test_every_command_has_an_example_that_it_takes(path: str, command: click.Command) -> None:
    said = (command.epilog or "").removeprefix("Example: ")
    assert said.startswith(path)
    given = shlex.split(said)[len(path.split()) :]
    assert command.make_context(path, given, resilient_parsing=True).params


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands_and_options(shell: str) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("videogen")],
        env=clean_environment() | {"_VIDEOGEN_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "_VIDEOGEN_COMPLETE" in done.stdout


def test_warnings_of_one_kind_are_folded_after_the_third(
    capsys: pytest.CaptureFixture[str],
) -> None:
    bare = [f"Scene {n}, shot {n + 1}: a card, nothing fits" for n in range(1, 12)]
    warn([*bare, "The narration is a draft"])
    told = capsys.readouterr().err.splitlines()
    assert told[:3] == [f"Warning: {line}" for line in bare[:3]]
    assert told[3].startswith("Warning: and 8 more like it")
    assert told[4:] == ["Warning: The narration is a draft"]


def test_help_loads_no_library_but_the_one_that_prints_it() -> None:
    listed = subprocess.run(
        [sys.executable, "-c", LISTING], check=True, capture_output=True, text=True
    )
    loaded = {
        name.split(".")[0]
        for name in json.loads(listed.stdout)
        if not name.startswith("__editable__")
    }
    assert "click" in loaded
    assert loaded <= OWN
