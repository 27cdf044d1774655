"""The schema check reads: a file that it looked at is as it was, whoever else is at work on it."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import main
from fakes import app_database, faults

from videogen.db import engine
from videogen.db.create import create
from videogen.db.drift import check
from videogen.errors import DatabaseError

INI = Path(__file__).parents[2] / "alembic.ini"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "app.db"
    app_database.make(path, app_database.RICH, extra="")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def alembic_check(path: Path) -> None:
    main(argv=["-c", str(INI), "-x", f"database={path}", "check"])


def test_a_file_is_the_same_after_the_check(path: Path) -> None:
    before = contents(path.parent)

    assert check(app_database.url_of(path)) == ()

    assert contents(path.parent) == before


def test_a_file_in_wal_mode_is_the_same_and_alone_after_the_check(path: Path) -> None:
    app_database.execute(path, "PRAGMA journal_mode = WAL")
    before = contents(path.parent)

    assert check(app_database.url_of(path)) == ()

    assert contents(path.parent) == before


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_a_file_that_a_writer_is_at_is_the_same_after_the_check(path: Path, mode: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute(f"PRAGMA journal_mode = {mode}")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("ALTER TABLE scenes ADD COLUMN mood TEXT")
        before = path.read_bytes()

        assert check(app_database.url_of(path)) == ()
        assert path.read_bytes() == before

        writer.execute("COMMIT")
        (finding,) = check(app_database.url_of(path))
        assert finding.where == "scenes.mood"


def test_what_only_the_log_of_a_stopped_writer_holds_is_seen(path: Path) -> None:
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("ALTER TABLE scenes ADD COLUMN mood TEXT")
        files = contents(path.parent)
    for name, content in files.items():
        (path.parent / name).write_bytes(content)
    before = path.read_bytes()

    (finding,) = check(app_database.url_of(path))

    assert finding.where == "scenes.mood"
    assert path.read_bytes() == before


def test_a_file_that_may_only_be_read_can_be_checked(path: Path) -> None:
    for folder in path.parents:
        if not folder.stat().st_mode & stat.S_IXOTH:
            folder.chmod(0o755)

    with faults.read_only(path):
        assert check(app_database.url_of(path)) == ()


def test_a_missing_file_can_not_be_checked_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError):
        check(app_database.url_of(tmp_path / "none.db"))

    assert list(tmp_path.iterdir()) == []


def test_a_file_held_for_too_long_can_not_be_checked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)

    with faults.lock_of_another_process(path), pytest.raises(DatabaseError, match="holds it"):
        check(app_database.url_of(path))


def test_alembic_check_finds_nothing_in_the_apps_file_and_leaves_it(path: Path) -> None:
    before = contents(path.parent)

    alembic_check(path)

    assert contents(path.parent) == before


def test_alembic_check_finds_nothing_in_a_database_of_our_own(tmp_path: Path) -> None:
    create(tmp_path / "videogen.db")

    alembic_check(tmp_path / "videogen.db")


def test_alembic_check_finds_what_the_check_finds(
    path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    app_database.execute(path, "ALTER TABLE projects DROP COLUMN thumbnail_path")

    with pytest.raises(SystemExit):
        alembic_check(path)

    told = capfd.readouterr().out
    for finding in check(app_database.url_of(path)):
        assert f"{finding.severity} {finding.where}: {finding.what}" in told
