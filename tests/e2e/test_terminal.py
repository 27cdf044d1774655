"""What reaches a terminal, and what happens where there is none any more."""

from __future__ import annotations

import os
import pty
import shlex
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from commands import clean_environment, videogen
from fakes import app_database

from videogen.db import facts
from videogen.db.create import create
from videogen.db.engine import connect
from videogen.db.ledger import Ledger

SHORT = "--script words.txt --footage cards --size 160x90 --fps 10 --captions off"


def shell(command: str, folder: Path) -> int:
    """Run `videogen` with what a shell is given after it; return its own exit code."""
    (folder / "words.txt").write_text("Ships go out to sea.\n")
    whole = f"{shlex.quote(sys.executable)} -m videogen {command}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", whole],
        cwd=folder,
        env=clean_environment(),
        stdout=subprocess.DEVNULL,
        check=False,
        timeout=600,
    )
    return done.returncode


@pytest.mark.parametrize("surroundings", ["2>&1 | head -1", "2>&- >&- <&-"])
def test_a_run_goes_on_where_nobody_reads_what_it_says(surroundings: str, tmp_path: Path) -> None:
    create(tmp_path / "own.db")
    database = f"--root {tmp_path} --database {tmp_path / 'own.db'}"

    assert shell(f"run {database} {SHORT} {surroundings}", tmp_path) == 0

    assert (tmp_path / "output/words_video.mp4").is_file()
    assert app_database.row(tmp_path / "own.db", "projects")["current_step"] == "export"


def on_a_terminal(command: str, folder: Path) -> str:
    """Run `videogen` with what a shell is given after it on a terminal; return what that is sent."""
    ours, its = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "videogen", *shlex.split(command)],
        cwd=folder,
        env=clean_environment() | {"TERM": "xterm-256color", "COLUMNS": "120"},
        stdin=its,
        stdout=its,
        stderr=its,
    ):
        os.close(its)
        sent = b""
        # The kernel's way to say that nobody writes there any more.
        with suppress(OSError):
            while part := os.read(ours, 4096):
                sent += part
    os.close(ours)
    return sent.decode()


def test_nothing_is_drawn_over_what_a_run_says_at_its_end(tmp_path: Path) -> None:
    create(tmp_path / "own.db")
    (tmp_path / "words.txt").write_text("Ships go out to sea.\n")

    sent = on_a_terminal(f"run --root . --database own.db {SHORT}", tmp_path)

    assert "\x1b[2K" in sent, "no bars were drawn"
    assert "output/words_video.mp4\r\n" in sent.rpartition("\x1b[2K")[2]


def test_codes_in_a_row_never_reach_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    create(path)
    ledger = Ledger(connect(app_database.url_of(path)), "p1", tmp_path / "lost.json", tmp_path)
    ledger.record(facts.ProjectStarted("Ships\x1b]0;owned\x07 at \x9b31m sea \u202e", 30.0))

    for command in ("list", "list --json", "show p1"):
        shown = videogen(*command.split(), "--database", path, cwd=tmp_path)
        assert shown.code == 0, shown.err
        assert not set("\x1b\x07\x9b\u202e") & set(shown.out)
        assert "owned" in shown.out


def test_a_folder_that_is_gone_is_no_fault_of_videogen(tmp_path: Path) -> None:
    whole = (
        f"mkdir gone && cd gone && rmdir ../gone && {shlex.quote(sys.executable)} -m videogen list"
    )
    done = subprocess.run(
        ["bash", "-c", whole],
        cwd=tmp_path,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "fault of videogen" not in done.stderr
    assert "the one you are in" in done.stderr


@pytest.mark.parametrize("root", ["/proc", "/sys"])
def test_a_root_that_cannot_be_written_is_no_fault_of_videogen(root: str, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("Ships go out to sea.\n")
    create(tmp_path / "own.db")
    ended = videogen(
        "run", "--root", root, "--database", tmp_path / "own.db", *SHORT.split(), cwd=tmp_path
    )
    assert ended.code == 1
    assert root in ended.err
    assert "fault of videogen" not in ended.err
    assert "Traceback" not in ended.err


def test_music_that_cannot_be_heard_is_told_before_anything_is_made(tmp_path: Path) -> None:
    create(tmp_path / "own.db")
    (tmp_path / "words.txt").write_text("Ships go out to sea.\n")
    (tmp_path / "song.mp3").write_bytes(b"no sound at all" * 100)
    database = ("--root", tmp_path, "--database", tmp_path / "own.db")

    ended = videogen("run", *database, *SHORT.split(), "--music", "song.mp3", cwd=tmp_path)

    assert ended.code == 1
    assert "song.mp3" in ended.err
    assert not (tmp_path / "output").exists()


def test_a_script_that_was_moved_is_not_missed_where_it_was_narrated(tmp_path: Path) -> None:
    create(tmp_path / "own.db")
    (tmp_path / "words.txt").write_text("Ships go out to sea.\n")
    database = ("--root", tmp_path, "--database", tmp_path / "own.db")
    first = videogen("run", *database, *SHORT.split(), "--json", cwd=tmp_path)
    assert first.code == 0, first.err
    (tmp_path / "words.txt").unlink()

    again = videogen("resume", first.json["project_id"], *database, "--json", cwd=tmp_path)

    assert again.code == 0, again.err
    assert again.json["scenes"] == first.json["scenes"]
