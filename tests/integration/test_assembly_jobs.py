"""The job that the app's export page and progress bar ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import app_database, run_facts

from videogen.db import facts
from videogen.db.engine import connect
from videogen.db.ledger import Ledger

PROJECT = "7d8a2c1e-0000-4000-8000-000000000001"


@pytest.fixture
def app_file(tmp_path: Path) -> Path:
    path = tmp_path / "app.db"
    app_database.make(path, app_database.RICH)
    return path


@pytest.fixture
def ledger(app_file: Path, tmp_path: Path) -> Ledger:
    ledger = Ledger(connect(app_database.url_of(app_file)), PROJECT, tmp_path / "lost.json", Path())
    for fact in (*run_facts.TO_FOOTAGE, facts.AssemblyStarted(2)):
        ledger.record(fact)
    return ledger


def test_a_job_is_processing_while_the_cut_is_made(app_file: Path, ledger: Ledger) -> None:
    ledger.record(facts.RenderProgress(40, "concatenating", 1))

    job = app_database.row(app_file, "assembly_jobs")
    assert job["project_id"] == PROJECT
    assert (job["status"], job["progress"], job["current_stage"]) == (
        "processing",
        40,
        "concatenating",
    )
    assert (job["current_scene"], job["total_scenes"]) == (1, 2)
    assert job["started_at"] == job["created_at"]
    assert job["completed_at"] is None
    project = app_database.row(app_file, "projects", f"id = '{PROJECT}'")
    assert project["current_step"] == "editing"


def test_a_job_completes_with_its_video(app_file: Path, ledger: Ledger) -> None:
    ledger.record(run_facts.VIDEO)

    job = app_database.row(app_file, "assembly_jobs")
    assert (job["status"], job["progress"]) == ("complete", 100)
    assert job["completed_at"] is not None


def test_a_failed_cut_ends_its_job_with_the_reason(app_file: Path, ledger: Ledger) -> None:
    ledger.record(facts.RunFailed("no space left"))

    job = app_database.row(app_file, "assembly_jobs")
    assert (job["status"], job["error_message"]) == ("error", "no space left")


def test_a_second_try_is_the_newest_job_and_the_one_that_completes(
    app_file: Path, ledger: Ledger
) -> None:
    ledger.record(facts.RunFailed("no space left"))
    app_database.execute(
        app_file, "UPDATE assembly_jobs SET created_at = '2026-01-01T00:00:00.000Z'"
    )

    ledger.record(facts.AssemblyStarted(2))
    ledger.record(run_facts.VIDEO)

    statuses = app_database.query(
        app_file, "SELECT status FROM assembly_jobs ORDER BY created_at DESC"
    )
    assert statuses == [("complete",), ("error",)]


def test_a_failure_before_the_cut_makes_no_job(app_file: Path, tmp_path: Path) -> None:
    ledger = Ledger(connect(app_database.url_of(app_file)), PROJECT, tmp_path / "lost.json", Path())
    for fact in (*run_facts.TO_VOICEOVER, facts.RunFailed("no voice")):
        ledger.record(fact)

    assert app_database.query(app_file, "SELECT * FROM assembly_jobs") == []
