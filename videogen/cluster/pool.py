"""The run's side of a cluster: calls sent to a dask scheduler, files sent and brought back with them."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from videogen.cluster.connection import connected, idle
from videogen.cluster.parcels import packed, unpacked
from videogen.cluster.shared import SharedFolder
from videogen.cluster.work import Answer, Made, Order, perform, program, sees, unseen
from videogen.digests import FileDigest, digested_file, file_digest
from videogen.errors import ClusterError, WorkerDied
from videogen.files import UNFINISHED, atomic_file
from videogen.serialization import file_state

if TYPE_CHECKING:
    from distributed import Client

# Calls that are sent at a time; what they wait for is the cluster, so that threads cost little.
_MOST_CALLS = 256
# Threads that put and fetch files, each by a connection of its own.
_CARRIERS = 4
_FOLDER = "videogen-"
_LOOK_SECONDS = 5.0
# How long a cluster may be without any worker: nannies start theirs again within seconds.
_MOST_LOOKS = 12

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger(__name__)


class Cluster(Executor):
    """Workers behind a dask scheduler; a call that a lost worker had begun is done again by another.

    Raises:
        ClusterError: out of calls, where the scheduler, all workers or the shared folder are gone.
        WorkerDied: out of a call that ended every worker that tried it.
    """

    def __init__(
        self, client: Client, address: str, mark: Path, shared: SharedFolder | None
    ) -> None:
        self._client, self._address, self._mark = client, address, mark
        self._shared = shared
        self._threads = ThreadPoolExecutor(_MOST_CALLS, "cluster")
        self._carriers = ThreadPoolExecutor(_CARRIERS, "files")
        self._known: dict[str, FileDigest] = {}
        self._begun: set[Any] = set()
        self.workers = len(client.nthreads())

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Send a call and return its future."""
        outer: Future[R] = Future()
        self._threads.submit(self._settle, outer, (fn, args, kwargs))
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for the calls, or have the scheduler forget those that are not done."""
        if cancel_futures:
            with suppress(Exception):
                # A scheduler that is gone has forgotten them.
                self._client.cancel(list(self._begun), force=True)
        for threads in (self._threads, self._carriers):
            threads.shutdown(wait, cancel_futures=cancel_futures)

    def _settle(self, outer: Future[R], call: tuple[Any, ...]) -> None:
        if outer.cancelled():
            return
        result: R | None = None
        failed: BaseException | None = None
        try:
            result = self._done(outer, call)
        except BaseException as exc:
            # Told to whoever asks for the result.
            failed = exc
        if outer.set_running_or_notify_cancel():
            if failed is None:
                outer.set_result(result)  # type: ignore[arg-type]
            else:
                outer.set_exception(failed)

    def _done(self, outer: Future[R], call: tuple[Any, ...]) -> R:
        named = f"{call[0].__name__}-{uuid.uuid4().hex}"
        sent = self._client.submit(perform, self._order(call), key=named, pure=False)
        self._begun.add(sent)
        try:
            outer.add_done_callback(lambda done: sent.cancel() if done.cancelled() else None)
            answer = self._answer(sent)
        finally:
            self._begun.discard(sent)
        for fetched in [self._carriers.submit(self._fetch, made) for made in answer.made]:
            fetched.result()
        result: R = unpacked(answer.parcel, Path)
        return result

    def _order(self, call: tuple[Any, ...]) -> Order:
        named: set[str] = set()

        def name(path: Path) -> str:
            named.add(str(path))
            return str(path)

        parcel = packed(call, name)
        files = {one: self._sent(Path(one)) for one in named if Path(one).is_file()}
        folders = frozenset(one for one in named if Path(one).is_dir())
        return Order(program(), parcel, files, folders, self._shared, self._mark)

    def _sent(self, path: Path) -> FileDigest | None:
        """Put a file where workers fetch it from, unless they see it where it lies."""
        if self._shared is None:
            return None
        state = file_state(path)
        if state not in self._known:
            written = file_digest(path)
            self._carriers.submit(self._shared.put, path, written).result()
            self._known[state] = written
        return self._known[state]

    def _fetch(self, made: Made) -> None:
        assert self._shared is not None  # noqa: S101 - else nothing is carried
        with (digested_file if made.has_digest else atomic_file)(Path(made.name)) as partial:
            self._shared.fetch(made.written, partial)

    def _answer(self, sent: Any) -> Answer:
        looks = 0
        while True:
            try:
                answer: Answer = sent.result(timeout=_LOOK_SECONDS)
            except Exception as exc:
                if sent.status == "error":
                    raise _understood(exc) from exc
                if not isinstance(exc, TimeoutError):
                    raise _lost(self._address) from exc
                looks = 0 if self._client.nthreads() else looks + 1
                if looks > _MOST_LOOKS:
                    raise idle(self._address) from None
            else:
                return answer


@contextmanager
def cluster(address: str, shared: str, folder: Path) -> Iterator[Cluster]:
    """Yield the cluster of a scheduler; on any exception what was sent is cancelled.

    `folder` is the project's own. Where `shared` is an fsspec address, files go by it; else each
    worker must see the folder under the same path.

    Raises:
        ClusterError: there is no scheduler or no worker, or one has another videogen or no way to files.
        UsageError: the extra is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / f"{UNFINISHED}{uuid.uuid4().hex}"
    place = SharedFolder(f"{shared.rstrip('/')}/{_FOLDER}{uuid.uuid4().hex}") if shared else None
    with connected(address) as client, _way_to_files(client, mark, place):
        pool = Cluster(client, address, mark, place)
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        pool.shutdown()


@contextmanager
def _way_to_files(client: Client, mark: Path, place: SharedFolder | None) -> Iterator[None]:
    """Make a file or a folder by which workers know that they see the run's own, and remove it."""
    mark.touch()
    try:
        if place:
            place.make()
        elif not all(client.run(sees, mark).values()):
            raise unseen(mark)
        yield
    finally:
        mark.unlink(missing_ok=True)
        if place:
            _leave(place)


def _understood(error: Exception) -> Exception:
    """Return what a call failed with, as the pools of this machine would say it."""
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return WorkerDied(
            f"A call ended {error.allowed_failures + 1} workers of the cluster",
            cure="See the workers' log; where memory ran out, start fewer on a machine.",
        )
    return error


def _lost(address: str) -> ClusterError:
    return ClusterError(
        "The cluster's scheduler is gone, or its connection",
        where=address,
        cure="Start it again and resume with the same --executor, or without one on this machine.",
    )


def _leave(shared: SharedFolder) -> None:
    try:
        shared.remove()
    except ClusterError as exc:
        log.warning("What this run put into the shared folder is left there: %s", exc.what)
