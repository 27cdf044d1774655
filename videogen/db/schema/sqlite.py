"""Reading the shape of a SQLite file's tables: its pragmas, and the SQL that it stores."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from videogen.db.requirements import TABLE_NAMES
from videogen.db.schema.checks import bare, check_expressions, definitions, escaped, judged
from videogen.db.shapes import NOW, Column, ForeignKey, Schema, TableShape, Unique
from videogen.db.written import written


def read_sqlite(connection: Connection) -> Schema:
    """Return the shapes of those of our tables that a file has."""
    found = _rows(connection, "SELECT lower(name), type, coalesce(sql, '') FROM sqlite_master")
    kinds = {name: (kind, sql) for name, kind, sql in found if kind in {"table", "view"}}
    return {name: _table(connection, name, *kinds[name]) for name in TABLE_NAMES if name in kinds}


def _table(connection: Connection, name: str, kind: str, sql: str) -> TableShape:
    listed = _rows(
        connection,
        'SELECT lower(name), type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(:of)',
        name,
    )
    columns = {row[0]: _column(connection, row, _collations(sql)) for row in listed}
    known = written().values.get(name, {})
    return TableShape(
        name=name,
        columns=columns,
        is_view=kind == "view",
        primary_key=tuple(row[0] for row in sorted(listed, key=lambda row: row[4]) if row[4]),
        uniques=tuple(_uniques(connection, name)),
        foreign_keys=tuple(_foreign_keys(connection, name)),
        checks=tuple(
            judged(connection, expression, tuple(columns), known)
            for expression in check_expressions(sql)
        ),
        indexes=frozenset(
            row[0]
            for row in _rows(
                connection, 'SELECT name FROM pragma_index_list(:of) WHERE NOT "unique"', name
            )
        ),
        options=_options(sql),
    )


def _column(connection: Connection, row: tuple[Any, ...], collations: dict[str, str]) -> Column:
    name, kind, notnull, default, _, hidden = row
    return Column(
        name,
        kind,
        not notnull,
        _default(connection, default),
        computed=hidden in {2, 3},
        collation=collations.get(name, "binary"),
    )


def _default(connection: Connection, sql: str | None) -> str | None:
    """Return what a default gives, so that two ways of writing it are one."""
    if sql is None:
        return None
    query = f"SELECT ({escaped(sql)}), {NOW}"
    try:
        value, now = connection.execute(text(query)).one()
    except DBAPIError:
        return sql
    if value == now:
        return NOW
    return None if value is None else str(value)


def _uniques(connection: Connection, table: str) -> Iterator[Unique]:
    listed = _rows(
        connection,
        'SELECT name, origin, partial FROM pragma_index_list(:of) WHERE "unique"',
        table,
    )
    for name, origin, partial in listed:
        columns = _rows(
            connection,
            "SELECT coalesce(lower(name), '') FROM pragma_index_xinfo(:of) WHERE key ORDER BY seqno",
            name,
        )
        if origin != "pk":
            yield Unique(tuple(row[0] for row in columns), bool(partial), origin == "u")


def _foreign_keys(connection: Connection, table: str) -> Iterator[ForeignKey]:
    listed = _rows(
        connection,
        'SELECT id, lower("table"), lower("from"), lower("to"), on_delete'
        " FROM pragma_foreign_key_list(:of) ORDER BY id, seq",
        table,
    )
    for _, parts in groupby(listed, key=lambda row: row[0]):
        rows = list(parts)
        target = rows[0][1]
        # Where no column is named, the other table's key is meant, which is the id of all of ours.
        referred = tuple(row[3] or "id" for row in rows)
        yield ForeignKey(
            columns=tuple(row[2] for row in rows),
            table=target,
            referred=referred,
            on_delete=rows[0][4],
            dangling=set(referred) not in _keys(connection, target),
        )


def _keys(connection: Connection, table: str) -> list[set[str]]:
    key = _rows(connection, "SELECT lower(name) FROM pragma_table_info(:of) WHERE pk", table)
    uniques = [set(unique.columns) for unique in _uniques(connection, table) if not unique.partial]
    return [{row[0] for row in key}, *uniques]


def _collations(sql: str) -> dict[str, str]:
    found = {}
    for part in definitions(sql):
        words = [token.group().upper() for token in part]
        if "COLLATE" in words[1:-1]:
            found[bare(part[0])] = bare(part[words.index("COLLATE") + 1])
    return found


def _options(sql: str) -> frozenset[str]:
    parts = definitions(sql)
    words = {token.group().upper() for token in parts[-1]} if parts else set()
    return frozenset(
        option for option in ("STRICT", "WITHOUT ROWID") if set(option.split()) <= words
    )


def _rows(connection: Connection, sql: str, of: str = "") -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(sql), {"of": of} if of else {})]
