"""What reaches the terminal: text without control codes, on streams whose reader may go away."""

from __future__ import annotations

import logging
import os
import sys
from typing import Any, TextIO

import click

from videogen.printable import printable


def echo(text: object, *, err: bool = False) -> None:
    """Print a line on stdout or stderr, as it may be printed."""
    click.echo(printable(str(text)), err=err)


class PrintableFormatter(logging.Formatter):
    """Formats what is logged as it may be printed."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's line."""
        return printable(super().format(record))


def keep_streams() -> None:
    """Have the process go on where nobody reads what it prints, or its streams are closed.

    A closed descriptor would be given to the next file that is opened, and prints would land in it.
    """
    while (opened := os.open(os.devnull, os.O_RDWR)) <= 2:  # noqa: PLR2004
        pass
    os.close(opened)
    sys.stdout = _Steady(sys.stdout or _nowhere())
    sys.stderr = _Steady(sys.stderr or _nowhere())


class _Steady:
    """A text stream that loses what its reader does not take any more."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except OSError:
            return self._lost(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError:
            self._lost("")

    def _lost(self, text: str) -> int:
        # What it still holds would fail again when it is closed.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)
        return len(text)


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123
