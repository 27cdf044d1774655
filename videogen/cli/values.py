"""The values that options are read as."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import click

from videogen.domain.options import DASK, WIKIPEDIA, ExecutorKind

_SIDES = re.compile(r"(\d{1,5})x(\d{1,5})")
_RATE = re.compile(r"\s*\d{1,9}(?:\.\d{1,9}|/\d{1,9})?\s*")
_SCHEDULER = re.compile(rf"{DASK}(tcp|tls)://\S+:\d{{1,5}}")
SIZES = {"vertical": (1080, 1920), "square": (1080, 1080)}


class Seconds(click.ParamType[float]):
    """A finite number of seconds within bounds."""

    name = "seconds"

    def __init__(self, least: float, most: float) -> None:
        self.least = least
        self.most = most

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the seconds, or fail with the bounds."""
        try:
            seconds = float(value)
        except ValueError:
            seconds = math.nan
        if not self.least <= seconds <= self.most:
            bounds = f"{self.least:g} to {self.most:g}"
            self.fail(f"{value!r} is not a number of seconds from {bounds}.", param, ctx)
        return seconds


class Names(click.ParamType[tuple[str, ...]]):
    """Names with commas between them, of those that are known where they are given."""

    name = "names"

    def __init__(self, known: Collection[str] = ()) -> None:
        self.known = known

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the names in their order."""
        names = tuple(name.strip() for name in value.split(",") if name.strip())
        if not names:
            self.fail(f"{value!r} names nothing.", param, ctx)
        if unknown := [name for name in names if self.known and name not in self.known]:
            self.fail(f"{unknown[0]!r} is none of {', '.join(self.known)}.", param, ctx)
        return names


class Source(click.ParamType[str]):
    """A file, as its whole path, or the name of the encyclopedia."""

    name = f"file|{WIKIPEDIA}"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the file's path from anywhere, or the name."""
        if value in {"", WIKIPEDIA}:
            return str(value)
        path = Path(value).expanduser().resolve()
        if not path.is_file():
            self.fail(f"{value!r} is neither a file nor {WIKIPEDIA!r}.", param, ctx)
        return str(path)


class Size(click.ParamType[tuple[int, int]]):
    """A preset or WIDTHxHEIGHT in even pixels."""

    name = "size"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Return width and height in pixels."""
        if isinstance(value, tuple):
            return value
        if value in SIZES:
            return SIZES[value]
        sides = _SIDES.fullmatch(value.lower())
        if sides is None:
            self.fail(f"{value!r} is neither WIDTHxHEIGHT nor {' nor '.join(SIZES)}.", param, ctx)
        pixels = (int(sides[1]), int(sides[2]))
        if any(side % 2 or not 64 <= side <= 8192 for side in pixels):  # noqa: PLR2004
            self.fail(f"{value!r}: both sides must be even, from 64 to 8192.", param, ctx)
        return pixels


class Place(click.ParamType[str]):
    """Where work runs: this process, processes of this machine, or a dask cluster."""

    name = "|".join((*get_args(ExecutorKind), f"{DASK}ADDRESS"))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the place, or fail with what there is."""
        if value not in get_args(ExecutorKind) and not _SCHEDULER.fullmatch(value):
            self.fail(
                f"{value!r} is neither inline nor processes nor dask:tcp://HOST:PORT.", param, ctx
            )
        return str(value)


class FrameRate(click.ParamType[Fraction]):
    """Frames a second; 23.976, 29.97 and 59.94 are read as the broadcast fractions they mean."""

    name = "rate"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        """Return the rate as a fraction."""
        try:
            # A power of ten with nine digits is a number that no machine holds.
            rate = Fraction(value if _RATE.fullmatch(str(value)) else 0)
        except (ValueError, ZeroDivisionError):
            rate = Fraction(0)
        if not 10 <= rate <= 120:  # noqa: PLR2004 - what players take
            self.fail(f"{value!r} is not a frame rate from 10 to 120.", param, ctx)
        broadcast = Fraction(round(rate) * 1000, 1001)
        return broadcast if abs(rate - broadcast) < Fraction(1, 200) else rate
