"""Rules on what guards rows: keys, uniques, foreign keys, CHECKs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Table

from videogen.db.models import CLIPS, PROJECTS, SCENES
from videogen.db.requirements import DISTINCT, MINUTES
from videogen.db.rules.findings import Finding, Severity
from videogen.db.shapes import ANYTHING, ForeignKey, TableShape, Unique, Value, is_allowed
from videogen.db.written import written

# What a run writes refers to a row that is there, where the app wants it so.
_KEPT = {("project_id", PROJECTS.name), ("selected_clip_id", CLIPS.name)}


def compare_keys(table: Table, expected: TableShape, live: TableShape) -> Iterator[Finding]:
    """Yield what differs in the primary key and the uniques."""
    key = set(expected.primary_key)
    full = [unique for unique in live.uniques if not unique.partial]
    if set(live.primary_key) != key:
        kept = any(set(unique.columns) == key for unique in full)
        told = "is unique, but no longer the primary key" if kept else "is not the primary key"
        yield Finding("note" if kept else "breaks", f"{table.name}.{_names(key)}", told)
    for unique in expected.uniques:
        yield from _unique_kept(table, unique, full)
    for unique in live.uniques:
        yield from _unique_new(table, expected, unique)


def _unique_kept(table: Table, expected: Unique, live: list[Unique]) -> Iterator[Finding]:
    where = f"{table.name} ({', '.join(expected.columns)})"
    same = [unique for unique in live if set(unique.columns) == set(expected.columns)]
    if not same:
        yield Finding("breaks" if table is SCENES else "note", where, "is no longer unique")
    elif expected not in same:
        yield Finding("note", where, "is unique, but written another way")


def _unique_new(table: Table, expected: TableShape, live: Unique) -> Iterator[Finding]:
    columns = set(live.columns)
    keys = [set(expected.primary_key), *(set(unique.columns) for unique in expected.uniques)]
    if columns in keys and not live.partial:
        return
    where = f"{table.name} ({', '.join(name or 'an expression' for name in live.columns)})"
    harmless = DISTINCT.get(table, {"id"}) | written().unused(table)
    if any(columns >= key for key in keys) or columns & harmless:
        yield Finding("note", where, "is unique as well")
    elif table is SCENES and any(columns < key for key in keys):
        yield Finding("breaks", where, "is unique, so a second scene is refused")
    else:
        yield Finding("loses", where, "is unique, so rows may be refused")


def compare_foreign_keys(table: Table, expected: TableShape, live: TableShape) -> Iterator[Finding]:
    """Yield what differs in the foreign keys, inline or of the table."""
    for key in expected.foreign_keys:
        yield from _foreign_key_kept(table, key, live)
    for key in live.foreign_keys:
        if not any(_refers_alike(key, other) for other in expected.foreign_keys):
            yield from _foreign_key_new(table, key)


def _foreign_key_kept(table: Table, expected: ForeignKey, live: TableShape) -> Iterator[Finding]:
    where = f"{table.name}.{_names(set(expected.columns))}"
    same = [key for key in live.foreign_keys if _refers_alike(key, expected)]
    guards = expected.on_delete == "CASCADE"
    if not same:
        told = f"no longer refers to {expected.table}"
    elif same[0].dangling and not guards:
        yield Finding("breaks", where, f"refers to {expected.table}, which has no such key")
        return
    elif same[0].on_delete != expected.on_delete:
        told = f"ON DELETE is {same[0].on_delete}, not {expected.on_delete}"
    else:
        return
    yield Finding("breaks" if guards else "note", where, told)


def _foreign_key_new(table: Table, live: ForeignKey) -> Iterator[Finding]:
    where = f"{table.name}.{_names(set(live.columns))}"
    told = f"refers to {live.table} as well"
    if live.dangling:
        yield Finding("breaks", where, f"refers to {live.table}, which has no such key")
    elif set(live.columns) <= written().unused(table) or (*live.columns, live.table) in _KEPT:
        yield Finding("note", where, told)
    else:
        yield Finding("loses", where, f"{told}, so rows may be refused")


def _refers_alike(one: ForeignKey, other: ForeignKey) -> bool:
    pairs = [set(zip(key.columns, key.referred, strict=True)) for key in (one, other)]
    return one.table == other.table and pairs[0] == pairs[1]


def compare_checks(table: Table, expected: TableShape, live: TableShape) -> Iterator[Finding]:
    """Yield what differs in what the CHECKs allow."""
    for column, values in written().values.get(table.name, {}).items():
        if column in live.columns:
            before, after = expected.verdicts(column), live.verdicts(column)
            yield from _allowed(table, column, set(values), before, after)
    for check in live.checks:
        if not check.verdicts:
            yield Finding("note", table.name, f"a CHECK that videogen does not know: {check.text}")


def _allowed(
    table: Table,
    column: str,
    written: set[Value],
    expected: Mapping[Value, bool],
    live: Mapping[Value, bool],
) -> Iterator[Finding]:
    where = f"{table.name}.{column}"
    refused = [value for value in written if not is_allowed(live, value)]
    if refused:
        # What does not hold a long video's minutes holds all else of it, and the run says so.
        bounds_minutes = column == MINUTES.name
        guards_rows = table in {PROJECTS, SCENES} and not bounds_minutes
        severity: Severity = "breaks" if guards_rows else "loses"
        yield Finding(severity, where, f"{_listed(refused)} can no longer be written")
    if is_allowed(expected, ANYTHING) != is_allowed(live, ANYTHING):
        if not refused:
            told = "has a CHECK" if live else "no longer has a CHECK"
            yield Finding("note", where, told)
        return
    differing = [
        value
        for value in {*expected, *live} - written
        if is_allowed(expected, value) != is_allowed(live, value)
    ]
    if fewer := [value for value in differing if not is_allowed(live, value)]:
        yield Finding("note", where, f"{_listed(fewer)} is no longer allowed")
    if more := [value for value in differing if is_allowed(live, value)]:
        yield Finding("note", where, f"{_listed(more)} is allowed as well")


def _listed(values: list[Value]) -> str:
    return ", ".join(sorted(map(repr, values)))


def _names(columns: set[str]) -> str:
    return ", ".join(sorted(columns))
