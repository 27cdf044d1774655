"""CHECK constraints: found in the stored SQL, and judged by what they allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from videogen.db.shapes import ANYTHING, Check, Value

# Brackets around strings are a server's arrays, around anything else SQLite's quoted names.
_TOKEN = re.compile(
    r"""
    (?P<space>\s+|--[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<string>'(?:[^']|'')*')
    |(?P<name>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]']*\]|[^\W\d]\w*)
    |(?P<other>\d[\w.]*|.)
    """,
    re.VERBOSE | re.DOTALL,
)
Token = re.Match[str]


def tokens(sql: str) -> list[Token]:
    """Return the words, strings and signs of SQL text, without comments and white space."""
    return [token for token in _TOKEN.finditer(sql) if token.lastgroup != "space"]


def bare(name: Token) -> str:
    """Return a name without its quotes, in lower case."""
    return name.group().strip('"`[]').lower()


def definitions(create_table: str) -> list[list[Token]]:
    """Return the tokens of each column and constraint of a CREATE TABLE; the last are its options."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens(create_table):
        sign = token.group()
        depth -= sign == ")"
        if (depth, sign) in {(0, "("), (0, ")"), (1, ",")}:
            parts.append([])
        else:
            parts[-1].append(token)
        depth += sign == "("
    return parts[1:]


def check_expressions(create_table: str) -> Iterator[str]:
    """Yield the expression of each CHECK of a CREATE TABLE, as written, in its brackets."""
    found = tokens(create_table)
    for place, token in enumerate(found[:-1]):
        if token.group().upper() == "CHECK" and found[place + 1].group() == "(":
            yield create_table[found[place + 1].start() : _closing(found[place + 1 :]).end()]


def _closing(found: Sequence[Token]) -> Token:
    depth = 0
    for token in found:
        depth += (token.group() == "(") - (token.group() == ")")
        if depth == 0:
            return token
    return found[-1]


def escaped(sql: str) -> str:
    """Return SQL text in which a colon names no parameter."""
    return sql.replace(":", r"\:")


def judged(
    connection: Connection,
    expression: str,
    columns: Sequence[str],
    known: Mapping[str, Sequence[Value]],
) -> Check:
    """Return a CHECK with its verdicts on each column that it names and that has known values.

    Tried are those values, the strings in the expression, and one that no list would hold.
    """
    found = tokens(expression)
    named = {bare(token) for token in found if token.lastgroup == "name"}
    strings = [
        token.group()[1:-1].replace("''", "'") for token in found if token.lastgroup == "string"
    ]
    verdicts = {
        column: {
            value: _allows(connection, expression, columns, column, value)
            for value in (*known[column], *strings, ANYTHING)
        }
        for column in columns
        if column in named and column in known
    }
    return Check(expression, verdicts)


def _allows(
    connection: Connection, expression: str, columns: Sequence[str], column: str, value: Value
) -> bool:
    row = ", ".join(f'{":value" if name == column else "NULL"} AS "{name}"' for name in columns)
    query = f"SELECT {escaped(expression)} FROM (SELECT {row}) AS live"  # noqa: S608
    try:
        with connection.begin_nested():
            result = connection.execute(text(query), {"value": value}).scalar_one()
    except DBAPIError:
        # What can't be judged, such as a function of the app's own, is taken to allow everything.
        return True
    return result is None or bool(result)
