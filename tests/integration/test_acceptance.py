"""What the app's owner asked of a second writer, a case a test, on a copy of the whole schema.

Each test's docstring is the demand, in the owner's words.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path, PurePosixPath, PureWindowsPath
from uuid import UUID, uuid4

import pytest
from commands import videogen
from fakes import app_database, faults, run_facts

from videogen.db import facts
from videogen.db.engine import connect
from videogen.db.ledger import Ledger
from videogen.workspace import stored_path

PROJECT = str(uuid4())
MINE = f"id = '{PROJECT}'"


class App:
    """A running copy's file, and a run that records into it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        app_database.make(path, app_database.RICH)
        self.ledger = self.opened()

    def opened(self) -> Ledger:
        lost = self.path.with_name("final.lost.json")
        return Ledger(connect(app_database.url_of(self.path)), PROJECT, lost, Path())

    def project(self) -> dict[str, object]:
        return app_database.row(self.path, "projects", MINE)


@pytest.fixture
def app(tmp_path: Path) -> App:
    return App(tmp_path / "ai-video-generator.db")


def test_create_with_uuid(app: App) -> None:
    """Keys are `str(uuid.uuid4())`, made in Python."""
    for fact in run_facts.WHOLE_RUN:
        app.ledger.record(fact)

    keys = app_database.query(
        app.path,
        f"SELECT id FROM projects WHERE {MINE}"
        f" UNION SELECT id FROM scenes WHERE project_{MINE}"
        " UNION SELECT id FROM visual_suggestions UNION SELECT id FROM assembly_jobs",
    )
    assert len(keys) > 6
    assert all(str(UUID(str(key))) == key and UUID(str(key)).version == 4 for (key,) in keys)


def test_steps_in_order(app: App) -> None:
    """`current_step` while each stage runs; `export` when all is done."""
    seen = []
    for fact in run_facts.WHOLE_RUN:
        app.ledger.record(fact)
        seen.append(app.project()["current_step"])

    assert [step for step, _ in groupby(seen)] == [
        "script-generation",
        "voiceover",
        "visual-sourcing",
        "editing",
        "export",
    ]


def test_timestamps(app: App) -> None:
    """UTC, ISO 8601 with milliseconds and Z; `last_active` moves with every write to a project."""
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    for fact in run_facts.WHOLE_RUN:
        app.ledger.record(fact)

    project, job = app.project(), app_database.row(app.path, "assembly_jobs")
    times = [project["created_at"], project["last_active"]]
    times += [job[name] for name in ("created_at", "started_at", "completed_at")]
    times += app_database.query(app.path, f"SELECT updated_at FROM scenes WHERE project_{MINE}")[0]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", str(one)) for one in times)
    assert before <= datetime.fromisoformat(str(project["created_at"])) <= datetime.now(UTC)
    assert str(project["last_active"]) > str(project["created_at"])


def test_no_video_path_at_first(app: App) -> None:
    """Any `video_path`, or step `export`, reads as finished: write both last, with the job row."""
    for fact in run_facts.WHOLE_RUN[:-1]:
        app.ledger.record(fact)
        assert (app.project()["video_path"], app.project()["video_file_size"]) == (None, None)

    app.ledger.record(run_facts.VIDEO)

    project = app.project()
    assert (project["current_step"], project["status"]) == ("export", "active")
    assert project["video_path"] == run_facts.VIDEO.video_path
    assert project["video_file_size"] == run_facts.VIDEO.file_size
    assert app_database.row(app.path, "assembly_jobs")["status"] == "complete"


def test_batch_of_scenes(app: App) -> None:
    """Rows that belong together commit together: a project's scenes are all there or none is."""
    for fact in run_facts.TO_SCRIPT[:-1]:
        app.ledger.record(fact)
    scenes = f"SELECT scene_number FROM scenes WHERE project_{MINE} ORDER BY scene_number"

    with faults.raising_trigger(app.path, "INSERT ON scenes WHEN NEW.scene_number = 2"):
        app.ledger.record(run_facts.TO_SCRIPT[-1])
    assert app_database.query(app.path, scenes) == []

    app.opened().record_lost()
    assert app_database.query(app.path, scenes) == [(1,), (2,)]


