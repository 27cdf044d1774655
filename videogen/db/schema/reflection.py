"""Reading the shape of live tables: SQLite's by its pragmas, a server's as SQLAlchemy inspects it."""

from __future__ import annotations

import re

from sqlalchemy import Connection, Inspector, inspect, text
from sqlalchemy.engine.interfaces import (
    ReflectedColumn,
    ReflectedForeignKeyConstraint,
    ReflectedIndex,
)
from sqlalchemy.exc import DBAPIError

from videogen.db.requirements import TABLE_NAMES
from videogen.db.schema.checks import escaped, judged
from videogen.db.schema.sqlite import read_sqlite
from videogen.db.shapes import NOW, Column, ForeignKey, Schema, TableShape, Unique
from videogen.db.written import written

_NOW = re.compile(r"\bnow\(\)|CURRENT_TIMESTAMP", re.IGNORECASE)


def read_schema(connection: Connection) -> Schema:
    """Return the shapes of those of our tables that the database has."""
    return (read_sqlite if connection.dialect.name == "sqlite" else _read_server)(connection)


def _read_server(connection: Connection) -> Schema:
    inspector = inspect(connection)
    views = set(inspector.get_view_names())
    there = views.union(inspector.get_table_names())
    return {
        name: _table(connection, inspector, name, is_view=name in views)
        for name in TABLE_NAMES
        if name in there
    }


def _table(connection: Connection, inspector: Inspector, name: str, *, is_view: bool) -> TableShape:
    columns = {
        column["name"]: _column(connection, column) for column in inspector.get_columns(name)
    }
    indexes = inspector.get_indexes(name)
    return TableShape(
        name=name,
        columns=columns,
        is_view=is_view,
        primary_key=tuple(inspector.get_pk_constraint(name)["constrained_columns"]),
        uniques=tuple(_unique(index) for index in indexes if index["unique"]),
        foreign_keys=tuple(_foreign_key(key) for key in inspector.get_foreign_keys(name)),
        checks=tuple(
            judged(
                connection, f"({found['sqltext']})", tuple(columns), written().values.get(name, {})
            )
            for found in inspector.get_check_constraints(name)
        ),
        indexes=frozenset(str(index["name"]) for index in indexes if not index["unique"]),
    )


def _unique(index: ReflectedIndex) -> Unique:
    columns = tuple(column or "" for column in index["column_names"])
    return Unique(columns, constraint="duplicates_constraint" in index)


def _foreign_key(key: ReflectedForeignKeyConstraint) -> ForeignKey:
    return ForeignKey(
        tuple(key["constrained_columns"]),
        key["referred_table"],
        tuple(key["referred_columns"]),
        key["options"].get("ondelete", "NO ACTION"),
    )


def _column(connection: Connection, column: ReflectedColumn) -> Column:
    return Column(
        column["name"],
        str(column["type"]),
        column["nullable"],
        _default(connection, column["default"]),
        computed="computed" in column,
    )


def _default(connection: Connection, sql: str | None) -> str | None:
    if sql is None or _NOW.search(sql):
        return sql and NOW
    try:
        with connection.begin_nested():
            value = connection.execute(text(f"SELECT ({escaped(sql)})")).scalar_one()
    except DBAPIError:
        return sql
    return None if value is None else str(int(value) if isinstance(value, bool) else value)
