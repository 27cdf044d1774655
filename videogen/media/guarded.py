"""Foreign media opened in processes that may die: a fault of a codec is one lost clip, and no run.

Each process has bounds of memory, where the system has such, and each call a bound of time.
"""

from __future__ import annotations

import multiprocessing
import queue
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar

from videogen.barrier import Fault, attempt
from videogen.errors import UnusableClip

P = ParamSpec("P")
T = TypeVar("T")

_PROCESSES = 2
_SECONDS = 30.0
# Beside what the libraries take: a picture of the most pixels is decoded in half of it.
_MOST_BYTES = 2 * 2**30


def guarded(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what a call returns in a process of its own; call, arguments and result are pickled.

    Raises:
        UnusableClip: the process died of it, or took too long.
        Exception: whatever the call raised.
    """
    worker = _idle.get()
    try:
        if worker is None or not worker.is_alive:
            worker = _Worker()
        found = worker.call(call, args, kwargs)
    finally:
        _idle.put(worker)
    if isinstance(found, Fault):
        raise found.error
    result: T = found
    return result


class _Worker:
    """A process that answers one call after another, until one kills it."""

    def __init__(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._ours, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def call(self, *call: Any) -> Any:
        try:
            self._ours.send(call)
            if self._ours.poll(_SECONDS):
                return self._ours.recv()
            what = f"Reading it took longer than {_SECONDS:.0f} s"
        except (EOFError, OSError):
            what = "Reading it ended the process that did so"
        self._process.kill()
        self._process.join()
        raise UnusableClip(what)


_idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
for _ in range(_PROCESSES):
    _idle.put(None)


def _serve(connection: Connection) -> None:
    # The parent alone answers Ctrl-C; where it is gone, so is the connection.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_memory()
    while True:
        try:
            call, args, kwargs = connection.recv()
        except EOFError:
            return
        connection.send(_answered(call, args, kwargs))


def _answered(call: Callable[..., T], args: Any, kwargs: Any) -> T | Fault:
    try:
        return attempt(lambda: call(*args, **kwargs))
    except MemoryError:
        # Of this process alone: its bound is for one file.
        return Fault(UnusableClip("Reading it takes too much memory"))


def _bound_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    bound = _MOST_BYTES if hard == resource.RLIM_INFINITY else min(_MOST_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, hard))
