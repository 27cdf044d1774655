"""`videogen report`."""

from __future__ import annotations

from pathlib import Path

import click

from videogen.cli.options import Surroundings, database_option, root_option
from videogen.cli.output import echo
from videogen.cli.wording import command_of


@click.command(
    epilog="Example: videogen report 5f0c2a9e-6d0b-4c57-9a63-0f6f5b1c8d2e --output film.html"
)
@root_option
@database_option
@click.argument("project_id")
@click.option(
    "--output",
    type=click.Path(path_type=Path, resolve_path=True),
    help="Write the page here.  [default: beside the video]",
)
def report(
    surroundings: Surroundings, database: str | None, project_id: str, output: Path | None
) -> None:
    """Tell a finished video on one page: what is shown and why, who made it, what it took."""
    from videogen.db.engine import connect_to_read
    from videogen.files import write_text
    from videogen.project.kept import kept_options
    from videogen.report.film import film_of
    from videogen.report.page import page
    from videogen.workspace import Workspace

    settings = surroundings.settings(database)
    options = kept_options(Workspace(surroundings.root, project_id, ""))
    workspace = Workspace(surroundings.root, project_id, options.name)
    film = film_of(workspace, connect_to_read(settings.database_url))
    path = output or workspace.sidecar_path("report.html")
    write_text(path, page(film, command_of(options), path.parent))
    echo(str(path))
