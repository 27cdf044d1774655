"""`videogen clean`."""

from __future__ import annotations

import json

import click

from videogen.cli.options import Surroundings, database_option, json_option, root_option
from videogen.cli.output import echo

_UNITS = (("GB", 10**9), ("MB", 10**6), ("kB", 10**3))


@click.command(epilog="Example: videogen clean --yes")
@root_option
@database_option
@click.option("--yes", is_flag=True, help="Delete what is shown.")
@json_option
def clean(surroundings: Surroundings, database: str | None, yes: bool, as_json: bool) -> None:
    """Show what can go: files of deleted projects, old work folders, footage above its bound.

    Nothing that videogen did not make is shown or deleted.
    """
    from videogen.db.engine import connect_to_read
    from videogen.project.cleaning import leftovers, sweep

    settings = surroundings.settings(database)
    opened = connect_to_read(settings.database_url)
    found = leftovers(settings.root, opened, settings.cache_folder)
    if yes:
        for one in found:
            sweep(one)
    if as_json:
        listed = [
            {"why": one.why, "files": [str(path) for path in one.files], "bytes": one.size}
            for one in found
        ]
        echo(json.dumps({"leftovers": listed, "deleted": yes}, ensure_ascii=False, indent=1))
        return
    for one in found:
        echo(f"{_bytes(one.size):>9}  {one.why} ({len(one.files)} files)")
    if not found:
        echo("There is nothing to clean.")
    elif yes:
        echo(f"Deleted {_bytes(sum(one.size for one in found))}.")
    else:
        echo("videogen clean --yes deletes it.", err=True)


def _bytes(count: int) -> str:
    unit, size = next((one for one in _UNITS if count >= one[1]), ("B", 1))
    return f"{count / size:.1f} {unit}" if size > 1 else f"{count} B"
