"""The expected shape of the tables, from the models alone."""

from __future__ import annotations

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from videogen.db.requirements import expected_tables
from videogen.db.schema.sqlite import read_sqlite
from videogen.db.shapes import Schema


def expected_schema(live: Schema) -> Schema:
    """Return what the models declare; the live schema only tells which known tables to expect.

    The models' own SQL is run in memory and read as a file's is, so both sides have one form.
    """
    engine = create_engine("sqlite://", poolclass=NullPool)
    with engine.connect() as connection:
        for table in expected_tables(live):
            table.create(connection)
        return read_sqlite(connection)
