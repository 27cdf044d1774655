from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import app_database, postgres_server
from fakes.postgres_server import execute

_SHAPES = {"a row a search": app_database.PLAIN, "a row a clip": app_database.RICH}


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """The server given by VIDEOGEN_TEST_POSTGRES, else one of the tests' own."""
    if given := os.environ.get("VIDEOGEN_TEST_POSTGRES"):
        yield given
        return
    binaries = postgres_server.programs()
    if binaries is None:
        pytest.skip("no PostgreSQL: install it, or set VIDEOGEN_TEST_POSTGRES to a server's URL")
    # Sockets have short names, and pytest's own folders are closed to the server's user.
    with (
        tempfile.TemporaryDirectory(prefix="vg-pg-") as folder,
        postgres_server.server(Path(folder), binaries) as url,
    ):
        yield url


@pytest.fixture(params=list(_SHAPES))
def url(server_url: str, request: pytest.FixtureRequest) -> str:
    """The app's tables, as someone would move them to PostgreSQL, with nothing in them."""
    execute(server_url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    for statement in _SHAPES[request.param]:
        execute(server_url, _translated(statement))
    return server_url


def _translated(statement: str) -> str:
    statement = statement.replace("(datetime('now'))", "(now()::text)")
    statement = re.sub(r"BOOLEAN DEFAULT 0", "BOOLEAN DEFAULT false", statement)
    return statement.replace(" REAL", " DOUBLE PRECISION")
