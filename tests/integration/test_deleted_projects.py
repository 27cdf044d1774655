"""A project that its owner deletes in the app: its run stops, and nothing of it stays."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from fakes import app_database, faults, run_facts

from videogen.db import facts
from videogen.db.engine import connect
from videogen.db.ledger import Ledger
from videogen.errors import ProjectDeleted
from videogen.project.belongings import belongings, remove
from videogen.workspace import Workspace, reserve_name

PROJECT = "7d8a2c1e-0000-4000-8000-000000000001"
DELETED = f"PRAGMA foreign_keys = ON; DELETE FROM projects WHERE id = '{PROJECT}'"


@pytest.fixture
def app_file(tmp_path: Path) -> Path:
    path = tmp_path / "app.db"
    app_database.make(path, app_database.RICH)
    return path


def new_ledger(app_file: Path) -> Ledger:
    lost = app_file.with_name("lost.json")
    return Ledger(connect(app_database.url_of(app_file)), PROJECT, lost, Path())


@pytest.mark.parametrize("fact", run_facts.WHOLE_RUN[1:], ids=lambda fact: type(fact).__name__)
def test_the_first_write_after_a_deletion_ends_the_run_and_writes_nothing(
    app_file: Path, fact: facts.Fact, caplog: pytest.LogCaptureFixture
) -> None:
    ledger = new_ledger(app_file)
    for told in run_facts.WHOLE_RUN:
        ledger.record(told)
    app_database.execute(app_file, DELETED)
    before = app_database.dump(app_file)

    with pytest.raises(ProjectDeleted, match="deleted"):
        ledger.record(fact)

    assert app_database.dump(app_file) == before
    assert not app_file.with_name("lost.json").exists()
    assert [line for line in caplog.records if line.levelno >= logging.WARNING] == []


def test_a_project_without_a_row_is_one_only_while_its_row_is_still_to_be_put_in(
    app_file: Path,
) -> None:
    killed = new_ledger(app_file)
    killed.keep(run_facts.WHOLE_RUN[0])

    resumed = new_ledger(app_file)
    assert resumed.is_expected
    resumed.record_lost()

    assert app_database.row(app_file, "projects", f"id = '{PROJECT}'")["status"] == "draft"
    assert not app_file.with_name("lost.json").exists()
    app_database.execute(app_file, DELETED)
    assert not new_ledger(app_file).is_expected


def test_a_row_that_was_refused_is_no_deletion(app_file: Path) -> None:
    ledger = new_ledger(app_file)
    ledger.keep(run_facts.WHOLE_RUN[0])

    with faults.raising_trigger(app_file, "INSERT ON projects"):
        ledger.record_lost()
        ledger.record(run_facts.WHOLE_RUN[1])

    assert ledger.incomplete
    assert ledger.is_expected


@pytest.mark.parametrize("is_app", [True, False], ids=["app", "standalone"])
def test_what_a_project_made_goes_and_all_else_stays(tmp_path: Path, is_app: bool) -> None:
    if is_app:
        (tmp_path / "public").mkdir()
        (tmp_path / "package.json").touch()
    mine, other = (
        Workspace(tmp_path, one, reserve_name(tmp_path, "tides", one)) for one in ("mine", "other")
    )
    for workspace in (mine, other):
        for path in (
            workspace.video_path,
            workspace.thumbnail_path,
            workspace.sidecar_path("srt"),
            workspace.audio_path(1),
            workspace.audio_path(12),
            workspace.kept_path("narration", "abc"),
            workspace.work_folder / "cut" / "scene-1.mp4",
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
    theirs = mine.video_path.with_name("holiday.mov")
    theirs.touch()
    kept = {*belongings(other), theirs}

    remove(mine)

    assert belongings(mine) == ()
    assert {path for path in tmp_path.rglob("*") if path.is_file()} - {
        tmp_path / "package.json"
    } == kept


def test_a_name_that_another_project_has_by_now_is_not_touched(tmp_path: Path) -> None:
    video = Workspace(tmp_path, "other", reserve_name(tmp_path, "tides", "other")).video_path
    video.touch()

    remove(Workspace(tmp_path, "mine", "tides"))

    assert video.is_file()
