"""What the documents point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from videogen.cli import cli

ROOT = Path(__file__).parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
# Of pip, which a user calls as well.
FOREIGN = {"--editable"}


def options(command: click.Command) -> set[str]:
    own = set(command.get_help_option_names(click.Context(command)))
    own.update(name for one in command.params for name in (*one.opts, *one.secondary_opts))
    within = command.commands.values() if isinstance(command, click.Group) else ()
    return own.union(*map(options, within))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file(document: Path) -> None:
    linked = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    ours = [target for target in linked if "://" not in target]
    assert [target for target in ours if not (document.parent / target).exists()] == []


def test_every_option_that_the_readme_names_is_one() -> None:
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", (ROOT / "README.md").read_text("utf-8")))
    assert named
    assert named - options(cli) <= FOREIGN
