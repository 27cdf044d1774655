"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click

from videogen.cli.trusting import is_wished, refused
from videogen.environment import DATABASE, FILE, Environment, environment
from videogen.printable import hide
from videogen.settings import (
    DATABASE_NAME,
    Settings,
    find_root,
    load,
)
from videogen.trust import is_trusted, trust

F = TypeVar("F", bound=Callable[..., Any])

MCP_SOURCE = "dvids-mcp"


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
        told = (
            [f"its {FILE} names where to send or what to run ({', '.join(names)})"] if names else []
        )
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
