"""The one seam where work is placed: a `concurrent.futures.Executor` in line or in processes."""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Generic, ParamSpec, TypeVar

from videogen.settings import ExecutorKind

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


@contextmanager
def executor(kind: ExecutorKind, workers: int) -> Iterator[Executor]:
    """Yield an executor; on any exception its unfinished work is dropped and its processes end.

    `workers` counts processes; fresh ones are spawned on every platform, since forking a process
    that runs threads is not safe.
    """
    if kind == "inline":
        yield InlineExecutor()
        return
    pool = ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin_worker
    )
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


def _begin_worker() -> None:
    # The parent alone answers Ctrl-C; it ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A pool's workers do not notice a killed parent by themselves: they hold both pipe ends.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
