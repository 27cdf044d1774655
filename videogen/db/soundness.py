"""Whether a database file is whole, asked of the database itself."""

from __future__ import annotations

from sqlalchemy import text

from videogen.db.engine import open_engine
from videogen.db.refusals import translated

_WHOLE = "ok"


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
    return "" if found == _WHOLE else found
