"""What is run against the faults of a database; its name is a file, or a server's address."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import make_url

from videogen.settings import DATABASE_NAME
from videogen.shell import assignment, installing, line, moving

FILE = "sqlite:///"
# What is installed under another name than it is imported by.
_DRIVERS = {"psycopg": "psycopg[binary]", "psycopg2": "psycopg2-binary", "MySQLdb": "mysqlclient"}


def making(name: str) -> str:
    """Return what makes a database that is not there, or one that is used instead of the app's."""
    path = Path(name)
    if path.name.casefold() != DATABASE_NAME:
        return line("videogen", "db", "create", path)
    other = path.with_name("output") / "videogen.db"
    taken = assignment("VIDEOGEN_DATABASE", other)
    return taken if other.exists() else f"{making(str(other))} && {taken}"


def checking(name: str) -> str:
    """Return what compares it with what is expected; a server's address may not be shown whole."""
    chosen = () if "://" in name else ("--database", name)
    return line("videogen", "check", *chosen)


def away(name: str) -> str:
    """Return what puts a file aside."""
    return moving(Path(name), Path(f"{name}.damaged"))


def recovery(name: str) -> str:
    """Return what copies all that can still be read, and takes the copy where it is found whole.

    Protocol: https://www.sqlite.org/recovery.html
    """
    copy = f"{name}.recovered"
    read = f"{line('sqlite3', name, '.recover')} | {line('sqlite3', copy)}"
    return " && ".join((read, checking(copy), away(name), moving(Path(copy), Path(name))))


def holder(name: str) -> str:
    """Return what shows the program that holds a file."""
    return line("openfiles", "/query") if os.name == "nt" else line("lsof", name)


def opening_up(name: str) -> str:
    """Return what lets its owner write a file and beside it."""
    if os.name == "nt":
        return line("attrib", "-R", name)
    return line("chmod", "u+rwX", name, Path(name).parent)


def server_trial(name: str) -> str:
    """Return what asks a server whether it takes connections."""
    url = make_url(name)
    if url.get_backend_name() != "postgresql":
        return ""
    port = ("-p", str(url.port)) if url.port else ()
    return line("pg_isready", "-h", url.host or "localhost", *port)


def another_address(error: Exception) -> str:
    """Return what lets an address be used: its driver, or another address where it is none."""
    if isinstance(error, ModuleNotFoundError) and error.name:
        return installing(_DRIVERS.get(error.name, error.name))
    return making(str(Path.cwd() / DATABASE_NAME))
