"""Work on a dask cluster, by real schedulers and workers on the loopback."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, suppress
from multiprocessing import connection
from pathlib import Path

import clusters
import pytest
from commands import CHECKOUT, PATIENCE, videogen
from distributed import Client, Scheduler
from fakes import doomed_worker
from fakes.media import make_still, make_video
from faults.films import Film, film_of

from videogen.cluster.connection import check
from videogen.cluster.pool import Cluster, cluster
from videogen.cluster.shared import SharedFolder
from videogen.cluster.work import Order, perform, program
from videogen.db.create import create
from videogen.digests import FileDigest, digested_file, is_whole
from videogen.errors import ClusterError, UsageError, VoiceError, WorkerDied

SCRIPT = "A grey ship sails out.\n\nNobody knows.\n\nThe tide comes back at night.\n"
PASSWORD = "a-long-password"


def square(number: int) -> int:
    return number * number


def fail() -> None:
    raise VoiceError("The voice is unknown", where="xx_nobody")


def end_worker() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def call_and_wait(address: str) -> None:
    with connection.Client(address) as caller, suppress(EOFError):
        caller.recv()


def doubled(source: Path, target: Path) -> tuple[Path, Path]:
    """Write what a file holds twice, sealed; return where both lie for whoever does it."""
    with digested_file(target) as partial:
        partial.write_text(source.read_text() * 2)
    return source, target


def rewritten(path: Path) -> None:
    path.write_text("new")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler with one worker."""
    folder = tmp_path_factory.mktemp("cluster")
    with clusters.scheduler(folder) as (found, _), clusters.worker(folder / "1", found):
        yield found


