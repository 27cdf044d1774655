"""What a film may be asked to be: the options of `videogen run`, read as one value."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, get_args

import click
from click.core import ParameterSource

from videogen.cli.options import F, option, shared_option
from videogen.cli.values import FrameRate, Names, Place, Seconds, Size, Source
from videogen.domain.options import DASK, Captions, RunOptions
from videogen.domain.speech import FASTEST_VOICE, SLOWEST_VOICE
from videogen.domain.video import (
    LONGEST_SECONDS,
    SHORTEST_SECONDS,
    EncoderChoice,
    Format,
    Quality,
    StyleName,
)
from videogen.errors import UsageError
from videogen.footage.licenses import FAMILIES, LICENSES
from videogen.script.writers import WRITERS
from videogen.voiceover.engines import ENGINES
from videogen.voiceover.engines.catalogue import DEFAULT_VOICE

DEFAULT_TOPIC = "Russian invasion of Ukraine"
FILE = click.Path(path_type=Path, resolve_path=True)


def _cores() -> int:
    return os.cpu_count() or 1


_OPTIONS = (
    option(
        "--topic",
        help=f"What the video is about.  [default: the script's name, or {DEFAULT_TOPIC}]",
    ),
    option(
        "--duration",
        type=Seconds(SHORTEST_SECONDS, LONGEST_SECONDS),
        default=300,
        show_default=True,
        help="Seconds.",
    ),
    option("--script", type=FILE, help="Speak this Markdown, text or JSON file."),
    option("--writer", default="auto", show_default=True, help=f"auto or {', '.join(WRITERS)}."),
    option("--fit", is_flag=True, help="Fit a --script to the duration by speed and pauses."),
    option("--model", default="", help="The language model of the writer."),
    option(
        "--tone", default="", help="How a language model shall write: dry, warm, for laughs ..."
    ),
    option(
        "--audience", default="", help="Whom it shall write for: children of ten, engineers ..."
    ),
    option(
        "--source",
        type=Source(),
        default="",
        help="All facts come from this text or Markdown file, or from the article in wikipedia.",
    ),
    option("--voice", default=DEFAULT_VOICE, show_default=True, help="See `videogen voices`."),
    option(
        "--speed",
        type=click.FloatRange(SLOWEST_VOICE, FASTEST_VOICE),
        default=1.0,
        show_default=True,
    ),
    option(
        "--voice-engine",
        type=click.Choice(list(ENGINES)),
        default="onnx",
        show_default=True,
        help="kokoro is the official package on PyTorch, an extra.",
    ),
    option("--voice-model", type=FILE, help="The engine's model from a file of your own."),
    option("--pronunciations", type=FILE, help="A file of lines: word = phonemes."),
    option(
        "--recordings", type=FILE, help="A folder of your own voice: scene-1.wav, scene-2.m4a ..."
    ),
    option(
        "--footage",
        type=Names(),
        default="auto",
        show_default=True,
        help="Sources: auto, those that fit the topic, or their names.",
    ),
    option(
        "--licenses",
        type=Names(FAMILIES),
        default=",".join(one for one in FAMILIES if one in LICENSES),
        show_default=True,
        help="What footage may be under; by-sa binds the whole video.",
    ),
    option("--clips", type=FILE, help="Your folder of videos and pictures."),
    option(
        "--size", type=Size(), default="1920x1080", show_default=True, help="Or vertical, square."
    ),
    option("--fps", type=FrameRate(), default="30", show_default=True),
    option(
        "--style",
        type=click.Choice(get_args(StyleName)),
        default="dark",
        show_default=True,
        help="How cards and titles look.",
    ),
    option(
        "--captions",
        type=click.Choice(get_args(Captions)),
        help="Default: burned into vertical and square, else sidecar: files, and a track in the video.",
    ),
    option(
        "--highlight/--no-highlight",
        default=None,
        help="Colour each word of burned captions as it is spoken. Default: in vertical.",
    ),
    option("--export-otio", is_flag=True, help="Write the cut for editing programs, too."),
    option("--music", type=FILE, help="Music to lay under the voice: a file, or a folder."),
    option(
        "--encoder",
        type=click.Choice(get_args(EncoderChoice)),
        default="x264",
        show_default=True,
        help="auto takes the machine's own where a trial shows that it works.",
    ),
    option(
        "--quality",
        type=click.Choice(get_args(Quality)),
        default="good",
        show_default=True,
        help="draft: a quick look at half the size; best: slower and finer.",
    ),
    option("--pin", "pins", multiple=True, help="Show a clip: SCENE[.SHOT]=SOURCE:ID."),
    option("--ban", "bans", multiple=True, help="Never show a clip: SOURCE:ID."),
    option(
        "--sourcing-timeout",
        type=Seconds(1, 86_400),
        default=600,
        show_default=True,
        help="Seconds that footage services may take in all.",
    ),
    option("--workers", type=click.IntRange(1, 64), default=_cores, show_default="one a core"),
    option(
        "--executor",
        type=Place(),
        default="processes",
        show_default=True,
        help="Where voices and scenes are made: here, or by a cluster's workers.",
    ),
    shared_option,
    option("--name", default="", help="The video's file name. Default: from the topic."),
)


def film_options(command: F) -> F:
    """Give a command all that a film may be asked to be."""
    for one in reversed(_OPTIONS):
        command = one(command)
    return command


def run_options(ctx: click.Context, chosen: dict[str, Any]) -> RunOptions:
    """Return what a call of `run` asks for; `chosen` are its options by name.

    Raises:
        UsageError: they contradict each other.
    """
    from videogen.workspace import file_name

    if chosen["fit"] and not chosen["script"]:
        raise UsageError("--fit has no --script to fit", cure="Any other script is fitted anyway.")
    refuse_unshared(chosen["executor"], chosen["shared"])
    topic = _topic(chosen.pop("topic"), chosen["script"])
    name = file_name(chosen.pop("name") or topic)
    output = Format(chosen.pop("fps"), *chosen.pop("size"))
    for option_name, usual in usual_captions(output).items():
        if chosen[option_name] is None:
            chosen[option_name] = usual
    given = ctx.get_parameter_source("duration") is not ParameterSource.DEFAULT
    return RunOptions(topic=topic, name=name, format=output, duration_given=given, **chosen)


def usual_captions(output: Format) -> dict[str, Captions | bool]:
    """Return the options of captions that a format has unless they are given."""
    return {
        "captions": "sidecar" if output.width > output.height else "burned",
        "highlight": output.width < output.height,
    }


def refuse_unshared(executor: str | None, shared: str) -> None:
    """Refuse a shared folder where no cluster is to reach it.

    Raises:
        UsageError: it is so.
    """
    if shared and not (executor or "").startswith(DASK):
        raise UsageError(
            "--shared is for the workers of a cluster",
            cure="Give --executor dask:tcp://HOST:PORT, too, or leave it out.",
        )


def _topic(given: str | None, script: Path | None) -> str:
    if given is None:
        return script.stem if script else DEFAULT_TOPIC
    if not given.strip():
        raise UsageError("The topic is empty", cure="Say what the video is about: --topic '...'")
    return given.strip()
