"""What a run is told about a database that it can't use, and that none is ever made on the way."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fakes import app_database, faults

from videogen.db import engine
from videogen.db.create import create
from videogen.db.engine import connect, connect_to_read, reading, unit_of_work
from videogen.db.models import PROJECTS
from videogen.db.projects import projects
from videogen.errors import DatabaseError, DriftError


@pytest.fixture
def open_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def test_a_missing_file_is_named_with_both_cures_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "ai-video-generator.db"

    with pytest.raises(DatabaseError) as caught:
        connect(app_database.url_of(path))

    assert str(path) in str(caught.value)
    assert "Start the web app once" in str(caught.value)
    assert "videogen db create" in str(caught.value)
    assert caught.value.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="no database"):
        connect(app_database.url_of(tmp_path))


def test_a_file_of_something_else_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("These are notes, and long enough to fill the header of a database file. " * 9)

    with pytest.raises(DatabaseError, match="not a database") as caught:
        connect(app_database.url_of(path))

    assert str(path) in str(caught.value)


def test_a_truncated_file_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "app.db"
    app_database.make(path)

    with faults.truncated(path), pytest.raises(DatabaseError, match="damaged"):
        connect(app_database.url_of(path))


def test_a_read_only_file_stops_a_run_before_it_begins(open_folder: Path) -> None:
    path = open_folder / "app.db"
    app_database.make(path)

    with faults.read_only(path), pytest.raises(DatabaseError, match="writable"):
        connect(app_database.url_of(path))


def test_an_unreadable_file_is_named(open_folder: Path) -> None:
    path = open_folder / "app.db"
    app_database.make(path)

    with faults.unreadable(path), pytest.raises(DatabaseError, match="readable") as caught:
        connect(app_database.url_of(path))

    assert str(path) in str(caught.value)


def test_a_lock_held_past_the_wait_stops_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    path = tmp_path / "app.db"
    url = app_database.make(path)

    with (
        faults.lock_of_another_process(path),
        pytest.raises(DatabaseError, match="Another program holds it"),
    ):
        connect(url)


def test_an_empty_file_has_drifted_beyond_use(tmp_path: Path) -> None:
    path = tmp_path / "app.db"
    path.touch()

    with pytest.raises(DriftError, match="projects") as caught:
        connect(app_database.url_of(path))

    assert caught.value.exit_code == 2
    assert path.stat().st_size == 0


def test_a_required_column_that_is_gone_is_named(tmp_path: Path) -> None:
    url = app_database.make(
        tmp_path / "app.db",
        change=lambda sql: sql.replace("  video_path TEXT,\n", ""),
    )

    with pytest.raises(DriftError, match=r"projects\.video_path"):
        connect(url)


def test_an_address_that_cannot_be_used_is_said_to_be_one() -> None:
    with pytest.raises(DatabaseError, match="address"):
        connect("nosuchdatabase://here/there")


def test_odd_file_names_are_opened_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "50% #1 & more é.db"

    database = connect(app_database.make(path))

    assert Path(database.name) == path
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_every_connection_enforces_foreign_keys_and_waits_ten_seconds(tmp_path: Path) -> None:
    database = connect(app_database.make(tmp_path / "app.db"))

    with unit_of_work(database) as session:
        connection = session.connection()
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 10_000


def test_a_unit_of_work_commits_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "app.db"
    database = connect(app_database.make(path))

    with unit_of_work(database) as session:
        session.execute(PROJECTS.insert().values(id="p", name="n"))

    assert app_database.query(path, "SELECT name FROM projects WHERE id = 'p'") == [("n",)]


def test_a_unit_of_work_rolls_back_on_any_error_even_what_a_savepoint_released(
    tmp_path: Path,
) -> None:
    path = tmp_path / "app.db"
    database = connect(app_database.make(path))

    def fail_after_a_savepoint() -> None:
        with unit_of_work(database) as session:
            with session.begin_nested():
                session.execute(PROJECTS.insert().values(id="p", name="n"))
            raise KeyError

    with pytest.raises(KeyError):
        fail_after_a_savepoint()

    assert app_database.query(path, "SELECT id FROM projects WHERE id = 'p'") == []


def test_a_unit_of_work_takes_the_write_lock_at_once_and_reading_takes_none(
    tmp_path: Path,
) -> None:
    path = tmp_path / "app.db"
    database = connect(app_database.make(path))

    with closing(sqlite3.connect(path, timeout=0)) as other:
        with unit_of_work(database) as session:
            session.connection()
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        with reading(database) as session:
            session.connection()
            other.execute("BEGIN IMMEDIATE")


def test_a_file_that_may_only_be_read_can_be_looked_at(open_folder: Path) -> None:
    path = open_folder / "app.db"
    url = app_database.make(path)

    with faults.read_only(path):
        (project,) = projects(connect_to_read(url)).projects

    assert project.id == app_database.APP_PROJECT


def test_looking_waits_for_no_writer_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "app.db"
    url = app_database.make(path)
    before = path.read_bytes()

    with closing(sqlite3.connect(path, timeout=0)) as other:
        other.execute("BEGIN IMMEDIATE")
        database = connect_to_read(url)
        assert projects(database).projects
        with pytest.raises(DatabaseError, match="writable"), unit_of_work(database) as session:
            session.execute(PROJECTS.insert().values(id="p", name="n"))

    assert path.read_bytes() == before


def test_what_a_killed_program_left_half_written_does_not_hinder_looking(tmp_path: Path) -> None:
    written, left = tmp_path / "app.db", tmp_path / "left" / "app.db"
    url = app_database.make(written)
    left.parent.mkdir()
    with closing(sqlite3.connect(written, isolation_level=None)) as other:
        # What no longer fits into the cache goes to the file before the commit.
        other.execute("PRAGMA cache_size = 5")
        other.execute("BEGIN IMMEDIATE")
        for number in range(50):
            row = (str(number), "n" * 5000)
            other.execute("INSERT INTO projects (id, name, topic) VALUES (?, ?, '')", row)
        for path in (written, Path(f"{written}-journal")):
            shutil.copyfile(path, left.with_name(path.name))
    assert left.stat().st_size > 100_000

    (project,) = projects(connect_to_read(url.replace(str(written), str(left)))).projects

    assert project.id == app_database.APP_PROJECT


def test_no_connection_is_left_open(tmp_path: Path) -> None:
    path = tmp_path / "app.db"
    database = connect(app_database.make(path))
    with unit_of_work(database) as session:
        session.execute(PROJECTS.insert().values(id="p", name="n"))

    with closing(sqlite3.connect(path, timeout=0)) as other:
        other.execute("BEGIN EXCLUSIVE")


def test_a_database_of_our_own_is_not_made_over_a_file_or_under_the_apps_name(
    tmp_path: Path,
) -> None:
    there = tmp_path / "there.db"
    there.write_bytes(b"precious")

    with pytest.raises(DatabaseError, match="exists"):
        create(there)
    with pytest.raises(DatabaseError, match="for its own"):
        create(tmp_path / "AI-Video-Generator.db")

    assert there.read_bytes() == b"precious"
    assert list(tmp_path.iterdir()) == [there]
