"""A run's options told as a command, and read again."""

from __future__ import annotations

import shlex
from dataclasses import replace

import pytest

from videogen.cli.run import run
from videogen.cli.run_options import run_options
from videogen.cli.wording import command_of
from videogen.domain.options import RunOptions


def options_of(*arguments: str) -> RunOptions:
    with run.make_context("run", list(arguments)) as ctx:
        return run_options(ctx, {name: ctx.params[name] for name in RUN_OPTIONS})


RUN_OPTIONS = {
    parameter.name: None
    for parameter in run.params
    if parameter.name
    not in {"surroundings", "database", "as_json", "quiet", "until", "dry_run", "trusts"}
}


@pytest.mark.parametrize("size", ["1920x1080", "vertical", "square"])
@pytest.mark.parametrize("highlight", ["", "--highlight", "--no-highlight"])
@pytest.mark.parametrize("captions", ["", "--captions burned", "--captions off"])
def test_the_command_of_a_film_asks_for_the_same_film(
    size: str, highlight: str, captions: str
) -> None:
    asked = options_of("--topic", "Tides", "--size", size, *f"{highlight} {captions}".split())
    told = shlex.split(command_of(asked))
    assert told[:2] == ["videogen", "run"]
    assert options_of(*told[2:]) == replace(asked, duration_given=False)


def test_what_a_shape_has_anyway_is_not_told() -> None:
    told = command_of(options_of("--topic", "Tides", "--size", "vertical"))
    assert told == "videogen run --topic Tides --size 1080x1920"
