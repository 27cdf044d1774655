"""The declared schema against a live one: one set of rules behind every check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Table, create_engine
from sqlalchemy.pool import NullPool

from videogen.db.models import JOBS, SYSTEM_PROMPTS
from videogen.db.requirements import expected_tables
from videogen.db.rules.columns import compare_columns
from videogen.db.rules.findings import Finding
from videogen.db.rules.guards import compare_checks, compare_foreign_keys, compare_keys
from videogen.db.schema.sqlite import read_sqlite
from videogen.db.shapes import Schema, TableShape


def compare(live: Schema) -> tuple[Finding, ...]:
    """Return how a live schema differs from what the models declare, the gravest first."""
    expected = expected_schema(live)
    findings = [
        finding
        for table in expected_tables(live)
        for finding in _compare_table(table, expected[table.name], live.get(table.name))
    ]
    return tuple(
        sorted(findings, key=lambda finding: ("breaks", "loses", "note").index(finding.severity))
    )


def _compare_table(
    table: Table, expected: TableShape, live: TableShape | None
) -> Iterator[Finding]:
    if table is SYSTEM_PROMPTS:
        # It is only referred to: what matters of it is the foreign key of projects.
        return
    if table is JOBS:
        yield from _without_jobs(_differences(table, expected, live))
    else:
        yield from _differences(table, expected, live)


def _differences(table: Table, expected: TableShape, live: TableShape | None) -> Iterator[Finding]:
    if live is None:
        yield Finding("breaks", table.name, "the table is gone")
    elif live.is_view:
        yield Finding("breaks", table.name, "is a view, which can't be written")
    else:
        yield from compare_columns(table, expected, live)
        yield from compare_keys(table, expected, live)
        yield from compare_foreign_keys(table, expected, live)
        yield from compare_checks(table, expected, live)
        for name in sorted(live.indexes):
            yield Finding("note", table.name, f"an index that videogen does not know: {name}")
        for option in sorted(live.options):
            yield Finding("note", table.name, f"is {option}")


def _without_jobs(findings: Iterator[Finding]) -> Iterator[Finding]:
    """A copy of the app may have no jobs at all, so nothing about them stops a run."""
    for finding in findings:
        if finding.severity != "note":
            yield replace(finding, severity="loses")


def expected_schema(live: Schema) -> Schema:
    """Return what the models declare; the live schema only tells which known tables to expect.

    The models' own SQL is run in memory and read as a file's is, so both sides have one form.
    """
    engine = create_engine("sqlite://", poolclass=NullPool)
    with engine.connect() as connection:
        for table in expected_tables(live):
            table.create(connection)
        return read_sqlite(connection)
