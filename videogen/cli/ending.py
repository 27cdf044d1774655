"""What a finished run says at its end, and how its warnings are shown."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from videogen.cli.display import TITLES
from videogen.cli.output import echo

if TYPE_CHECKING:
    from videogen.run import Outcome
    from videogen.workspace import Workspace

_SHOWN_OF_A_KIND = 3
# Beyond their numbers, warnings of one kind begin alike.
_NUMBERS = re.compile(r"\d[\d.,-]*")
_TELLING_LETTERS = 10


def print_ending(outcome: Outcome, workspace: Workspace) -> None:
    """Print where the film is; on stderr how long and large it is, and what each stage took."""
    video = outcome.video
    echo(video.path)
    if page := workspace.page:
        echo(f"In your web app: {page}")
    spent = ", ".join(f"{TITLES[stage]} {took:.0f} s" for stage, took in outcome.timings.items())
    echo(
        f"{video.duration:.1f} s, {video.width}x{video.height}, {video.file_size / 1e6:.1f} MB;"
        f" {spent}\nWhy it looks so: videogen report {outcome.project_id}",
        err=True,
    )


def warn(warnings: Sequence[str]) -> None:
    """Show warnings on stderr, at most three of a kind."""
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for warning in warnings:
        kinds[_NUMBERS.sub("#", warning)[:_TELLING_LETTERS]].append(warning)
    for found in kinds.values():
        for warning in found[:_SHOWN_OF_A_KIND]:
            echo(f"Warning: {warning}", err=True)
        if len(found) > _SHOWN_OF_A_KIND:
            more = len(found) - _SHOWN_OF_A_KIND
            echo(f"Warning: and {more} more like it; --json lists all", err=True)
