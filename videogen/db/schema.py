"""The live shape of the tables that videogen uses, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text

TABLE_NAMES = ("system_prompts", "projects", "scenes", "visual_suggestions", "assembly_jobs")


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `type` is the declared type, `default` the SQL text of its default."""

    name: str
    type: str
    nullable: bool
    default: str | None


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table or a view with its columns by lower-case name."""

    name: str
    is_view: bool
    columns: Mapping[str, Column]


Schema = Mapping[str, TableShape]


def read_schema(connection: Connection) -> Schema:
    """Return the shapes of those of our tables that the database has."""
    read = _read_sqlite if connection.dialect.name == "sqlite" else _read_inspected
    return read(connection)


def _read_sqlite(connection: Connection) -> Schema:
    found = connection.execute(text("SELECT name, type FROM sqlite_master")).all()
    return {
        name.lower(): TableShape(name.lower(), kind == "view", _sqlite_columns(connection, name))
        for name, kind in found
        if kind in ("table", "view") and name.lower() in TABLE_NAMES
    }


def _sqlite_columns(connection: Connection, table: str) -> dict[str, Column]:
    rows = connection.execute(
        text('SELECT name, type, "notnull", dflt_value FROM pragma_table_info(:table)'),
        {"table": table},
    )
    return {
        name.lower(): Column(name.lower(), kind, not notnull, default)
        for name, kind, notnull, default in rows
    }


def _read_inspected(connection: Connection) -> Schema:
    inspector = inspect(connection)
    views = set(inspector.get_view_names())
    there = views.union(inspector.get_table_names())
    return {
        name: TableShape(
            name,
            name in views,
            {
                column["name"]: Column(
                    column["name"],
                    str(column["type"]),
                    column["nullable"],
                    column["default"],
                )
                for column in inspector.get_columns(name)
            },
        )
        for name in TABLE_NAMES
        if name in there
    }
