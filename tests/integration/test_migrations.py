"""What alembic may do: make and upgrade databases of our own, never the app's."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import main
from fakes import app_database

from videogen.db.create import create

ROOT = Path(__file__).parents[2]


def alembic(database: Path, *arguments: str) -> None:
    main(argv=["-c", str(ROOT / "alembic.ini"), "-x", f"database={database}", *arguments])


def test_the_apps_file_is_refused_with_the_reason_and_left_as_it_is(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "app.db"
    app_database.make(path)
    before = path.read_bytes()

    with pytest.raises(SystemExit):
        alembic(path, "upgrade", "head")

    assert "holds the web app's tables" in capfd.readouterr().out
    assert path.read_bytes() == before


def test_a_missing_file_is_named_and_not_made(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        alembic(tmp_path / "none.db", "upgrade", "head")

    assert "There is no database" in capfd.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_our_own_can_be_upgraded_and_taken_down(tmp_path: Path) -> None:
    path = tmp_path / "videogen.db"
    create(path)
    tables = "SELECT name FROM sqlite_master WHERE name NOT LIKE '%alembic%'"

    alembic(path, "upgrade", "head")
    assert ("projects",) in app_database.query(path, tables)
    alembic(path, "downgrade", "base")

    assert app_database.query(path, tables) == []


def test_a_database_of_our_own_has_the_tables_exactly_as_the_app_has_them(tmp_path: Path) -> None:
    ours, apps = tmp_path / "videogen.db", tmp_path / "app.db"
    create(ours)
    app_database.make(apps)
    facts = (
        "SELECT * FROM pragma_table_xinfo(?)",
        "SELECT * FROM pragma_foreign_key_list(?)",
        "SELECT \"unique\", origin, partial FROM pragma_index_list(?) WHERE origin <> 'c'",
    )

    for table in ("projects", "scenes", "visual_suggestions"):
        for fact in facts:
            assert app_database.query(ours, fact, table) == app_database.query(apps, fact, table)


def test_a_database_of_our_own_bears_a_mark_that_the_apps_does_not(tmp_path: Path) -> None:
    path = tmp_path / "videogen.db"
    create(path)

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x7667656E,)
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert "alembic_version" in names
    assert not names & {"migrations", "assembly_jobs"}
