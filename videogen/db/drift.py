"""What is wrong with a database: its schema against what videogen expects, its file by itself."""

from __future__ import annotations

from sqlalchemy import text

from videogen.db.engine import open_engine
from videogen.db.refusals import translated
from videogen.db.rules import compare
from videogen.db.rules.findings import Finding
from videogen.db.schema.reflection import read_schema


def check(url: str) -> tuple[Finding, ...]:
    """Return how a database differs from what videogen expects, the gravest first; reads only.

    Raises:
        DatabaseError: it can't be read.
    """
    engine, name = open_engine(url, "ro")
    with translated(name), engine.connect() as connection:
        return compare(read_schema(connection))


def damage(url: str) -> str:
    """Return what SQLite finds damaged, its first line; empty where nothing is, or on a server.

    Protocol: https://www.sqlite.org/pragma.html#pragma_quick_check

    Raises:
        DatabaseError: the file can't be read at all.
    """
    engine, name = open_engine(url, "ro")
    if engine.dialect.name != "sqlite":
        return ""
    with translated(name), engine.connect() as connection:
        found = str(connection.execute(text("PRAGMA quick_check(1)")).scalar_one())
    return "" if found == "ok" else found
