import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from multiprocessing.connection import Listener
from pathlib import Path

import pytest

from videogen.bounds import processor_seconds
from videogen.domain.options import ExecutorKind
from videogen.errors import VoiceError, WorkerDied
from videogen.executors import executor


def square(number: int) -> int:
    return number * number


def fail() -> None:
    raise VoiceError("The voice is unknown", where="xx_nobody")


def call_and_wait(address: str) -> None:
    from multiprocessing.connection import Client

    Client(address)
    multiprocessing.Event().wait()


def worker_process_id() -> int:
    return os.getpid()


@pytest.mark.parametrize("kind", ["inline", "processes"])
def test_an_executor_returns_results_and_errors(kind: ExecutorKind) -> None:
    with executor(kind, 2) as pool:
        assert list(pool.map(square, [2, 3])) == [4, 9]
        with pytest.raises(VoiceError, match="xx_nobody"):
            pool.submit(fail).result()


def test_an_interrupt_ends_workers_in_the_middle_of_their_work() -> None:
    with Listener() as listener, pytest.raises(KeyboardInterrupt), executor("processes", 1) as pool:
        pool.submit(call_and_wait, str(listener.address))
        listener.accept()
        raise KeyboardInterrupt
    assert multiprocessing.active_children() == []


KILLED_PARENT = """
import os, signal
from test_executors import worker_process_id
from videogen.executors import executor
if __name__ == "__main__":
    with executor("processes", 1) as pool:
        print(pool.submit(worker_process_id).result(), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(KILLED_PARENT)
    here = Path(__file__).parent
    paths = os.pathsep.join([str(here), str(here.parents[1])])
    # Reading to the end of stdout waits for the worker, which inherited it, as for the parent.
    parent = subprocess.run(
        [sys.executable, str(script)],
        env=os.environ | {"PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    assert parent.stdout.strip().isdigit()
    assert parent.returncode != 0


def end_worker() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def end_worker_once(mark: Path) -> str:
    if not mark.exists():
        mark.touch()
        end_worker()
    return "done"


def test_a_worker_that_was_killed_from_outside_costs_nothing_but_time(tmp_path: Path) -> None:
    with executor("processes", 2) as pool:
        killed = pool.submit(end_worker_once, tmp_path / "mark")
        others = [pool.submit(square, number) for number in range(9)]
        assert killed.result() == "done"
        assert [one.result() for one in others] == [number**2 for number in range(9)]


def test_a_call_that_ends_every_worker_fails_alone() -> None:
    with executor("processes", 2) as pool:
        deadly = pool.submit(end_worker)
        others = [pool.submit(square, number) for number in range(9)]
        assert [one.result() for one in others] == [number**2 for number in range(9)]
        with pytest.raises(WorkerDied, match="ended from outside"):
            deadly.result()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bounds")
def test_a_worker_has_bounds_of_memory_and_of_time_for_a_step() -> None:
    with executor("processes", 1) as pool:
        with pytest.raises(WorkerDied, match="memory"):
            pool.submit(take, 6 * 2**30).result()
        with pytest.raises(WorkerDied):
            pool.submit(spin_within, 1.0).result()
        assert pool.submit(square, 3).result() == 9


def take(size: int) -> int:
    return len(bytearray(size))


def spin_within(seconds: float) -> None:
    with processor_seconds(seconds):
        while True:
            pass


KILLED_WITH_FILES = """
import os, signal, tempfile
from videogen.traces import kept_apart
with kept_apart():
    tempfile.mkdtemp()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="no process is asked after there")
def test_what_libraries_left_in_a_killed_run_is_removed_by_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = os.environ | {"TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", KILLED_WITH_FILES], env=there, check=False)
    (left,) = tmp_path.iterdir()
    assert len(list(left.iterdir())) == 1
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with executor("inline", 1):
        assert not left.exists()


def leave_file() -> str:
    return tempfile.mkdtemp()


def test_what_libraries_leave_in_workers_goes_with_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("videogen-old", "videogen-new", "other"):
        (tmp_path / name).mkdir()
    for name in ("videogen-old", "other"):
        os.utime(tmp_path / name, (0, 0))

    with pytest.raises(KeyboardInterrupt), executor("processes", 1) as pool:
        left = Path(pool.submit(leave_file).result())
        assert left.is_relative_to(tmp_path)
        raise KeyboardInterrupt

    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "videogen-new"]
