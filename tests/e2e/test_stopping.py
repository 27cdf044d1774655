"""A run that is stopped leaves nothing behind and goes on where it was."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
from commands import PATIENCE, clean_environment, videogen
from fakes import app_database
from fakes.groq import KEY, FakeGroq
from fakes.loopback import Reply, Request

DATABASE = ("--database", "output/videogen.db")
TINY = (
    *("--topic", "Tides", "--duration", "12", "--size", "160x90", "--fps", "10"),
    *("--footage", "cards", "--captions", "off"),
)
SMALL = ("--topic", "Tides", "--duration", "12", "--size", "320x180", "--fps", "10")


@contextmanager
def running(root: Path) -> Iterator[tuple[subprocess.Popen[str], IO[str]]]:
    """Start a run; yield it and its stderr, which its workers too hold open while they live."""
    command = [sys.executable, "-m", "videogen", "run", "--root", root, *DATABASE, *SMALL]
    # A shell's background jobs ignore Ctrl-C, nohup a closed terminal, and both hand that down.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    with subprocess.Popen(
        [*map(str, command)],
        cwd=root,
        env=clean_environment(),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        assert run.stderr is not None
        try:
            yield run, run.stderr
        except BaseException:
            # A test that is given up must not wait for what it started.
            os.killpg(run.pid, signal.SIGKILL)
            raise


def until(stage: str, stderr: IO[str]) -> str:
    """Read on to the first line of a stage; return all that was told."""
    told = ""
    for line in stderr:
        told += line
        if line.startswith(stage):
            break
    return told


def stopped(root: Path, stage: str, *by: signal.Signals) -> tuple[int, str]:
    """Start a run and send it signals as soon as a stage shows; return its code and stderr."""
    with running(root) as (run, stderr):
        told = until(stage, stderr)
        for one in by:
            run.send_signal(one)
            time.sleep(0.05)  # two at once are one to the system
        told += stderr.read()
    return run.returncode, told


def project_of(root: Path) -> dict[str, object]:
    return app_database.row(root / "output/videogen.db", "projects")


def state_of(root: Path) -> str:
    listed = videogen("list", "--root", root, *DATABASE, "--json", cwd=root).json
    (one,) = listed["projects"]
    return str(one["state"])


@pytest.mark.parametrize(
    ("stage", "by"),
    [
        ("Voice", (signal.SIGINT,)),
        ("Cut", (signal.SIGINT, signal.SIGINT)),
        ("Voice", (signal.SIGHUP,)),
    ],
    ids=["Ctrl-C", "Ctrl-C twice", "a closed terminal"],
)
def test_an_interrupted_run_says_how_to_go_on(
    stage: str, by: tuple[signal.Signals, ...], standalone: Path
) -> None:
    code, told = stopped(standalone, stage, *by)
    assert code == 130
    assert f"videogen resume {project_of(standalone)['id']}" in told
    assert project_of(standalone)["status"] == "error"
    assert "Traceback" not in told
    assert list(standalone.rglob(".part-*")) == []
    assert not (standalone / "output/tides_video.mp4").exists()


@pytest.mark.parametrize("stage", ["Voice", "Cut"])
def test_a_killed_run_resumes_to_a_finished_video(stage: str, standalone: Path) -> None:
    stopped(standalone, stage, signal.SIGKILL)
    project = project_of(standalone)
    assert project["current_step"] != "export"
    assert state_of(standalone) == "stopped"
    spoken = {path: path.stat().st_mtime_ns for path in standalone.rglob("*.mp3")}
    ended = videogen(
        "resume", project["id"], "--root", standalone, *DATABASE, "--json", cwd=standalone
    )
    assert ended.code == 0, ended.err
    assert (standalone / ended.json["video_path"]).is_file()
    assert project_of(standalone)["current_step"] == "export"
    assert state_of(standalone) == "finished"
    kept = [path for path, time in spoken.items() if path.stat().st_mtime_ns == time]
    # The scene that was being recorded when the run was killed may be spoken again.
    assert len(kept) >= len(spoken) - 2


def test_a_lost_work_folder_costs_work_and_not_the_project(standalone: Path) -> None:
    stopped(standalone, "Cut", signal.SIGKILL)
    project_id = project_of(standalone)["id"]
    shutil.rmtree(standalone / "output/work")
    ended = videogen(
        "resume", project_id, "--root", standalone, *DATABASE, "--json", cwd=standalone
    )
    assert ended.code == 0, ended.err
    assert (standalone / ended.json["video_path"]).name == "tides_video.mp4"
    assert project_of(standalone)["current_step"] == "export"


class Answering(FakeGroq):
    """Says when a question has come that is never answered."""

    def __init__(self, *behaviours: str) -> None:
        super().__init__(*behaviours)
        self.is_asked = threading.Event()

    def answer(self, request: Request) -> Reply:
        reply = super().answer(request)
        if reply.fault == "hang":
            self.is_asked.set()
        return reply


def test_an_answer_that_was_paid_for_is_not_asked_for_again_after_a_kill(standalone: Path) -> None:
    with Answering("short", "hang", "exact") as groq:
        keys = {"GROQ_API_KEY": KEY, "GROQ_BASE_URL": groq.url}
        command = (sys.executable, "-m", "videogen", "run", "--root", standalone, *DATABASE, *TINY)
        with subprocess.Popen(
            [*map(str, command)],
            cwd=standalone,
            env=clean_environment() | keys,
            start_new_session=True,
        ) as run:
            asked_twice = groq.is_asked.wait(PATIENCE)
            os.killpg(run.pid, signal.SIGKILL)
        assert asked_twice
        project = str(project_of(standalone)["id"])
        ended = videogen(
            "resume", project, "--root", standalone, *DATABASE, "--json", cwd=standalone, **keys
        )
        assert ended.code == 0, ended.err
        asked = [request.body for request in groq.requests]
    # Only what had not been answered is asked again.
    assert asked[2] == asked[1]
    assert asked.count(asked[0]) == 1


def test_a_project_that_no_run_began_cannot_be_resumed(standalone: Path) -> None:
    ended = videogen("resume", "no-such-id", "--root", standalone, *DATABASE, cwd=standalone)
    assert ended.code == 64
    assert "no-such-id" in ended.err


def test_a_second_resume_of_a_running_project_says_who_runs_it_and_touches_nothing(
    standalone: Path,
) -> None:
    with running(standalone) as (run, stderr):
        until("Voice", stderr)
        # A short film may be done before two other programs have begun.
        run.send_signal(signal.SIGSTOP)
        project_id = project_of(standalone)["id"]
        assert state_of(standalone) == "running"
        second = videogen("resume", project_id, "--root", standalone, *DATABASE, cwd=standalone)
        run.send_signal(signal.SIGCONT)
        stderr.read()
    assert second.code == 1
    assert f"process {run.pid}, since" in second.err
    assert len(second.err.splitlines()) == 1
    assert run.returncode == 0
    assert project_of(standalone)["status"] == "active"


@pytest.mark.parametrize("stage", ["Voice", "Cut"])
def test_a_run_whose_project_is_deleted_stops_with_one_line_and_leaves_nothing(
    stage: str, standalone: Path
) -> None:
    before = sorted(standalone.rglob("*"))
    with running(standalone) as (run, stderr):
        project_id = next(stderr).split()[-1]
        until(stage, stderr)
        app_database.execute(
            standalone / "output/videogen.db",
            f"PRAGMA foreign_keys = ON; DELETE FROM projects WHERE id = '{project_id}'",
        )
        told = stderr.read()

    assert run.returncode == 1
    assert told.splitlines()[-1].startswith(f"Project {project_id} was deleted")
    assert "Warning" not in told
    assert "WARNING" not in told
    assert [path for path in sorted(standalone.rglob("*")) if path.is_file()] == [
        path for path in before if path.is_file()
    ]
    resumed = videogen("resume", project_id, "--root", standalone, *DATABASE, cwd=standalone)
    assert resumed.code == 64
    assert resumed.err.startswith(f"There is no project {project_id}")
