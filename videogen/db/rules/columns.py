"""Rules on columns: gone, new, of another type, nullability or default."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Table

from videogen.db.models import JOBS
from videogen.db.requirements import NEEDED
from videogen.db.rules.findings import Finding, Severity
from videogen.db.shapes import Column, TableShape, affinity
from videogen.db.written import written

# SQLite stores the same in both; only a CAST tells them apart.
_ALIKE = {"INTEGER", "NUMERIC"}


def compare_columns(table: Table, expected: TableShape, live: TableShape) -> Iterator[Finding]:
    """Yield what differs in the columns."""
    for name, column in expected.columns.items():
        if name not in live.columns:
            yield _gone(table, name, "the column is gone")
        elif live.columns[name].computed:
            yield _gone(table, name, "the column is computed and can't be written")
        else:
            yield from _changed(table, expected, column, live.columns[name])
    for name, column in live.columns.items():
        if name not in expected.columns:
            yield _new(table, column)
    ours = [name for name in live.columns if name in expected.columns]
    if ours != [name for name in expected.columns if name in live.columns]:
        yield Finding("note", table.name, "the columns are in another order")


def _gone(table: Table, name: str, what: str) -> Finding:
    where = f"{table.name}.{name}"
    if name in NEEDED[table]:
        return Finding("breaks", where, what)
    if name in written().unused(table):
        return Finding("note", where, f"{what}; videogen does not use it")
    return Finding("loses", where, what)


def _new(table: Table, column: Column) -> Finding:
    where = f"{table.name}.{column.name}"
    if column.nullable or column.default is not None or column.computed:
        return Finding("note", where, "a column that videogen does not know")
    return Finding("breaks", where, "a new column that is NOT NULL and has no default")


def _changed(table: Table, shape: TableShape, expected: Column, live: Column) -> Iterator[Finding]:
    where = f"{table.name}.{expected.name}"
    before, after = affinity(expected.type), affinity(live.type)
    if before != after:
        severity = _type_severity(table, shape, expected.name, {before, after})
        yield Finding(severity, where, f"the type is {live.type or 'none'}, not {expected.type}")
    # A key's nullability is the dialect's: rows always have one.
    if expected.nullable and not live.nullable and expected.name not in shape.primary_key:
        given = expected.name in written().given.get(table, frozenset()) or live.default is not None
        yield Finding("note" if given else "breaks", where, "NULL is no longer allowed")
    if live.nullable and not expected.nullable:
        yield Finding("note", where, "NULL is allowed")
    if live.default != expected.default:
        yield Finding("note", where, f"the default is {live.default}, not {expected.default}")
    if live.collation != expected.collation:
        yield Finding("note", where, f"texts are compared by {live.collation}")


def _type_severity(table: Table, shape: TableShape, name: str, affinities: set[str]) -> Severity:
    keys = {*shape.primary_key, *(name for key in shape.foreign_keys for name in key.columns)}
    if name in keys:
        return "breaks"
    # Of the jobs only the keys' types are known.
    unused = table is JOBS or name in written().unused(table)
    return "note" if unused or affinities == _ALIKE else "loses"
