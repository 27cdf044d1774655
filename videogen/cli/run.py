"""`videogen run` and `videogen resume`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import click
from click.core import ParameterSource
from slugify import slugify

from videogen.cli.display import display
from videogen.cli.ending import print_ending, warn
from videogen.cli.options import (
    FrameRate,
    Names,
    Seconds,
    Size,
    Source,
    Surroundings,
    database_option,
    json_option,
    option,
    root_option,
    trust_option,
)
from videogen.cli.output import echo
from videogen.cli.plan import print_plan
from videogen.domain.events import Stage
from videogen.domain.video import (
    LONGEST_SECONDS,
    SHORTEST_SECONDS,
    EncoderChoice,
    Format,
    Quality,
    StyleName,
)
from videogen.errors import ProjectDeleted, UsageError
from videogen.footage.licenses import FAMILIES, LICENSES
from videogen.script.writers import WRITERS
from videogen.settings import Captions, ExecutorKind, RunOptions
from videogen.voiceover.engines import ENGINES
from videogen.voiceover.engines.catalogue import DEFAULT_VOICE

if TYPE_CHECKING:
    from videogen.project.state import Project

DEFAULT_TOPIC = "Russian invasion of Ukraine"
LONGEST_NAME = 60
FILE = click.Path(path_type=Path, resolve_path=True)

quiet_option = click.option("--quiet", is_flag=True, help="Show no progress, only the result.")


def _cores() -> int:
    return os.cpu_count() or 1


@click.command(epilog="Example: videogen run --topic 'Tides' --duration 60 --size vertical")
@root_option
@database_option
@option(
    "--topic", help=f"What the video is about.  [default: the script's name, or {DEFAULT_TOPIC}]"
)
@option(
    "--duration",
    type=Seconds(SHORTEST_SECONDS, LONGEST_SECONDS),
    default=300,
    show_default=True,
    help="Seconds.",
)
@option("--script", type=FILE, help="Speak this Markdown, text or JSON file.")
@option("--writer", default="auto", show_default=True, help=f"auto or {', '.join(WRITERS)}.")
@option("--fit", is_flag=True, help="Fit a --script to the duration by speed and pauses.")
@option("--model", default="", help="The language model of the writer.")
@option("--tone", default="", help="How a language model shall write: dry, warm, for laughs ...")
@option("--audience", default="", help="Whom it shall write for: children of ten, engineers ...")
@option(
    "--source",
    type=Source(),
    default="",
    help="All facts come from this text or Markdown file, or from the article in wikipedia.",
)
@option("--voice", default=DEFAULT_VOICE, show_default=True, help="See `videogen voices`.")
@option("--speed", type=click.FloatRange(0.5, 2.0), default=1.0, show_default=True)
@option(
    "--voice-engine",
    type=click.Choice(list(ENGINES)),
    default="onnx",
    show_default=True,
    help="kokoro is the official package on PyTorch, an extra.",
)
@option("--voice-model", type=FILE, help="The engine's model from a file of your own.")
@option("--pronunciations", type=FILE, help="A file of lines: word = phonemes.")
@option("--recordings", type=FILE, help="A folder of your own voice: scene-1.wav, scene-2.m4a ...")
@option(
    "--footage",
    type=Names(),
    default="auto",
    show_default=True,
    help="Sources: auto, those that fit the topic, or their names.",
)
@option(
    "--licenses",
    type=Names(FAMILIES),
    default=",".join(one for one in FAMILIES if one in LICENSES),
    show_default=True,
    help="What footage may be under; by-sa binds the whole video.",
)
@option("--clips", type=FILE, help="Your folder of videos and pictures.")
@option("--size", type=Size(), default="1920x1080", show_default=True, help="Or vertical, square.")
@option("--fps", type=FrameRate(), default="30", show_default=True)
@option(
    "--style",
    type=click.Choice(get_args(StyleName)),
    default="dark",
    show_default=True,
    help="How cards and titles look.",
)
@option(
    "--captions",
    type=click.Choice(get_args(Captions)),
    help="Default: burned into vertical and square, else sidecar: files, and a track in the video.",
)
@option(
    "--highlight/--no-highlight",
    default=None,
    help="Colour each word of burned captions as it is spoken. Default: in vertical.",
)
@option("--export-otio", is_flag=True, help="Write the cut for editing programs, too.")
@option("--music", type=FILE, help="Music to lay under the voice: a file, or a folder.")
@option(
    "--encoder",
    type=click.Choice(get_args(EncoderChoice)),
    default="x264",
    show_default=True,
    help="auto takes the machine's own where a trial shows that it works.",
)
@option(
    "--quality",
    type=click.Choice(get_args(Quality)),
    default="good",
    show_default=True,
    help="draft: a quick look at half the size; best: slower and finer.",
)
@option("--pin", "pins", multiple=True, help="Show a clip: SCENE[.SHOT]=SOURCE:ID.")
@option("--ban", "bans", multiple=True, help="Never show a clip: SOURCE:ID.")
@option(
    "--sourcing-timeout",
    type=Seconds(1, 86_400),
    default=600,
    show_default=True,
    help="Seconds that footage services may take in all.",
)
@option("--workers", type=click.IntRange(1, 64), default=_cores, show_default="one a core")
@option(
    "--executor",
    type=click.Choice(get_args(ExecutorKind)),
    default="processes",
    show_default=True,
    help="Where voices and scenes are made.",
)
@option("--name", default="", help="The video's file name. Default: from the topic.")
@click.option(
    "--until",
    type=click.Choice(get_args(Stage)),
    default="assembly",
    show_default=True,
    help="Stop after this stage and show it; footage is what is chosen to be shown.",
)
@click.option("--plan", "until", flag_value="footage", help="The same as --until footage.")
@trust_option
@json_option
@quiet_option
def run(
    surroundings: Surroundings,
    database: str | None,
    as_json: bool,
    quiet: bool,
    until: Stage,
    trusts: bool,
    **chosen: Any,
) -> None:
    """Make a narrated video of a topic."""
    from videogen.db.engine import connect
    from videogen.project.opening import prepare, start

    options = run_options(click.get_current_context(), chosen)
    settings = surroundings.allowed(trusts, options.footage).settings(database)
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


def run_options(ctx: click.Context, chosen: dict[str, Any]) -> RunOptions:
    """Return what a call of `run` asks for; `chosen` are its options by name.

    Raises:
        UsageError: they contradict each other.
    """
    if chosen["fit"] and not chosen["script"]:
        raise UsageError("--fit has no --script to fit", cure="Any other script is fitted anyway.")
    topic = _topic(chosen.pop("topic"), chosen["script"])
    name = _file_name(chosen.pop("name") or topic)
    output = Format(chosen.pop("fps"), *chosen.pop("size"))
    if chosen["captions"] is None:
        chosen["captions"] = "sidecar" if output.width > output.height else "burned"
    if chosen["highlight"] is None:
        chosen["highlight"] = output.width < output.height
    given = ctx.get_parameter_source("duration") is not ParameterSource.DEFAULT
    return RunOptions(topic=topic, name=name, format=output, duration_given=given, **chosen)


@click.command(epilog="Example: videogen resume 5f0c2a9e-6d0b-4c57-9a63-0f6f5b1c8d2e")
@root_option
@database_option
@click.argument("project_id")
@click.option(
    "--quality",
    type=click.Choice(get_args(Quality)),
    help="Cut it anew, such as a draft that pleased.  [default: as before]",
)
@trust_option
@json_option
@quiet_option
def resume(
    surroundings: Surroundings,
    database: str | None,
    project_id: str,
    quality: Quality | None,
    trusts: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Go on with a project that stopped; what it has made is not made again."""
    from videogen.db.engine import connect
    from videogen.project.opening import reopen

    settings = surroundings.allowed(trusts).settings(database)
    opened = connect(settings.database_url)
    with (
        display(quiet=quiet or as_json) as observer,
        reopen(project_id, settings, opened, observer, quality) as project,
    ):
        _finish(project, as_json)


def _topic(given: str | None, script: Path | None) -> str:
    if given is None:
        return script.stem if script else DEFAULT_TOPIC
    if not given.strip():
        raise UsageError("The topic is empty", cure="Say what the video is about: --topic '...'")
    return given.strip()


def _file_name(title: str) -> str:
    """Return a file name that is legal on every platform and in every address."""
    return slugify(title, max_length=LONGEST_NAME, word_boundary=True) or "video"


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
    """Say how to go on where the block fails."""
    try:
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
