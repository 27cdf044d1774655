"""`videogen check` and `videogen db`."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from videogen.cli.options import Surroundings, database_option, json_option, root_option
from videogen.cli.output import echo


@click.group()
def db() -> None:
    """The database file itself."""


@db.command("create", epilog="Example: videogen db create output/videogen.db")
@click.argument("path", type=click.Path(path_type=Path))
def create(path: Path) -> None:
    """Make a database for use without the web app; a file that exists is refused."""
    from videogen.db.create import create as create_database

    create_database(path)
    echo(str(path))


@db.command("path", epilog="Example: videogen db path")
@root_option
@database_option
def path(surroundings: Surroundings, database: str | None) -> None:
    """Print the database that a run would use; exit 2 where there is none."""
    from videogen.db.engine import open_engine

    settings = surroundings.settings(database)
    # Only a database that is missing may be replaced by another; a locked one is still the one.
    open_engine(settings.database_url, "ro")
    echo(settings.database_url.removeprefix("sqlite:///"))


@click.command(epilog="Example: videogen check --strict")
@root_option
@database_option
@click.option("--strict", is_flag=True, help="Exit 1 on notes as well.")
@json_option
def check(surroundings: Surroundings, database: str | None, strict: bool, as_json: bool) -> None:
    """Compare the database with what videogen needs; exit 1 where it drifted.

    What breaks a run or loses a fact is drift. A note tells that the app moved on in a way that a
    run does not mind.
    """
    from videogen.db import drift

    settings = surroundings.settings(database)
    findings = drift.check(settings.database_url)
    drifted = any(strict or finding.severity != "note" for finding in findings)
    if as_json:
        shown = [dataclasses.asdict(finding) for finding in findings]
        echo(json.dumps({"drift": drifted, "findings": shown}))
    else:
        for finding in findings:
            echo(f"{finding.severity} {finding.where}: {finding.what}")
        if not findings:
            echo("No drift.")
    if drifted:
        raise click.exceptions.Exit(1)
