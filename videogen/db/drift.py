"""The schema check: what videogen expects of a database against what is there."""

from __future__ import annotations

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
