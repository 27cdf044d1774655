"""Writes docs/configuration.md from the commands and the settings themselves; `make docs` does so first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click

from videogen.cli import cli
from videogen.settings import VARIABLES, Settings

PAGE = Path(__file__).resolve().parents[1] / "configuration.md"
_HEAD = """# Commands and settings

Written by `make docs` from the program itself.

Options come first, then environment variables, then a `.env` file in the root, then defaults. The root is
`--root`, else the nearest folder upward that holds the app's database, else the checkout, else the folder that
you are in.

What a folder's own files say of addresses (`*_BASE_URL`, `OLLAMA_HOST`, `DVIDS_ORIGIN`, a database
elsewhere, a cluster) and of programs to start (`config/mcp_servers.json`) counts once you trust the folder: you
are asked on a terminal, or run `videogen trust DIR`, or give a run `--trust` ([security](security.md)).

`videogen --debug COMMAND` logs everything and shows where an error comes from, `videogen --version` says which
version this is, and `-h` or `--help` after any command lists its options.
"""


def page() -> str:
    """Return the page: all variables without an option, then all commands with theirs."""
    return "\n".join((_HEAD, *_variables(), *_commands(cli, "videogen")))


def _variables() -> Iterator[str]:
    defaults = {one.name.upper(): one.default for one in fields(Settings)}
    defaults["VIDEOGEN_PATIENCE"] = f"{Settings.__dataclass_fields__['patience'].default:g}"
    yield "## Variables\n\n| variable | for | default |\n|---|---|---|"
    for name, purpose in VARIABLES.items():
        default = defaults.get(name)
        yield f"| `{name}` | {purpose} | {_code(default) if isinstance(default, str) else ''} |"
    yield ""


def _commands(group: click.Group, path: str) -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")
        else:
            yield from _command(command, f"{path} {name}")


def _command(command: click.Command, path: str) -> Iterator[str]:
    ctx = click.Context(command, info_name=path)
    yield f"## {path}\n\n{_paragraphs(command)}\n"
    yield f"    {' '.join((path, *command.collect_usage_pieces(ctx)))}\n"
    rows = [_option(one, ctx) for one in command.params if isinstance(one, click.Option)]
    if rows:
        yield "| option | variable | default | |\n|---|---|---|---|"
        yield from rows
        yield ""
    if command.epilog:
        yield f"{command.epilog.replace('Example: ', 'Example: `')}`\n"


def _paragraphs(command: click.Command) -> str:
    return "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n"))


def _option(option: click.Option, ctx: click.Context) -> str:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    kind = "" if option.is_flag else f" {_cell(option.make_metavar(ctx))}"
    facts = option.get_help_extra(ctx)
    text, _, told = (option.help or "").partition("[default: ")
    default = facts.get("default") or told.rstrip("]")
    cells = (
        names + kind,
        _code(option.envvar),
        _cell(default),
        " ".join(filter(None, (_cell(text.strip()), _bounds(option.type)))),
    )
    return f"| {' | '.join(cells)} |"


def _bounds(kind: click.ParamType[object]) -> str:
    if not isinstance(kind, click.IntRange | click.FloatRange):
        return ""
    return f"From {kind.min:g} to {kind.max:g}."


def _code(text: object) -> str:
    return f"`{text}`" if text else ""


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