@pytest.fixture(scope="module")
def ftp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a folder behind a server of files."""
    folder = tmp_path_factory.mktemp("ftp")
    with clusters.file_server(folder, "run", PASSWORD) as port:
        yield f"ftp://run:{PASSWORD}@127.0.0.1:{port}/"


@pytest.fixture
def pool(address: str, tmp_path: Path) -> Iterator[Cluster]:
    with cluster(address, "", tmp_path) as found:
        yield found


def test_a_cluster_returns_results_and_errors(pool: Cluster, tmp_path: Path) -> None:
    assert list(pool.map(square, [2, 3])) == [4, 9]
    with pytest.raises(VoiceError, match="xx_nobody"):
        pool.submit(fail).result()
    source = tmp_path / "a.txt"
    source.write_text("sea ")
    assert pool.submit(doubled, source, tmp_path / "b.txt").result() == (source, tmp_path / "b.txt")
    assert (tmp_path / "b.txt").read_text() == "sea sea "


@pytest.mark.parametrize("kind", ["file", "ftp"])
def test_files_go_by_a_shared_folder_and_come_back_whole(
    address: str, ftp: str, tmp_path: Path, kind: str
) -> None:
    shared = ftp if kind == "ftp" else f"file://{tmp_path.as_posix()}/shared"
    source, target = tmp_path / "a.txt", tmp_path / "made" / "b.txt"
    source.write_text("sea ")

    with cluster(address, shared, tmp_path / "work") as pool:
        assert pool.submit(doubled, source, target).result() == (source, target)
        pool.submit(rewritten, source).result()

    assert is_whole(target)
    assert target.read_text() == "sea sea "
    assert source.read_text() == "new"
    assert list((tmp_path / "work").iterdir()) == []
    if kind == "file":
        assert list((tmp_path / "shared").iterdir()) == []


def test_a_file_that_is_not_as_it_was_put_is_not_taken(tmp_path: Path) -> None:
    folder = SharedFolder(str(tmp_path))
    written = FileDigest(3, "0" * 64)
    (tmp_path / written.sha256).write_text("sea")
    with pytest.raises(ClusterError, match="not as it was put"):
        folder.fetch(written, tmp_path / "target")


def test_an_interrupt_cancels_what_was_sent(address: str, tmp_path: Path) -> None:
    with connection.Listener() as listener:
        with pytest.raises(KeyboardInterrupt), cluster(address, "", tmp_path) as pool:
            begun = pool.submit(call_and_wait, str(listener.address))
            caller = listener.accept()
            waiting = [pool.submit(rewritten, tmp_path / f"{number}") for number in range(9)]
            raise KeyboardInterrupt
        with Client(address, set_as_default=False) as client:
            while client.run_on_scheduler(_task_count):
                pass
        caller.close()
    wait([begun, *waiting])
    assert list(tmp_path.iterdir()) == []


def _task_count(dask_scheduler: Scheduler) -> int:
    return len(dask_scheduler.tasks)


def test_what_ends_a_worker_or_the_scheduler_is_told_as_what_it_is(tmp_path: Path) -> None:
    with ExitStack() as stack:
        address, process = stack.enter_context(clusters.scheduler(tmp_path, failures=0))
        stack.enter_context(clusters.worker(tmp_path / "1", address))
        gone = pytest.raises(ClusterError, match="scheduler is gone")
        listener = stack.enter_context(connection.Listener())
        with gone, cluster(address, "", tmp_path) as pool:
            with pytest.raises(WorkerDied, match="of the cluster"):
                pool.submit(end_worker).result()
            stack.enter_context(clusters.worker(tmp_path / "2", address))
            lost = pool.submit(call_and_wait, str(listener.address))
            listener.accept()
            process.kill()
            lost.result()


def test_a_worker_with_another_videogen_is_refused(address: str, tmp_path: Path) -> None:
    other = tmp_path / "other" / "videogen"
    shutil.copytree(CHECKOUT / "videogen", other, ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "errors.py").open("a") as file:
        file.write("# Another one.\n")
    refused = pytest.raises(ClusterError, match="another videogen than this run")
    with clusters.worker(tmp_path / "2", address, package=other.parent), refused:
        check(address)
    with Client(address, set_as_default=False) as client:
        while len(client.nthreads()) > 1:
            pass
    order = Order("0.0.1 (0123abcd)", b"", {}, frozenset(), None, tmp_path)
    with pytest.raises(ClusterError, match=re.escape("where this run has 0.0.1 (0123abcd)")):
        perform(order)


def test_a_worker_that_does_not_see_the_folder_says_so(tmp_path: Path) -> None:
    order = Order(program(), b"", {}, frozenset(), None, tmp_path / "mark")
    with pytest.raises(ClusterError, match="does not see") as told:
        perform(order)
    assert "--shared" in told.value.cure


def test_a_missing_scheduler_and_a_missing_extra_are_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ClusterError, match=r"^There is no dask scheduler \(tcp://127.0.0.1:9\)"):
        check("tcp://127.0.0.1:9")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError) as told:
        check("tcp://127.0.0.1:9")
    assert told.value.cure == 'Install it: pip install "videogen[dask]"'


def _film(folder: Path, *options: str) -> Film:
    (folder / "output").mkdir(parents=True)
    (folder / "ships.md").write_text(SCRIPT)
    create(folder / "output" / "videogen.db")
    make_video(folder / "clips" / "grey ship.mp4", 8.0, width=64, height=64)
    make_still(folder / "clips" / "tide at night.png")
    look = ("--size", "64x64", "--fps", "10", "--captions", "both", "--duration", "5")
    where = ("--root", folder, "--database", folder / "output" / "videogen.db")
    asked = ("run", *where, "--script", "ships.md", "--clips", "clips", *look, "--json")

    made = videogen(*asked, "--footage", "local,cards", *options, cwd=folder)

    assert made.code == 0, made.err
    assert PASSWORD not in (folder / "output" / "videogen.db").read_bytes().decode("latin-1")
    return film_of(folder, made.json["project_id"])


def test_a_cluster_makes_the_film_of_this_machine_though_a_worker_is_killed_in_the_middle(
    ftp: str, tmp_path: Path
) -> None:
    doomed = ("--preload", doomed_worker.__file__)
    with ThreadPoolExecutor(1) as making, clusters.scheduler(tmp_path) as (address, _):
        with clusters.worker(tmp_path / "1", address, *doomed) as process:
            there = ("--executor", f"dask:{address}", "--shared", ftp)
            made = making.submit(_film, tmp_path / "there", *there)
            assert process.wait(PATIENCE) == -signal.SIGKILL
        with clusters.worker(tmp_path / "2", address):
            film = made.result()

    assert film == _film(tmp_path / "here", "--executor", "inline")
    assert {clip[1] for clip in film.clips} == {"local", "cards"}
