"""Options that several commands share, and the values that they are read as."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar, get_args
from urllib.parse import urlsplit

import click

from videogen.cli.trusting import is_wished, refused
from videogen.environment import DATABASE, FILE, Environment, environment
from videogen.printable import hide
from videogen.settings import (
    DASK,
    DATABASE_NAME,
    WIKIPEDIA,
    ExecutorKind,
    Settings,
    find_root,
    load,
)
from videogen.trust import is_trusted, trust

F = TypeVar("F", bound=Callable[..., Any])

_SIDES = re.compile(r"(\d{1,5})x(\d{1,5})")
_RATE = re.compile(r"\s*\d{1,9}(?:\.\d{1,9}|/\d{1,9})?\s*")
MCP_SOURCE = "dvids-mcp"
_SCHEDULER = re.compile(rf"{DASK}(tcp|tls)://\S+:\d{{1,5}}")
SIZES = {"vertical": (1080, 1920), "square": (1080, 1080)}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The root of a call, where the app's database is expected, and the variables in force.

    `is_trusted` tells whether the user trusts the root's own files.
    """

    root: Path
    home: Path
    environment: Environment
    is_trusted: bool

    def settings(self, database: str | None) -> Settings:
        """Return the settings with the chosen database, None for the app's own.

        Raises:
            UsageError: an untrusted folder names a database elsewhere.
        """
        if database is None and DATABASE in self.environment.withheld:
            raise refused(self.root, [DATABASE])
        variables = self.environment.variables
        database = database or variables.get(DATABASE) or str(self.home / DATABASE_NAME)
        return load(self.root, database, variables, trusts_root=self.is_trusted)

    def allowed(self, trusts: bool, footage: Sequence[str] = ()) -> Surroundings:
        """Return the same with all that the folder's own files name, where the user trusts it.

        A person at the terminal is asked once; `footage` are the sources that were named.

        Raises:
            UsageError: nobody trusts it, and it names where something is to be sent.
        """
        names = sorted(self.environment.withheld)
        told = [f"its {FILE} says where to send to ({', '.join(names)})"] if names else []
        if not self.is_trusted and MCP_SOURCE in footage:
            told.append("its list of MCP servers starts programs")
        if trusts or (told and is_wished(self.root, " and ".join(told))):
            trust(self.root)
            known = environment(self.root, trusted=True)
            return replace(self, environment=known, is_trusted=True)
        if names:
            raise refused(self.root, names)
        return self


def option(*names: str, **attributes: Any) -> Callable[[F], F]:
    """Return a click option that also reads `VIDEOGEN_<NAME>`."""
    long = next(name for name in names if name.startswith("--"))
    # What follows a slash is the name that switches a flag off.
    plain = long.removeprefix("--").partition("/")[0]
    variable = "VIDEOGEN_" + plain.replace("-", "_").upper()
    return click.option(*names, envvar=variable, **attributes)


def _enter_root(ctx: click.Context, _: click.Parameter, given: Path | None) -> Surroundings:
    root = find_root(given)
    trusted = is_trusted(root)
    found = environment(root, trusted=trusted)
    # click asks the default map after the environment, which is where `.env` ranks.
    ctx.default_map = {
        name.removeprefix("VIDEOGEN_").lower(): value
        for name, value in found.variables.items()
        # No file may say that it is to be trusted.
        if name.startswith("VIDEOGEN_") and name != "VIDEOGEN_TRUSTS"
    }
    is_found = given is not None or (root / DATABASE_NAME).is_file()
    # Where no folder holds one, the user is told of the folder they are in, not of this checkout.
    return Surroundings(root, root if is_found else Path.cwd(), found, trusted)


def _reachable(_: click.Context, __: click.Parameter, given: str) -> str:
    """Return a folder as its whole path, or an fsspec address, whose password is shown nowhere."""
    if not given or "://" in given:
        hide(urlsplit(given).password or "")
        return given
    return Path(given).expanduser().resolve().as_posix()


root_option = option(
    "--root",
    "surroundings",
    type=click.Path(path_type=Path),
    is_eager=True,
    callback=_enter_root,
    help="The web app's folder. Default: the nearest one upward that holds the app's database.",
)
database_option = option(
    "--database",
    metavar="FILE|URL",
    help="The database. Default: ai-video-generator.db in the root.",
)
shared_option = option(
    "--shared",
    metavar="FOLDER|URL",
    default="",
    callback=_reachable,
    help="Where a cluster's workers reach files, unless they see them under the same paths.",
)
trust_option = click.option(
    "--trust", "trusts", is_flag=True, help="Trust the root's own files: see `videogen trust`."
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object on stdout and nothing else."
)


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
