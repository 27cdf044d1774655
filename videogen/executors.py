"""The one seam where work is placed: a `concurrent.futures.Executor` in line or in processes."""

from __future__ import annotations

import functools
import multiprocessing
import os
import queue
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, ParamSpec, TypeVar

from videogen.bounds import bound_memory
from videogen.errors import WorkerDied
from videogen.traces import TEMPORARY, abandoned, traced

# A worker of a film in 1920x1080 was seen to take 0.7 GiB, voice and cut together.
_MOST_BYTES = 4 * 2**30
_CURE = "Where memory ran out, close other programs or use fewer --workers."

P = ParamSpec("P")
R = TypeVar("R")
E = TypeVar("E")


class InlineExecutor(Executor):
    """Runs each call at once in the caller's own thread."""

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Run the call and return its settled future."""
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as exc:
            future.set_exception(exc)
        return future


class Background(Generic[E, R]):
    """A call in a thread of its own, which is handed a callable to tell events with.

    Events are kept and heard, in their order, by the thread that asks for the result.
    """

    def __init__(self, call: Callable[[Callable[[E], None]], R], name: str) -> None:
        self._events: queue.SimpleQueue[E | Future[R]] = queue.SimpleQueue()
        self._call = call
        threading.Thread(target=self._run, name=name, daemon=True).start()

    def result(self, hear: Callable[[E], None]) -> R:
        """Hand every event to `hear` until the call ends; return or raise what it did."""
        while True:
            event = self._events.get()
            if isinstance(event, Future):
                return event.result()
            hear(event)

    def _run(self) -> None:
        ended: Future[R] = Future()
        try:
            ended.set_result(self._call(self._events.put))
        except BaseException as exc:
            # Told to the thread that waits, which raises it.
            ended.set_exception(exc)
        self._events.put(ended)


class Processes(Executor):
    """Worker processes that are replaced where one dies.

    Of the calls that were under way when one died each is tried by itself in a fresh process, so
    that the one whose fault it was is found; the others just begin anew. A call that ends its
    process by itself too raises WorkerDied.
    """

    def __init__(self, workers: int, folder: str) -> None:
        self._workers, self._folder = workers, folder
        self._lock = threading.Lock()
        self._closed = False
        self._pool = _pool(workers, folder)
        self._suspects = 0
        self._alone = ThreadPoolExecutor(1, "alone")

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Hand a call over and return its future."""
        outer: Future[R] = Future()
        self._hand_over(functools.partial(fn, *args, **kwargs), outer)
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes once their calls are done, or begin no further ones."""
        self._closed = True
        self._pool.shutdown(wait, cancel_futures=cancel_futures)
        self._alone.shutdown(wait, cancel_futures=cancel_futures)

    def _hand_over(self, call: Callable[[], R], outer: Future[R]) -> None:
        with self._lock:
            pool = self._pool
            try:
                inner = pool.submit(call)
            except BrokenProcessPool:
                pool = self._replace(pool)
                inner = pool.submit(call)
        outer.add_done_callback(lambda done: inner.cancel() if done.cancelled() else None)
        inner.add_done_callback(lambda done: self._settle(call, outer, done, pool))

    def _settle(
        self, call: Callable[[], R], outer: Future[R], inner: Future[R], pool: ProcessPoolExecutor
    ) -> None:
        died = not inner.cancelled() and isinstance(inner.exception(), BrokenProcessPool)
        if not died or self._closed:
            _pass_on(inner, outer)
            return
        with self._lock:
            self._replace(pool)
            # A pool tells of its calls in their order: first those under way, then those that wait.
            is_suspect = self._suspects > 0
            self._suspects -= 1
        if is_suspect:
            self._alone.submit(self._try_alone, call, outer)
        else:
            self._hand_over(call, outer)

    def _replace(self, broken: ProcessPoolExecutor) -> ProcessPoolExecutor:
        if self._pool is broken:
            self._pool = _pool(self._workers, self._folder)
            # One call more than there are processes is handed to them beforehand.
            self._suspects = self._workers + 1
        return self._pool

    def _try_alone(self, call: Callable[[], R], outer: Future[R]) -> None:
        if outer.cancelled():
            return
        with _pool(1, self._folder) as pool:
            inner = pool.submit(call)
            wait([inner])
        if isinstance(inner.exception(), BrokenProcessPool):
            inner = Future()
            inner.set_exception(
                WorkerDied(
                    "A worker process was ended from outside, or by a fault of a library",
                    cure=_CURE,
                )
            )
        _pass_on(inner, outer)


def _pass_on(inner: Future[R], outer: Future[R]) -> None:
    if inner.cancelled():
        outer.cancel()
        outer.set_running_or_notify_cancel()
    elif outer.set_running_or_notify_cancel():
        error = inner.exception()
        if error is None:
            outer.set_result(inner.result())
        elif isinstance(error, MemoryError):
            # Of the worker alone, which has a bound; what it was at may fail alone.
            outer.set_exception(WorkerDied("A worker process took too much memory", cure=_CURE))
        else:
            outer.set_exception(error)


def _pool(workers: int, folder: str) -> ProcessPoolExecutor:
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        workers, mp_context=spawn, initializer=_begin_worker, initargs=(folder,)
    )


@contextmanager
def _temporary_folder() -> Iterator[str]:
    """Yield a folder for what libraries leave in workers that are ended, such as espeak's copies."""
    with tempfile.TemporaryDirectory(
        prefix=traced(TEMPORARY), ignore_cleanup_errors=True
    ) as folder:
        yield folder


@contextmanager
def executor(kind: str, workers: int) -> Iterator[Executor]:
    """Yield an executor; on any exception its unfinished work is dropped and its processes end.

    `workers` counts processes; fresh ones are spawned on every platform, since forking a process
    that runs threads is not safe.
    """
    # Runs that were killed themselves could not remove theirs.
    for left in abandoned(Path(tempfile.gettempdir()), TEMPORARY):
        shutil.rmtree(left, ignore_errors=True)
    if kind == "inline":
        yield InlineExecutor()
        return
    with _temporary_folder() as folder:
        pool = Processes(workers, folder)
        try:
            yield pool
        except BaseException:
            children = multiprocessing.active_children()
            pool.shutdown(wait=False, cancel_futures=True)
            for child in children:
                child.terminate()
            for child in children:
                child.join()
            raise
        pool.shutdown()


def _begin_worker(folder: str) -> None:
    tempfile.tempdir = folder
    bound_memory(_MOST_BYTES)
    # The parent alone answers Ctrl-C; it ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """End this process once its parent is gone; to be called in a thread."""
    # A pool's workers do not notice a killed parent by themselves: they hold both pipe ends.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
