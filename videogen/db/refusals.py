"""What a database refuses, told as one of our errors with its cure: the one edge where that is done."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from videogen.errors import DatabaseError

CURES = "Start the web app once, or make a database with: videogen db create PATH"
_TABLE = re.compile(r"^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(?P<name>\w+)", re.IGNORECASE)
_CURES = {
    "lock timeout": "Another program holds it: close that program or wait until it is done.",
    "locked": "Another program holds it: close that program or wait until it is done.",
    "readonly": "Make the file and its folder writable.",
    "unable to open": "Make the file and its folder readable and writable.",
    "not a database": CURES,
    "malformed": "The file is damaged: restore a copy of it. " + CURES,
    "full": "Free some disk space.",
    "connection": "See whether the server runs and its address is right.",
    "disk I/O": "See whether its disk is full or failing.",
}


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn SQLAlchemy's errors into ours; `name` is the database's."""
    try:
        yield
    except DBAPIError as exc:
        raise DatabaseError(_sentence(exc), where=name, cure=_cure(str(exc.orig))) from exc
    except SQLAlchemyError as exc:
        raise DatabaseError(str(exc), where=name, cure="See videogen check.") from exc


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


def _cure(told: str) -> str:
    for fault, cure in _CURES.items():
        if fault in told:
            return cure
    return "videogen check tells what differs from what videogen expects."
