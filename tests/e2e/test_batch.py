"""Many films by one command."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from commands import PROCESSES, clean_environment, videogen
from fakes import app_database

from videogen.cli.films import Call, outcomes_of
from videogen.cli.rows import Row

DATABASE = ("--database", "output/videogen.db")
SMALL = ("--size", "160x90", "--fps", "10", "--footage", "cards", "--captions", "off")


def script(root: Path, name: str) -> str:
    (root / name).write_text("The tide comes in twice a day, and the harbor waits for it.\n")
    return name


def by_topic(ended: Any) -> dict[str, dict[str, Any]]:
    return {row["topic"]: row for row in ended.json["rows"]}


def test_rows_of_every_form_are_made_and_a_bad_one_stops_no_other(standalone: Path) -> None:
    tides = script(standalone, "tides.md")
    (standalone / "films.csv").write_text(
        "topic,script,size,colour\n"
        f"Tides at noon,{tides},,\n"
        "Nobody's,missing.md,,\n"
        f"Square,{tides},64x64,\n"
        f"Odd,{tides},,red\n"
    )
    ended = videogen(
        *("batch", "films.csv", "--root", standalone, *DATABASE, "--max-parallel", 2),
        *(*SMALL, "--json"),
        cwd=standalone,
        **PROCESSES,
    )
    assert ended.code == 1, ended.err
    rows = by_topic(ended)
    assert {topic: row["status"] for topic, row in rows.items()} == {
        "Tides at noon": "complete",
        "Nobody's": "failed",
        "Square": "complete",
        "": "failed",
    }
    assert "missing.md" in rows["Nobody's"]["told"]
    assert "colour" in rows[""]["told"]
    for topic in ("Tides at noon", "Square"):
        assert (standalone / rows[topic]["video_path"]).is_file()
    assert len(app_database.query(standalone / "output/videogen.db", "SELECT 1 FROM projects")) == 2

    gone = rows["Square"]["project_id"]
    app_database.execute(
        standalone / "output/videogen.db",
        f"PRAGMA foreign_keys = ON; DELETE FROM projects WHERE id = '{gone}'",
    )
    made = {path: path.stat().st_mtime_ns for path in standalone.rglob("tides*.mp4")}
    (standalone / "missing.md").write_text("It is here now, and it can be told.\n")
    again = videogen(
        *("batch", "films.csv", "--root", standalone, *DATABASE, "--max-parallel", 2),
        *(*SMALL, "--json"),
        cwd=standalone,
        **PROCESSES,
    )
    again_rows = by_topic(again)
    assert again_rows["Nobody's"]["status"] == "complete"
    anew = again_rows["Square"]
    assert (anew["status"], anew["told"].partition(";")[0]) == (
        "complete",
        f"Made anew: project {gone} was deleted",
    )
    assert anew["project_id"] != gone
    assert made
    assert all(path.stat().st_mtime_ns == time for path, time in made.items())


def until_begun(run: subprocess.Popen[str], database: Path) -> None:
    """Wait until a scene is recorded, or the run has ended."""
    while not app_database.query(database, "SELECT 1 FROM scenes"):
        with suppress(subprocess.TimeoutExpired):
            run.wait(0.05)
            return


def test_an_interrupted_batch_leaves_no_process_and_goes_on_with_the_same_project(
    standalone: Path,
) -> None:
    lines = [{"topic": "Tides", "script": script(standalone, "tides.md")}]
    (standalone / "films.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    command = ("batch", "films.jsonl", "--root", str(standalone), *DATABASE, *SMALL, "--json")
    database = standalone / "output/videogen.db"
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        [sys.executable, "-m", "videogen", *command],
        cwd=standalone,
        env=clean_environment(),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        until_begun(run, database)
        run.send_signal(signal.SIGINT)
        assert run.stderr is not None
        # Its end comes once every process that holds it is gone.
        told = run.stderr.read()
    assert run.returncode == 130, told
    ended = videogen(*command, cwd=standalone, **PROCESSES)
    assert ended.code == 0, ended.err
    [project] = app_database.query(database, "SELECT id FROM projects")
    assert by_topic(ended)["Tides"]["project_id"] == project[0]


def test_a_process_that_dies_in_the_last_row_is_not_replaced(tmp_path: Path) -> None:
    # Other tests leave processes that read media.
    before = set(multiprocessing.active_children())

    def begun() -> list[BaseProcess]:
        return [one for one in multiprocessing.active_children() if one not in before]

    def kill_the_first() -> None:
        while not (found := begun()):
            os.sched_yield()
        found[0].kill()

    killer = threading.Thread(target=kill_the_first)
    killer.start()
    call = Call(tmp_path, None, (), tmp_path / "batch", 1)
    [outcome] = [
        (one.status, begun()) for one in outcomes_of([Row(1, ("--topic", "Tides"))], call, 1)
    ]
    killer.join()
    assert outcome == ("failed", [])


def test_a_batch_without_rows_is_refused(standalone: Path) -> None:
    (standalone / "films.txt").write_text("# nothing yet\n\n")
    ended = videogen("batch", "films.txt", "--root", standalone, *DATABASE, cwd=standalone)
    assert ended.code == 64
    assert "no rows" in ended.err
