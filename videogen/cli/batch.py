"""`videogen batch`: many films, each its own project."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from videogen.cli.options import Surroundings, database_option, json_option, root_option
from videogen.cli.output import echo
from videogen.cli.rows import read_rows

if TYPE_CHECKING:
    from videogen.cli.films import RowOutcome


@click.command(
    epilog="Example: videogen batch topics.csv --max-parallel 2 --size vertical",
    context_settings={"ignore_unknown_options": True},
)
@root_option
@database_option
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[RUN OPTIONS]...")
@click.option(
    "--max-parallel",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Films that are made at once; they share the cores.",
)
@json_option
def batch(
    surroundings: Surroundings,
    database: str | None,
    file: Path,
    options: tuple[str, ...],
    max_parallel: int,
    as_json: bool,
) -> None:
    """Make many films: a topic a line, or CSV or JSON lines with options of `run` a row.

    Options that follow FILE are every row's, unless it says otherwise. Called again, it goes on
    where it stopped: what is complete stays, what was begun is resumed, what failed is tried anew.
    """
    from videogen.cli.films import Call, outcomes_of
    from videogen.serialization import digest
    from videogen.workspace import layout_of

    rows = read_rows(file)
    name = layout_of(surroundings.root).work.format(id="batches")
    folder = surroundings.root / name / digest(str(file.resolve()), options)
    workers = max(1, (os.cpu_count() or 1) // max_parallel)
    call = Call(surroundings.root, database, options, folder, workers)
    outcomes = []
    for outcome in outcomes_of(rows, call, max_parallel):
        outcomes.append(outcome)
        echo(f"{len(outcomes)}/{len(rows)} {_line(outcome)}", err=True)
    _show(sorted(outcomes, key=lambda outcome: outcome.number), as_json=as_json)
    if any(outcome.status != "complete" for outcome in outcomes):
        raise click.exceptions.Exit(1)


def _show(outcomes: Sequence[RowOutcome], *, as_json: bool) -> None:
    if as_json:
        shown = {"rows": [asdict(outcome) for outcome in outcomes]}
        echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        for outcome in outcomes:
            echo(_line(outcome))


def _line(outcome: RowOutcome) -> str:
    told = outcome.told or outcome.video_path
    return f"{outcome.number:>4}  {outcome.status:<10} {outcome.topic[:40]:<40}  {told}"
