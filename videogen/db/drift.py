"""What videogen expects of a database against what is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from videogen.db.engine import open_engine, translated
from videogen.db.requirements import absent, missing
from videogen.db.schema import Schema, read_schema

Severity = Literal["breaks", "loses", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference: where it is, what it is, and what it does to a run."""

    severity: Severity
    where: str
    what: str


def check(url: str) -> tuple[Finding, ...]:
    """Return how a database differs from what videogen expects, reading only.

    Raises:
        DatabaseError: it can't be read.
    """
    engine, name = open_engine(url, "ro")
    with translated(name), engine.connect() as connection:
        schema = read_schema(connection)
    return compare(schema)


def compare(schema: Schema) -> tuple[Finding, ...]:
    """Return the findings on a live schema."""
    return (
        *(Finding("breaks", name, "is not there") for name in missing(schema)),
        *(Finding("loses", name, "is not there") for name in absent(schema)),
    )
