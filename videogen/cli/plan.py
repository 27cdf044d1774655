"""`videogen plan` and `videogen swap`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from videogen.cli.display import display
from videogen.cli.options import (
    Surroundings,
    database_option,
    json_option,
    root_option,
    trust_option,
)
from videogen.cli.output import echo

if TYPE_CHECKING:
    from videogen.domain.footage import Choice
    from videogen.footage.plans import Plan

_RUNNERS_UP = 3
_WORDS = 60  # letters of what is said that are shown


@click.command(
    "plan", epilog="Example: videogen plan 5f0c2a9e-6d0b-4c57-9a63-0f6f5b1c8d2e --html plan.html"
)
@root_option
@click.argument("project_id")
@click.option("--html", type=click.Path(path_type=Path), help="Write a page of thumbnails here.")
@json_option
def show_plan(
    surroundings: Surroundings, project_id: str, html: Path | None, as_json: bool
) -> None:
    """Show which pictures a video will show, or shows, and why; `videogen swap` changes one."""
    from videogen.files import write_text
    from videogen.footage.sheet import sheet
    from videogen.project.curation import kept_plan
    from videogen.project.kept import kept_options
    from videogen.serialization import encode
    from videogen.workspace import Workspace

    workspace = Workspace(surroundings.root, project_id, "")
    plan = kept_plan(workspace)
    if html:
        write_text(html, sheet(plan, kept_options(workspace).clips))
        echo(str(html))
    elif as_json:
        echo(encode(plan))
    else:
        print_plan(plan)


@click.command(
    epilog="Example: videogen swap 5f0c2a9e-6d0b-4c57-9a63-0f6f5b1c8d2e 3.2 commons:1234567"
)
@root_option
@database_option
@click.argument("project_id")
@click.argument("shot", metavar="SCENE[.SHOT]")
@click.argument("clip", metavar="SOURCE:ID|PATH|card")
@trust_option
def swap(
    surroundings: Surroundings,
    database: str | None,
    project_id: str,
    shot: str,
    clip: str,
    trusts: bool,
) -> None:
    """Show another clip, a file of your own, or a card; `videogen resume` then makes it so."""
    from videogen.db.engine import connect
    from videogen.footage.overrides import shot_number
    from videogen.footage.plans import named
    from videogen.project.curation import choose, kept_plan
    from videogen.project.opening import reopen

    settings = surroundings.allowed(trusts).settings(database)
    scene, number = shot_number(shot)
    with (
        display(quiet=True) as observer,
        reopen(project_id, settings, connect(settings.database_url), observer) as project,
    ):
        with project.chain as chain:
            found = named(kept_plan(project.workspace), chain, (scene, number or 1), clip)
        choose(project.workspace, {(scene, number or 1): found})
    echo(f"{scene}.{number or 1} {_title(found.candidate.source, found.candidate.title)}")
    echo(f"Make it with: videogen resume {project_id}", err=True)


def print_plan(plan: Plan) -> None:
    """Print a plan: for each shot what is said, what is shown, how well it fits, what came next."""
    for scene in plan.scenes:
        echo(f"\n{scene.number}. {scene.scene.title or scene.query}")
        for number, choice in enumerate(scene.choices, start=1):
            echo(f"  {scene.number}.{number} “{_short(choice.words)}”")
            echo(f"      {_line(choice)}")
        for one in scene.passed_over[:_RUNNERS_UP]:
            found = one.candidate
            echo(f"      or {found.source}:{found.id} {found.title[:_WORDS]} ({one.relevance:.2f})")


def _line(choice: Choice) -> str:
    suggestion = choice.suggestion
    found, reasons = suggestion.candidate, "; ".join(suggestion.reasons)
    if choice.is_card:
        return f"card “{found.title}”: {reasons}"
    piece = f", piece {choice.take + 1}" if choice.take else ""
    return (
        f"{_title(f'{found.source}:{found.id}', found.title)}"
        f" ({suggestion.relevance:.2f}{piece}): {reasons}"
    )


def _title(name: str, title: str) -> str:
    return f"{name} “{title[:_WORDS]}”"


def _short(words: str) -> str:
    return words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"
