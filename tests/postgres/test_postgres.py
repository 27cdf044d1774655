"""The record on a database server: the same run, the same faults, the same check."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import run_facts
from fakes.postgres_server import execute
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from videogen.db import engine, facts, projects
from videogen.db.drift import check
from videogen.db.engine import connect
from videogen.db.ledger import Ledger
from videogen.errors import DatabaseError, DriftError

PROJECT = "7d8a2c1e-0000-4000-8000-000000000001"


@pytest.fixture
def lost(tmp_path: Path) -> Path:
    return tmp_path / "lost.json"


def record(url: str, lost: Path, *told: facts.Fact) -> Ledger:
    ledger = Ledger(connect(url), PROJECT, lost, Path())
    for fact in told:
        ledger.record(fact)
    return ledger


def test_a_whole_run_reads_back_as_it_was_told(url: str, lost: Path) -> None:
    ledger = record(url, lost, *run_facts.WHOLE_RUN)

    assert ledger.warnings == []
    project = projects.project(connect(url), PROJECT)
    assert (project.summary.step, project.summary.status) == ("export", "active")
    assert project.summary.video_path == run_facts.VIDEO.video_path
    assert project.file_size == run_facts.VIDEO.file_size
    assert project.own.credits == run_facts.SCRIPT.credits
    first, second = project.scenes
    assert first.clips == (run_facts.shown("c", 12.5), run_facts.shown("a", 0.0))
    assert second.text == run_facts.SCRIPT.scenes[1].text


def test_the_same_facts_told_again_leave_the_same_rows(url: str, lost: Path) -> None:
    record(url, lost, *run_facts.WHOLE_RUN)
    known = projects.project(connect(url), PROJECT).scenes

    ledger = record(url, lost, *run_facts.WHOLE_RUN[1:])

    assert ledger.warnings == []
    assert projects.project(connect(url), PROJECT).scenes == known


def test_a_refused_update_is_kept_and_recorded_later(url: str, lost: Path) -> None:
    ledger = record(url, lost, *run_facts.WHOLE_RUN[:-1])
    execute(url, "ALTER TABLE projects ADD CONSTRAINT small CHECK (video_file_size < 10)")
    ledger.record(run_facts.VIDEO)
    execute(url, "ALTER TABLE projects DROP CONSTRAINT small")

    (told,) = ledger.warnings
    assert "projects" in told
    assert '"small"' in told
    assert str(run_facts.VIDEO.file_size) in told
    assert projects.project(connect(url), PROJECT).summary.step == "editing"

    record(url, lost).record_lost()

    assert projects.project(connect(url), PROJECT).summary.step == "export"
    assert not lost.exists()


def test_a_refused_insert_leaves_the_run_incomplete(url: str, lost: Path) -> None:
    ledger = record(url, lost, *run_facts.TO_SCRIPT[:2])

    execute(url, "ALTER TABLE scenes ADD CONSTRAINT short CHECK (scene_number < 2)")
    ledger.record(run_facts.TO_SCRIPT[2])
    with pytest.raises(DriftError, match="scene_number"):
        connect(url)
    execute(url, "ALTER TABLE scenes DROP CONSTRAINT short")

    assert ledger.incomplete
    assert projects.project(connect(url), PROJECT).scenes == ()


def test_a_lock_held_past_the_wait_loses_no_fact(
    url: str, lost: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    ledger = record(url, lost, *run_facts.WHOLE_RUN[:-1])

    with create_engine(url, poolclass=NullPool).begin() as other:
        other.execute(text("LOCK TABLE projects IN EXCLUSIVE MODE"))
        ledger.record(run_facts.VIDEO)

    assert "lock timeout" in ledger.warnings[0]
    record(url, lost).record_lost()
    assert projects.project(connect(url), PROJECT).summary.step == "export"


def test_the_tables_as_they_are_give_no_finding(url: str) -> None:
    assert check(url) == ()


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ("ALTER TABLE projects DROP COLUMN video_path", ("breaks", "projects.video_path")),
        ("ALTER TABLE projects DROP COLUMN total_duration", ("loses", "projects.total_duration")),
        ("ALTER TABLE projects ADD COLUMN mood TEXT", ("note", "projects.mood")),
        ("ALTER TABLE projects ADD COLUMN mood TEXT NOT NULL", ("breaks", "projects.mood")),
        (
            "ALTER TABLE projects ALTER COLUMN target_duration SET DEFAULT 7",
            ("note", "projects.target_duration"),
        ),
        (
            "ALTER TABLE projects DROP CONSTRAINT projects_current_step_check",
            ("note", "projects.current_step"),
        ),
        (
            "ALTER TABLE scenes DROP CONSTRAINT scenes_project_id_scene_number_key",
            ("breaks", "scenes (project_id, scene_number)"),
        ),
        (
            "ALTER TABLE scenes DROP CONSTRAINT scenes_project_id_fkey",
            ("breaks", "scenes.project_id"),
        ),
        ("DROP TABLE visual_suggestions", ("breaks", "visual_suggestions")),
    ],
)
def test_a_change_gives_its_finding(url: str, change: str, finding: tuple[str, str]) -> None:
    execute(url, change)

    assert [(found.severity, found.where) for found in check(url)] == [finding]


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseError) as caught:
        connect("postgresql+psycopg://me:secret@127.0.0.1:1/none")

    assert "127.0.0.1:1" in str(caught.value)
    assert "secret" not in str(caught.value)
