"""Writes docs/configuration.md, and the tables of sources and writers, from the program; `make docs` does so first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from videogen.cli import cli
from videogen.doctor.origins import known_variables
from videogen.footage.sources import SOURCES
from videogen.footage.sources import provider_of as source_of
from videogen.provider import Provider
from videogen.script.writers import WRITERS
from videogen.script.writers import provider_of as writer_of

PAGE = Path(__file__).resolve().parents[1] / "configuration.md"
_HEAD = """# Commands and settings

Written by `make docs` from the program itself.

Options come first, then environment variables, then a `.env` file in the root, then defaults. The root is
`--root`, else the nearest folder upward that holds the app's database, else the checkout, else the folder that
you are in.

What a folder's own files say of addresses (`*_BASE_URL`, `OLLAMA_HOST`, `DVIDS_ORIGIN`, a database
elsewhere, a cluster), of a model that sees and of programs to start (`config/mcp_servers.json`) counts once you trust the folder: you
are asked on a terminal, or run `videogen trust DIR`, or give a run `--trust` ([security](security.md)).

`videogen --debug COMMAND` logs everything and shows where an error comes from, `videogen --version` says which
version this is, and `-h` or `--help` after any command lists its options.
"""


def page() -> str:
    """Return the page: all variables without an option, then all commands with theirs."""
    return "\n".join((_HEAD, *_variables(), *_commands(cli, "videogen")))


def _variables() -> Iterator[str]:
    yield "## Variables\n\n| variable | for | default |\n|---|---|---|"
    for one in known_variables():
        purpose = f"{one.purpose} ([a key]({one.had_at}))" if one.had_at else one.purpose
        yield f"| `{one.name}` | {purpose} | {_code(one.default)} |"
    yield ""


def with_providers(text: str, kind: str, providers: Mapping[str, Provider]) -> str:
    """Return a page with its table of sources or writers as their modules tell of them."""
    rows = [f"| `{name}` | {one.told_needs} | {one.gives} |" for name, one in providers.items()]
    table = re.compile(rf"(\| {kind} \|.*\n\|[-|]+\|\n)(?:\|.*\n)*")
    return table.sub(lambda found: found[1] + "\n".join(rows) + "\n", text, count=1)


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


# Pages with a table of what there is, each with the name of its first column.
_TABLES: Mapping[str, tuple[str, Mapping[str, Provider]]] = {
    "sources.md": ("source", {name: source_of(name) for name in SOURCES}),
    "writers.md": ("writer", {name: writer_of(name) for name in WRITERS}),
}


def pages() -> Iterator[tuple[Path, str]]:
    """Yield all that is written from the program, each page with its text."""
    yield PAGE, page()
    for name, (kind, providers) in _TABLES.items():
        path = PAGE.with_name(name)
        yield path, with_providers(path.read_text(encoding="utf-8"), kind, providers)


if __name__ == "__main__":
    for path, text in pages():
        path.write_text(text, encoding="utf-8", newline="\n")
