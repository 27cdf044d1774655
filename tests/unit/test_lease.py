from __future__ import annotations

import getpass
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from videogen import serialization
from videogen.errors import ProjectBusy, WorkspaceError
from videogen.project.lease import Holder, holder, lease

_HOLDS = """
import sys
from pathlib import Path
from videogen.project.lease import lease
with lease(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held_elsewhere(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold a folder's lease for the block, or until it is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


def files_of(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def test_a_second_one_is_told_who_is_at_work_and_touches_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "5f0c"
    with held_elsewhere(folder) as process:
        before = files_of(folder)
        with pytest.raises(ProjectBusy) as caught, lease(folder):
            pytest.fail("two at work")
        told = str(caught.value)
        assert f"{getpass.getuser()} on {platform.node()}, process {process.pid}, since " in told
        assert "5f0c" in told
        assert "\n" not in told
        assert files_of(folder) == before


def test_a_lease_ends_with_a_process_however_that_ends(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path) as process:
        process.kill()
        process.wait()
        assert holder(tmp_path) is None
        with lease(tmp_path):
            assert holder(tmp_path) is not None


def test_whoever_looks_sees_who_is_at_work(tmp_path: Path) -> None:
    assert holder(tmp_path / "nobody") is None
    with held_elsewhere(tmp_path) as process:
        found = holder(tmp_path)
        assert found is not None
        assert found.process == process.pid


def test_a_lease_leaves_no_note_behind(tmp_path: Path) -> None:
    with lease(tmp_path):
        pass
    assert holder(tmp_path) is None
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".json"] == []


def signed_elsewhere(folder: Path, host: str, seconds_ago: float) -> None:
    """Leave the note of another machine, where no lock of its reaches here."""
    note = folder / "lease.json"
    serialization.save(note, Holder("ana", host, 4711, "2026-03-01T09:30:00+00:00"))
    then = time.time() - seconds_ago
    os.utime(note, (then, then))


def test_another_machine_is_at_work_while_it_shows_life(tmp_path: Path) -> None:
    signed_elsewhere(tmp_path, "render-2", seconds_ago=30)
    with pytest.raises(ProjectBusy, match="ana on render-2, process 4711"), lease(tmp_path):
        pytest.fail("two at work")
    assert holder(tmp_path) == Holder("ana", "render-2", 4711, "2026-03-01T09:30:00+00:00")


@pytest.mark.parametrize(("host", "seconds_ago"), [("render-2", 90), (platform.node(), 1)])
def test_a_note_without_life_counts_for_nothing(
    tmp_path: Path, host: str, seconds_ago: float
) -> None:
    signed_elsewhere(tmp_path, host, seconds_ago)
    assert holder(tmp_path) is None
    with lease(tmp_path):
        found = holder(tmp_path)
    assert found is not None
    assert found.process == os.getpid()


def test_a_folder_that_cannot_be_made_is_told_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / "work").write_text("in the way")
    with pytest.raises(WorkspaceError, match="can't be locked") as caught, lease(tmp_path / "work"):
        pytest.fail("no lease")
    assert caught.value.cure
