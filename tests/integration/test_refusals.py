"""What a run does when the database refuses a fact: go on, say so, and keep what lasts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from fakes import app_database, faults, run_facts

from videogen.db import engine, facts, ledger
from videogen.db.engine import connect
from videogen.db.ledger import Ledger

PROJECT = "7d8a2c1e-0000-4000-8000-000000000001"
MINE = f"id = '{PROJECT}'"

Fault = Callable[[Path], AbstractContextManager[None]]


class Run:
    """A run with its file in a folder that everyone may enter."""

    def __init__(self, folder: Path, tables: tuple[str, ...] = app_database.RICH) -> None:
        self.path = folder / "app.db"
        self.lost = folder / "final.lost.json"
        app_database.make(self.path, tables)
        self.ledger = self.new_ledger()

    def new_ledger(self) -> Ledger:
        """Return the ledger of a run that begins or is resumed now."""
        return Ledger(connect(app_database.url_of(self.path)), PROJECT, self.lost, Path())

    def record(self, *told: facts.Fact) -> None:
        for fact in told:
            self.ledger.record(fact)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Run(Path(folder))


def test_a_refused_insert_is_told_with_its_context_and_the_run_goes_on(
    run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    run.record(*run_facts.TO_SCRIPT[:2])

    with faults.raising_trigger(run.path, "INSERT ON scenes"):
        run.record(run_facts.TO_SCRIPT[2])
    run.record(facts.StageStarted("voiceover"))

    assert run.ledger.incomplete
    (told,) = run.ledger.warnings
    assert all(part in told for part in ("ScriptWritten", PROJECT, "scenes", "refused"))
    assert told in caplog.text
    project = app_database.row(run.path, "projects", MINE)
    assert project["current_step"] == "voiceover"
    assert project["script_generated"] == 0


def test_scenes_are_all_there_or_none_is(run: Run) -> None:
    run.record(*run_facts.TO_SCRIPT[:2])

    with faults.raising_trigger(run.path, "INSERT ON scenes WHEN NEW.scene_number = 2"):
        run.record(run_facts.TO_SCRIPT[2])

    assert app_database.query(run.path, f"SELECT * FROM scenes WHERE project_{MINE}") == []


def test_a_refused_update_is_kept_and_recorded_by_a_later_run(run: Run) -> None:
    run.record(*run_facts.WHOLE_RUN[:-1])

    with faults.raising_trigger(run.path, "UPDATE OF video_path ON projects"):
        run.record(run_facts.VIDEO)

    assert run.ledger.incomplete
    assert "VideoFinished" in run.ledger.warnings[0]
    job = app_database.row(run.path, "assembly_jobs")
    assert job["status"] == "processing"
    assert "public/videos/p/final.mp4" in run.lost.read_text()

    later = run.new_ledger()
    later.record_lost()

    assert later.warnings == []
    assert app_database.row(run.path, "projects", MINE)["current_step"] == "export"
    assert app_database.row(run.path, "assembly_jobs")["status"] == "complete"
    assert not run.lost.exists()


def test_a_violated_constraint_is_told_with_table_constraint_and_values(run: Run) -> None:
    run.record(*run_facts.TO_FOOTAGE)

    run.record(run_facts.sourced(1, "warship", "abc", run_facts.shown("c", 1.0)))
    app_database.execute(run.path, "CREATE UNIQUE INDEX one_step ON projects(video_path)")
    app_database.execute(
        run.path,
        f"UPDATE projects SET video_path = '{run_facts.VIDEO.video_path}' WHERE NOT {MINE}",
    )
    run.record(run_facts.VIDEO)

    (told,) = run.ledger.warnings
    assert "write to projects" in told
    assert "UNIQUE constraint failed: projects.video_path" in told
    assert repr(run_facts.VIDEO.video_path) in told


def test_facts_of_a_project_whose_row_was_refused_are_all_recorded_later(run: Run) -> None:
    with faults.raising_trigger(run.path, "INSERT ON projects"):
        run.record(*run_facts.WHOLE_RUN)
    assert app_database.query(run.path, f"SELECT * FROM projects WHERE {MINE}") == []

    later = run.new_ledger()
    later.record_lost()

    assert later.warnings == []
    project = app_database.row(run.path, "projects", MINE)
    assert project["current_step"] == "export"
    assert project["script_generated"] == 1
    count = f"SELECT count(*) FROM scenes WHERE project_{MINE} AND audio_file_path IS NOT NULL"
    assert app_database.query(run.path, count) == [(2,)]


def test_progress_that_could_not_be_told_is_not_told_later(run: Run) -> None:
    run.record(*run_facts.TO_VOICEOVER)

    with faults.raising_trigger(run.path, "UPDATE ON projects"):
        run.record(facts.FootageProgress(30, "nasa"))

    assert len(run.ledger.warnings) == 1
    assert not run.lost.exists()


def test_progress_waits_no_more_until_something_else_was_written(run: Run) -> None:
    run.record(*run_facts.TO_VOICEOVER)

    with faults.lock_of_another_process(run.path):
        run.record(*(facts.FootageProgress(percent, "nasa") for percent in range(10, 60, 10)))
    run.record(facts.FootageProgress(60, "nasa"))
    assert len(run.ledger.warnings) == 1
    progress = "visuals_download_progress"
    assert app_database.row(run.path, "projects", MINE)[progress] == 0

    run.record(run_facts.spoken(1), facts.FootageProgress(70, "nasa"))

    assert app_database.row(run.path, "projects", MINE)[progress] == 70


def test_progress_is_told_again_after_a_while(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "PROGRESS_PAUSE_SECONDS", 0.0)
    run.record(*run_facts.TO_VOICEOVER)

    with faults.lock_of_another_process(run.path):
        run.record(facts.FootageProgress(10, "nasa"))
    run.record(facts.FootageProgress(20, "nasa"))

    assert app_database.row(run.path, "projects", MINE)["visuals_download_progress"] == 20


@pytest.mark.parametrize(
    "fault",
    [
        faults.lock_of_another_process,
        faults.read_only,
        faults.unreadable,
        faults.truncated,
        faults.missing_file,
    ],
    ids=lambda fault: fault.__name__,
)
def test_a_finished_video_survives_every_fault_of_the_file(run: Run, fault: Fault) -> None:
    run.record(*run_facts.WHOLE_RUN[:-1])

    with fault(run.path):
        run.record(run_facts.VIDEO)

    assert str(run.path) in run.ledger.warnings[0]
    later = run.new_ledger()
    later.record_lost()
    assert app_database.row(run.path, "projects", MINE)["video_path"] == "public/videos/p/final.mp4"
    assert not run.lost.exists()


@pytest.mark.skipif("sys.platform == 'win32'", reason="Windows has no limit on a file's size")
def test_a_full_disk_loses_rows_and_no_video(run: Run) -> None:
    run.record(*run_facts.TO_VOICEOVER)
    many = [f"clip-{number}" for number in range(100)]

    with faults.full_disk(run.path):
        run.record(run_facts.sourced(1, "warship", many, run_facts.shown("clip-0", 1.0)))

    assert run.ledger.incomplete
    assert any(word in run.ledger.warnings[0] for word in ("full", "disk I/O error"))
    assert app_database.query(run.path, "PRAGMA integrity_check") == [("ok",)]
    run.new_ledger().record_lost()
    assert len(app_database.query(run.path, "SELECT id FROM visual_suggestions")) == 100


def test_every_fact_that_lasts_survives_being_kept(run: Run) -> None:
    with faults.missing_file(run.path):
        run.record(*run_facts.WHOLE_RUN)

    lasting = [fact for fact in run_facts.WHOLE_RUN if not fact.is_momentary]
    assert list(run.ledger._kept()) == lasting


def test_a_column_that_the_app_lacks_is_left_out_and_told_once(tmp_path: Path) -> None:
    path = tmp_path / "app.db"
    url = app_database.make(
        path,
        app_database.RICH,
        change=lambda sql: sql.replace("  visuals_provider TEXT,\n", "").replace(
            "  source_url TEXT,\n", ""
        ),
    )
    run = Ledger(connect(url), PROJECT, tmp_path / "lost.json", Path())

    for fact in run_facts.WHOLE_RUN:
        run.record(fact)

    (told,) = run.warnings
    assert "projects.visuals_provider, visual_suggestions.source_url" in told
    assert not run.incomplete
    assert app_database.row(path, "projects", MINE)["current_step"] == "export"
