"""`videogen doctor`."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from videogen.cli.options import Surroundings, database_option, json_option, root_option
from videogen.cli.output import echo

if TYPE_CHECKING:
    from videogen.doctor.checks import Check
    from videogen.doctor.origins import Origin


@click.command(epilog="Example: videogen doctor --json")
@root_option
@database_option
@json_option
def doctor(surroundings: Surroundings, database: str | None, as_json: bool) -> None:
    """Try what a run needs, and say what is missing with its cure.

    Keys are tried by their services' cheapest request; a word is spoken, a frame encoded. Exit 1
    where something is missing that no run can do without.
    """
    from videogen.doctor.examine import examine
    from videogen.doctor.origins import origins

    checks = examine(surroundings.settings(database))
    found = origins(surroundings.environment.variables)
    if as_json:
        shown = {
            "checks": [dataclasses.asdict(check) for check in checks],
            "settings": [dataclasses.asdict(origin) for origin in found],
        }
        echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        print_checks(checks)
        _print(found)
    if any(check.required and not check.ok for check in checks):
        raise click.exceptions.Exit(1)


def print_checks(checks: Sequence[Check]) -> None:
    """Print what was found, area by area, the cure below what is missing."""
    width = max(len(check.name) for check in checks)
    area = ""
    for check in checks:
        if check.area != area:
            area = check.area
            echo(f"\n{area.capitalize()}")
        echo(f"  {_mark(check)}  {check.name:<{width}}  {check.found}")
        if check.cure and not check.ok:
            echo(f"  {'':<8}{'':<{width}}  {check.cure}")


def _print(settings: Sequence[Origin]) -> None:
    if settings:
        echo("\nSettings")
        for origin in settings:
            echo(f"  {origin.where:<11}  {origin.name} = {origin.value}")


def _mark(check: Check) -> str:
    if check.ok:
        return "ok    "
    return "FAILS " if check.required else "-     "
