from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import app_database, postgres_server
from fakes.postgres_server import execute
from sqlalchemy import make_url
from system_parts import missing

_SCHEMA = "videogen_tests"
_SHAPES = {"a row a search": app_database.PLAIN, "a row a clip": app_database.RICH}


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """The server given by VIDEOGEN_TEST_POSTGRES, else one of the tests' own."""
    if given := os.environ.get("VIDEOGEN_TEST_POSTGRES"):
        yield given
        return
    binaries = postgres_server.programs()
    if binaries is None:
        missing("no PostgreSQL: install it, or set VIDEOGEN_TEST_POSTGRES to a server's URL")
    # Sockets have short names, and pytest's own folders are closed to the server's user.
    with (
        tempfile.TemporaryDirectory(prefix="vg-pg-") as folder,
        postgres_server.server(Path(folder), binaries) as url,
    ):
        yield url


@pytest.fixture(params=list(_SHAPES))
def url(server_url: str, request: pytest.FixtureRequest) -> str:
    """The app's tables in a schema of the tests' own, as someone would move them to PostgreSQL."""
    execute(server_url, f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE; CREATE SCHEMA {_SCHEMA}")
    options = {"options": f"-c search_path={_SCHEMA}"}
    url = make_url(server_url).update_query_dict(options).render_as_string(hide_password=False)
    for statement in _SHAPES[request.param]:
        execute(url, app_database.translated(statement))
    return url
