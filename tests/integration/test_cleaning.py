"""`videogen clean`: what goes, and all that stays."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from commands import videogen
from fakes import app_database, run_facts

from videogen import serialization
from videogen.db.engine import connect
from videogen.db.ledger import Ledger
from videogen.files import write_text
from videogen.project.cleaning import leftovers, sweep
from videogen.project.kept import lost_file, options_file
from videogen.project.lease import lease
from videogen.workspace import Workspace, reserve_name

DAY = 86_400.0


class Root:
    """A root with projects of which every file is there."""

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self.database = folder / "ai-video-generator.db"
        app_database.make(self.database, app_database.RICH)

    def project(
        self, project_id: str, *, is_finished: bool = True, home: str = "ai-video-generator.db"
    ) -> Workspace:
        workspace = Workspace(self.path, project_id, reserve_name(self.path, "tides", project_id))
        for path in (
            workspace.thumbnail_path,
            workspace.sidecar_path("srt"),
            workspace.audio_path(1),
            workspace.work_folder / "cut" / "scene-1.mp4",
            *([workspace.video_path] if is_finished else []),
        ):
            write_text(path, "x" * 100)
        asked = replace(run_facts.OPTIONS, name=workspace.name)
        serialization.save(options_file(workspace), asked)
        write_text(workspace.work_folder / "database.txt", home)
        ledger = Ledger(
            connect(app_database.url_of(self.database)), project_id, lost_file(workspace), self.path
        )
        for fact in run_facts.WHOLE_RUN if is_finished else run_facts.TO_SCRIPT:
            ledger.record(fact)
        return workspace

    def delete(self, project_id: str) -> None:
        app_database.execute(
            self.database,
            f"PRAGMA foreign_keys = ON; DELETE FROM projects WHERE id = '{project_id}'",
        )

    def files(self) -> set[Path]:
        return {path for path in self.path.rglob("*") if path.is_file()}

    def clean(self) -> list[str]:
        found = leftovers(
            self.path, connect(app_database.url_of(self.database)), self.path / "cache"
        )
        for one in found:
            sweep(one)
        return [one.why for one in found]


@pytest.fixture(params=[True, False], ids=["app", "standalone"])
def root(tmp_path: Path, request: pytest.FixtureRequest) -> Root:
    if request.param:
        (tmp_path / "public").mkdir()
        (tmp_path / "package.json").touch()
    return Root(tmp_path)


def test_the_files_of_a_deleted_project_go_and_no_others(root: Root) -> None:
    root.project("kept")
    theirs = [
        root.path / ".cache/audio/projects/of-the-app/scene-1.mp3",
        root.path / "public/videos/of-the-app/final.mp4",
        root.path / "output/holiday.mp4",
    ]
    for path in theirs:
        write_text(path, "theirs")
    before = root.files()
    root.project("gone")
    root.delete("gone")

    assert root.clean() == ["project gone was deleted"]

    assert root.files() == before
    assert root.clean() == []


def test_a_project_of_another_database_is_let_alone(root: Root) -> None:
    root.project("elsewhere", home="output/videogen.db")
    root.delete("elsewhere")
    (root.project("unknown").work_folder / "database.txt").unlink()
    root.delete("unknown")

    assert root.clean() == []


def test_a_project_that_is_still_to_get_its_row_or_in_the_making_is_let_alone(root: Root) -> None:
    killed, running = root.project("killed"), root.project("running")
    for workspace in (killed, running):
        root.delete(workspace.project_id)
    database = connect(app_database.url_of(root.database))
    Ledger(database, "killed", lost_file(killed), root.path).keep(run_facts.WHOLE_RUN[0])

    with lease(running.work_folder):
        assert root.clean() == []


def test_an_old_work_folder_of_what_was_never_finished_goes_and_its_rows_stay(root: Root) -> None:
    finished, young, old = (
        root.project("finished"),
        root.project("young", is_finished=False),
        root.project("old", is_finished=False),
    )
    for workspace in (finished, old):
        age(workspace.work_folder, 8 * DAY)

    assert root.clean() == ["project old is unfinished for 8 days; its work folder"]

    assert not old.work_folder.exists()
    assert old.audio_path(1).is_file()
    assert young.work_folder.is_dir()
    assert finished.work_folder.is_dir()
    rows = app_database.query(root.database, "SELECT id FROM projects WHERE id = 'old'")
    assert rows == [("old",)]


def test_nothing_is_deleted_before_a_person_says_so(root: Root) -> None:
    root.project("gone")
    root.delete("gone")
    before = root.files()
    cache = {"VIDEOGEN_CACHE": str(root.path / "cache")}

    shown = videogen("clean", cwd=root.path, **cache)

    assert shown.code == 0, shown.err
    assert "project gone was deleted" in shown.out
    assert "--yes" in shown.err
    assert root.files() == before
    told = videogen("clean", "--yes", "--json", cwd=root.path, **cache).json
    assert told["deleted"]
    assert not any(Path(path).exists() for path in told["leftovers"][0]["files"])


def age(folder: Path, seconds: float) -> None:
    """Make everything in a folder older."""
    then = time.time() - seconds
    for path in folder.rglob("*"):
        os.utime(path, (then, then))
