"""A run's options as the command that asks for them again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from fractions import Fraction

import click

from videogen.cli.run import run
from videogen.cli.run_options import usual_captions
from videogen.domain.options import RunOptions


def command_of(options: RunOptions) -> str:
    """Return the `videogen run` that makes the same video, without what is a default."""
    return shlex.join(["videogen", "run", *_arguments(options)])


def _arguments(options: RunOptions) -> Iterator[str]:
    asked = {name: getattr(options, name, None) for name in RunOptions.__slots__}
    asked["size"] = "{}x{}".format(*options.format.size)
    asked["fps"] = options.format.rate
    usual = usual_captions(options.format)
    for parameter in run.params:
        given = asked.get(parameter.name or "")
        # A name is claimed once; the next film gets one of its own.
        if parameter.name == "name" or not isinstance(parameter, click.Option):
            continue
        if given in (None, "", ()) or given == usual.get(parameter.name or "", False):
            continue
        is_no = parameter.is_flag and not given
        names = parameter.secondary_opts if is_no else parameter.opts
        name, values = names[-1], _texts(parameter, given)
        default = parameter.get_default(click.Context(run))
        if default is not None and values == _texts(parameter, default):
            continue
        for value in values:
            yield from (name,) if parameter.is_flag else (name, value)


def _texts(parameter: click.Option, value: object) -> tuple[str, ...]:
    """Return a value as it is written on a command line, once or several times."""
    if isinstance(value, tuple):
        texts = tuple(map(str, value))
        return texts if parameter.multiple else (",".join(texts),)
    if isinstance(value, float | Fraction):
        return (f"{float(value):g}" if isinstance(value, float) else str(value),)
    return (str(value),)