def test_keys_between_tables(app: App) -> None:
    """`foreign_keys` is set per connection: what a deletion takes along leaves nothing behind."""
    orphan = Ledger(
        connect(app_database.url_of(app.path)), "nobody", app.path.with_name("lost"), Path()
    )
    orphan.record(facts.AssemblyStarted(2))
    assert orphan.incomplete
    for fact in run_facts.WHOLE_RUN:
        app.ledger.record(fact)

    app_database.execute(app.path, f"PRAGMA foreign_keys = ON; DELETE FROM projects WHERE {MINE}")

    assert app_database.query(app.path, "PRAGMA foreign_key_check") == []
    assert app_database.query(app.path, "SELECT id FROM visual_suggestions") == []


def test_uniques(app: App) -> None:
    """UNIQUE(project_id, scene_number) and UNIQUE(scene_id, video_id): told twice, written once."""
    for fact in (*run_facts.WHOLE_RUN, *run_facts.WHOLE_RUN[1:]):
        app.ledger.record(fact)

    assert app.ledger.warnings == []
    numbers = f"SELECT scene_number FROM scenes WHERE project_{MINE}"
    assert sorted(app_database.query(app.path, numbers)) == [(1,), (2,)]
    clips = "SELECT scene_id, video_id FROM visual_suggestions"
    assert len(set(app_database.query(app.path, clips))) == 4


@pytest.mark.parametrize(
    ("path", "root", "stored"),
    [
        (PurePosixPath("/app/public/v.mp4"), PurePosixPath("/app"), "public/v.mp4"),
        (PurePosixPath("/media/v.mp4"), PurePosixPath("/app"), "/media/v.mp4"),
        (PureWindowsPath(r"C:\app\public\v.mp4"), PureWindowsPath(r"C:\app"), "public/v.mp4"),
        (PureWindowsPath(r"D:\media\v.mp4"), PureWindowsPath(r"C:\app"), "D:/media/v.mp4"),
    ],
)
def test_relative_paths(
    path: PurePosixPath | PureWindowsPath, root: PurePosixPath | PureWindowsPath, stored: str
) -> None:
    """Relative to the app's root with forward slashes; a file outside it is stored absolute."""
    assert stored_path(path, root) == stored


def test_recovery(app: App) -> None:
    """A finished video is never lost because a row could not be written."""
    for fact in run_facts.WHOLE_RUN[:-1]:
        app.ledger.record(fact)
    with faults.raising_trigger(app.path, "UPDATE OF video_path ON projects"):
        app.ledger.record(run_facts.VIDEO)
    assert app.ledger.incomplete

    app.opened().record_lost()

    assert app.project()["video_path"] == run_facts.VIDEO.video_path


@pytest.mark.parametrize("fault", ["missing", "not a database", "a required column is gone"])
def test_exit_code_2(tmp_path: Path, fault: str) -> None:
    """Stop before any paid or slow work, exit code 2, one message that names the file and the cure."""
    path = tmp_path / "ai-video-generator.db"
    if fault == "not a database":
        path.write_text("no database, but a text that is long enough to be read as one")
    elif fault != "missing":
        app_database.make(
            path, app_database.RICH, extra="ALTER TABLE projects RENAME COLUMN topic TO subject;"
        )

    ended = videogen("run", "--topic", "Tides", "--database", path, cwd=tmp_path)

    assert ended.code == 2
    assert str(path) in ended.err
    assert len(ended.err.strip().splitlines()) == 2
    assert not (tmp_path / "output").exists()


def test_second_writer(app: App) -> None:
    """It inserts and updates rows, and never creates, alters or drops a table, an index or a pragma."""
    kept = "SELECT type, name, sql FROM sqlite_master ORDER BY name"
    before = app_database.query(app.path, kept), app_database.query(app.path, "PRAGMA journal_mode")
    with closing(sqlite3.connect(app.path, timeout=5.0, isolation_level=None)) as server:
        for number, fact in enumerate(run_facts.WHOLE_RUN):
            # A page that is open keeps reading while a run writes, and writes between.
            server.execute(
                "INSERT INTO messages VALUES (?, ?, 'user', 'Hello.')",
                [f"hello-{number}", app_database.APP_PROJECT],
            )
            app.ledger.record(fact)
            assert server.execute(f"SELECT status FROM projects WHERE {MINE}").fetchone()

    assert app.ledger.warnings == []
    said = "SELECT count(*) FROM messages WHERE id LIKE 'hello-%'"
    assert app_database.query(app.path, said) == [(len(run_facts.WHOLE_RUN),)]
    after = app_database.query(app.path, kept), app_database.query(app.path, "PRAGMA journal_mode")
    assert after == before
