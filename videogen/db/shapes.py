"""The shape of the tables that videogen uses, as values, whether declared or live.

Names are lower case. What a shape holds is what matters to a run, so that the same guard written
in two ways has one form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NOW = "datetime('now')"
Value = str | int
# A value that no list of allowed values holds: what allows it checks nothing.
ANYTHING = "anything at all"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its declared type; `default` is what its default gives, as text.

    None is no default, which a default of NULL is as well; NOW is the time of the insert. A
    `computed` column can't be written.
    """

    name: str
    type: str
    nullable: bool
    default: str | None = None
    computed: bool = False
    collation: str = "binary"


@dataclass(frozen=True, slots=True)
class Unique:
    """Columns that no two rows share; `partial` where that holds for some rows only.

    An expression among the columns is an empty name. `constraint` tells it from a bare index.
    """

    columns: tuple[str, ...]
    partial: bool = False
    constraint: bool = True


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns that refer to another table's, and what a deletion there does here.

    `dangling` is one that refers to nothing unique, so that no row can be written.
    """

    columns: tuple[str, ...]
    table: str
    referred: tuple[str, ...]
    on_delete: str
    dangling: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """A CHECK as written, and of each column of ours in it which values it was seen to allow."""

    text: str
    verdicts: Mapping[str, Mapping[Value, bool]]


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table, or a view in its place; the columns are in the table's order."""

    name: str
    columns: Mapping[str, Column]
    is_view: bool = False
    primary_key: tuple[str, ...] = ()
    uniques: tuple[Unique, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()
    indexes: frozenset[str] = frozenset()
    options: frozenset[str] = frozenset()
    writable: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Derive the names of the columns that a statement may write."""
        names = frozenset(column.name for column in self.columns.values() if not column.computed)
        object.__setattr__(self, "writable", frozenset() if self.is_view else names)

    def verdicts(self, column: str) -> Mapping[Value, bool]:
        """Return which of the tried values all CHECKs together allow in a column."""
        verdicts: dict[Value, bool] = {}
        for check in self.checks:
            for value, allowed in check.verdicts.get(column, {}).items():
                verdicts[value] = verdicts.get(value, True) and allowed
        return verdicts


Schema = Mapping[str, TableShape]


def is_allowed(verdicts: Mapping[Value, bool], value: Value) -> bool:
    """Return the verdict on a value; one that no CHECK names fares as any other."""
    return verdicts.get(value, verdicts.get(ANYTHING, True))


def affinity(declared: str) -> str:
    """Return how SQLite stores what a column of this type is given.

    https://www.sqlite.org/datatype3.html#determination_of_column_affinity
    """
    kind = declared.upper()
    if "INT" in kind:
        return "INTEGER"
    if any(part in kind for part in ("CHAR", "CLOB", "TEXT")):
        return "TEXT"
    if not kind or "BLOB" in kind:
        return "BLOB"
    if any(part in kind for part in ("REAL", "FLOA", "DOUB")):
        return "REAL"
    return "NUMERIC"
