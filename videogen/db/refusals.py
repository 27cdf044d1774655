"""What a database refuses, told as one of our errors with its cure: the one edge where that is done."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from videogen.db.cures import (
    away,
    checking,
    holder,
    making,
    opening_up,
    recovery,
    server_trial,
)
from videogen.errors import DatabaseError
from videogen.shell import line

CURES = "Start the web app once, or make a database"
_TABLE = re.compile(r"^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(?P<name>\w+)", re.IGNORECASE)
_HELD = "Another program holds it: close that program or wait until it is done"
_CURES: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "lock timeout": (f"{_HELD}.", lambda _: ""),
    "locked": (f"{_HELD}; to see which", holder),
    "readonly": ("Make the file and its folder writable", opening_up),
    "unable to open": ("Make the file and its folder readable and writable", opening_up),
    "not a database": (f"{CURES} in its place", lambda name: f"{away(name)} && {making(name)}"),
    "malformed": ("It is damaged: stop the app and restore a copy, or", recovery),
    "full": ("Free some disk space", lambda _: line("videogen", "clean")),
    "connection": ("See whether the server runs and its address is right", server_trial),
    "disk I/O": ("See whether its disk is full or failing", lambda name: line("df", "-h", name)),
}


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn SQLAlchemy's errors into ours; `name` is the database's."""
    try:
        yield
    except DBAPIError as exc:
        cure, command = _cure(str(exc.orig), name)
        raise DatabaseError(_sentence(exc), where=name, cure=cure, command=command) from exc
    except SQLAlchemyError as exc:
        raise DatabaseError(str(exc), where=name, command=checking(name)) from exc


def _sentence(exc: DBAPIError) -> str:
    """Name the table, what was refused and the values, as far as the driver tells them."""
    told = str(exc.orig).strip().splitlines()[0]
    table = _TABLE.search(exc.statement or "")
    if table is None:
        return f"The database refused: {told}"
    return f"The database refused a write to {table['name']}: {told}; values {_shown(exc.params)}"


def _shown(values: object) -> str:
    short = reprlib.Repr()
    short.maxdict = short.maxtuple = 30
    short.maxstring = 120
    return short.repr(values)


def _cure(told: str, name: str) -> tuple[str, str]:
    for fault, (cure, command) in _CURES.items():
        if fault in told:
            return cure, command(name)
    return "To see what differs from what videogen expects", checking(name)
