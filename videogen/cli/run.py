"""`videogen run`, `resume` and `script`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Literal, get_args

import click

from videogen.cli.display import display
from videogen.cli.ending import print_ending, warn
from videogen.cli.options import (
    Surroundings,
    database_option,
    json_option,
    option,
    root_option,
    shared_option,
    trust_option,
)
from videogen.cli.output import echo
from videogen.cli.plan import print_plan
from videogen.cli.run_options import film_options, refuse_unshared, run_options
from videogen.cli.values import Place
from videogen.domain.events import Stage
from videogen.domain.video import Quality
from videogen.errors import ProjectDeleted

if TYPE_CHECKING:
    from videogen.domain.options import RunOptions
    from videogen.project.state import Project
    from videogen.settings import Settings

quiet_option = click.option("--quiet", is_flag=True, help="Show no progress, only the result.")


@click.command(epilog="Example: videogen run --topic 'Tides' --duration 60 --size vertical")
@root_option
@database_option
@film_options
@click.option(
    "--until",
    type=click.Choice(get_args(Stage)),
    default="assembly",
    show_default=True,
    help="Stop after this stage and show it; footage is what is chosen to be shown.",
)
@click.option("--plan", "until", flag_value="footage", help="The same as --until footage.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="Show what would happen, what it needs and takes; nothing is written, nothing is paid.",
)
@trust_option
@json_option
@quiet_option
def run(
    surroundings: Surroundings,
    database: str | None,
    as_json: bool,
    quiet: bool,
    until: Stage,
    dry_run: bool,
    trusts: bool,
    **chosen: Any,
) -> None:
    """Make a narrated video of a topic."""
    from videogen.db.engine import connect
    from videogen.project.opening import prepare, start

    options = run_options(click.get_current_context(), chosen)
    settings = surroundings.allowed(trusts, options.footage).settings(database)
    if dry_run:
        _rehearse(options, settings, as_json)
        return
    opened = connect(settings.database_url)
    providers = prepare(options, settings)
    with (
        display(quiet=quiet or as_json) as observer,
        start(options, settings, opened, providers, observer) as project,
    ):
        if until == "assembly":
            _finish(project, as_json)
        elif until == "footage":
            _show_plan(project, as_json)
        else:
            _show_script(project, until, as_json)


@click.command(epilog="Example: videogen resume 5f0c2a9e-6d0b-4c57-9a63-0f6f5b1c8d2e")
@root_option
@database_option
@click.argument("project_id")
@click.option(
    "--quality",
    type=click.Choice(get_args(Quality)),
    help="Cut it anew, such as a draft that pleased.  [default: as before]",
)
@option("--executor", type=Place(), help="Where what is left is made.  [default: this machine]")
@shared_option
@trust_option
@json_option
@quiet_option
def resume(
    surroundings: Surroundings,
    database: str | None,
    project_id: str,
    quality: Quality | None,
    executor: str | None,
    shared: str,
    trusts: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Go on with a project that stopped; what it has made is not made again."""
    from videogen.db.engine import connect
    from videogen.project.opening import reopen

    refuse_unshared(executor, shared)
    settings = surroundings.allowed(trusts).settings(database)
    opened = connect(settings.database_url)
    with (
        display(quiet=quiet or as_json) as observer,
        reopen(project_id, settings, opened, observer, quality, executor, shared) as project,
    ):
        _finish(project, as_json)


def _rehearse(options: RunOptions, settings: Settings, as_json: bool) -> None:
    """Show what a run would do; exit 1 where something is missing that it can't do without."""
    from videogen.cli.rehearsing import print_rehearsal, rehearsal_json
    from videogen.rehearsal.rehearse import rehearse

    rehearsal = rehearse(options, settings)
    if as_json:
        echo(rehearsal_json(rehearsal))
    else:
        print_rehearsal(rehearsal)
    if any(check.required and not check.ok for check in rehearsal.needs):
        raise click.exceptions.Exit(1)


def _finish(project: Project, as_json: bool) -> None:
    """Make the video and print what came of it; exit 1 where something is missing."""
    from videogen.cli.result import result_json
    from videogen.run import produce

    with _resumable(project):
        outcome = produce(project)
    warn(outcome.warnings)
    if as_json:
        echo(result_json(outcome, project.workspace.stored))
    else:
        print_ending(outcome, project.workspace)
    if outcome.status != "complete":
        raise click.exceptions.Exit(1)


def _show_script(project: Project, last: Literal["script", "voiceover"], as_json: bool) -> None:
    """Write the script, and speak it where that is wanted, and print it."""
    from videogen.run import begin
    from videogen.serialization import encode

    with _resumable(project):
        narration = begin(project, last)
    warn(project.warnings)
    if as_json:
        echo(encode(narration.script))
        return
    for scene in narration.scenes:
        spoken = f" {project.workspace.audio_path(scene.number)}" if last == "voiceover" else ""
        echo(f"{scene.number}. {scene.seconds:.1f} s{spoken}\n   {scene.scene.text}\n")
    echo(f"Make the video: videogen resume {project.workspace.project_id}", err=True)


def _show_plan(project: Project, as_json: bool) -> None:
    """Choose what the video shows and print it."""
    from videogen.run import plan_footage
    from videogen.serialization import encode

    with _resumable(project):
        plan = plan_footage(project)
    warn((*project.warnings, *plan.warnings))
    if as_json:
        echo(encode(plan))
        return
    print_plan(plan)
    project_id = project.workspace.project_id
    echo(f"\nChange a shot: videogen swap {project_id} SCENE.SHOT SOURCE:ID", err=True)
    echo(f"Make the video: videogen resume {project_id}", err=True)


@contextmanager
def _resumable(project: Project) -> Iterator[None]:
    """Show progress while the block lasts, and say how to go on where it fails."""
    try:
        with closing(project.observer):
            yield
    except ProjectDeleted:
        raise  # there is nothing to go on with
    except (KeyboardInterrupt, Exception):
        warn(project.warnings)
        echo(f"Go on with: videogen resume {project.workspace.project_id}", err=True)
        raise


@click.command(
    epilog="Example: videogen script --topic 'Tides' --duration 60",
    context_settings={"ignore_unknown_options": True},
    add_help_option=False,
)
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[RUN OPTIONS]...")
@click.pass_context
def script(ctx: click.Context, options: tuple[str, ...]) -> None:
    """Write the script of a film and show it; `videogen resume` makes the rest."""
    run.main([*options, "--until", "script"], "videogen script", standalone_mode=False, parent=ctx)
