"""The rows of a batch: a topic a line, a table with a column an option, or JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from videogen.cli.run import run
from videogen.errors import UsageError

_YES = {"1", "true", "yes", "on", "x"}
_NO = {"0", "false", "no", "off"}


@dataclass(frozen=True, slots=True)
class Row:
    """One film of a batch: its number in the file, from 1, and its options as `run` takes them.

    `fault` says what is wrong with it, empty where nothing is.
    """

    number: int
    arguments: tuple[str, ...]
    fault: str = ""

    @property
    def topic(self) -> str:
        """The topic that it names, empty where it names none."""
        named = "--topic" in self.arguments
        return self.arguments[self.arguments.index("--topic") + 1] if named else ""


def read_rows(path: Path) -> tuple[Row, ...]:
    """Return the rows of a file, by its ending: `.csv`, `.jsonl`, or a topic a line.

    Raises:
        UsageError: the file can't be read, or has no rows.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise UsageError(f"The batch can't be read: {exc}", where=str(path)) from exc
    reader = {".csv": _table, ".jsonl": _json_lines}.get(path.suffix.lower(), _topics)
    rows = tuple(
        _row(number, options) for number, options in enumerate(reader(text), start=1) if options
    )
    if not rows:
        raise UsageError("The batch has no rows", where=str(path), cure="Write a topic a line.")
    return rows


def _topics(text: str) -> Iterator[Mapping[str, Any]]:
    for line in text.splitlines():
        if (topic := line.strip()) and not topic.startswith("#"):
            yield {"topic": topic}


def _table(text: str) -> Iterator[Mapping[str, Any]]:
    for cells in csv.DictReader(io.StringIO(text)):
        # Cells beyond the columns stand under None.
        yield {str(name or "").strip(): cell for name, cell in cells.items() if cell}


def _json_lines(text: str) -> Iterator[Mapping[str, Any]]:
    for line in filter(str.strip, text.splitlines()):
        try:
            found = json.loads(line)
        except ValueError as exc:
            found = {"": f"no JSON: {exc}"}
        yield found if isinstance(found, dict) else {"": "no JSON object"}


def _row(number: int, options: Mapping[str, Any]) -> Row:
    arguments: list[str] = []
    for name, value in options.items():
        parameter = _OPTIONS.get(name.replace("_", "-").lower())
        if parameter is None:
            what = f"There is no option {name!r}" if name else f"It has {value!r} too much"
            return Row(number, (), what)
        try:
            arguments += _arguments(parameter, value)
        except ValueError as exc:
            return Row(number, (), f"{name}: {exc}")
    return Row(number, tuple(arguments))


def _arguments(option: click.Option, value: Any) -> Sequence[str]:
    name = max(option.opts, key=len)
    values = value if isinstance(value, list) else [value]
    if option.is_flag:
        return [name] if _is_wished(values[0]) else option.secondary_opts[:1]
    if option.multiple:
        return [part for one in values for part in (name, str(one))]
    return [name, ",".join(map(str, values))]


def _is_wished(value: Any) -> bool:
    word = str(value).strip().lower()
    if word not in _YES | _NO:
        raise ValueError(f"{value!r} is neither yes nor no")
    return word in _YES


# What a row may not say: where the record is, and how the command itself talks.
_OF_THE_CALL = {"root", "database", "json", "quiet", "plan", "until", "dry-run", "trust"}
_OPTIONS = {
    name: option
    for option in run.params
    if isinstance(option, click.Option)
    for name in [max(option.opts, key=len).removeprefix("--")]
    if name not in _OF_THE_CALL
}
