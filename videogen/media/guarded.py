"""Foreign media opened in processes that may die: a fault of a codec is one lost clip, and no run.

Each process has bounds of memory and each call of the processor's time, where the system has such; a
call that only waits is given up after a long while.
"""

from __future__ import annotations

import multiprocessing
import queue
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Concatenate, ParamSpec, TypeVar

from videogen.barrier import Fault, attempt
from videogen.bounds import bound_memory, processor_seconds
from videogen.errors import UnusableClip

P = ParamSpec("P")
T = TypeVar("T")
Ask = Callable[..., Any]

_PROCESSES = 4
_SECONDS = 30.0  # of the processor
# Of the clock: far more than the other, since a busy machine may take minutes to start a process.
_PATIENCE = 600.0
# Beside what the libraries take: a picture of the most pixels is decoded in half of it.
_MOST_BYTES = 2 * 2**30
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 0) or None


def guarded(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what a call returns in a process of its own; call, arguments and result are pickled.

    Raises:
        UnusableClip: the process died of it, or took too long.
        Exception: whatever the call raised.
    """
    with _worker() as worker:
        found: T = worker.call(_Call(call, args, kwargs))
    return found


def guarded_asking(
    answer: Callable[..., Any],
    call: Callable[Concatenate[Ask, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Return as `guarded` what a call returns that has questions, which `answer` answers here.

    It gets what asks them as its first argument. What a question and its answer are is pickled, too;
    what `answer` raises is raised where it was asked.

    Raises:
        UnusableClip: the process died of it, or took too long.
        Exception: whatever the call raised.
    """
    with _worker() as worker:
        found: T = worker.call(_Call(call, args, kwargs, asks=True), answer)
    return found


def guarded_alone(
    most_bytes: int, seconds: float, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Return as `guarded` what a call returns for which much is loaded, in a process that ends with it.

    Its bounds are its own: of memory, and of the processor's time.

    Raises:
        UnusableClip: the process died of it, or took too long.
        Exception: whatever the call raised.
    """
    worker = _Worker(most_bytes)
    try:
        found: T = worker.call(_Call(call, args, kwargs), seconds=seconds)
    finally:
        worker.end()
    return found


@contextmanager
def _worker() -> Iterator[_Worker]:
    worker = _idle.get()
    try:
        if worker is None or not worker.is_alive:
            worker = _Worker()
        yield worker
    finally:
        _idle.put(worker)


@dataclass(frozen=True, slots=True)
class _Call:
    """What is called; one that `asks` gets what asks as its first argument."""

    call: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    asks: bool = False


@dataclass(frozen=True, slots=True)
class _Question:
    """What a call asks of the process that waits for it."""

    asked: tuple[Any, ...]


class _Worker:
    """A process that answers one call after another, until one kills it."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._ours, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(theirs, most_bytes), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def call(
        self,
        call: _Call,
        answer: Callable[..., Any] | None = None,
        seconds: float | None = None,
    ) -> Any:
        try:
            found = self._heard(call, answer, seconds or _SECONDS)
        except BaseException:
            # In the middle of a call, it would give its answer to the next one.
            self.end()
            raise
        return _or_raised(found)

    def end(self) -> None:
        self._process.kill()
        self._process.join()

    def _heard(self, call: _Call, answer: Callable[..., Any] | None, seconds: float) -> Any:
        try:
            self._ours.send((seconds, call))
            while self._ours.poll(_PATIENCE):
                said = self._ours.recv()
                if answer is None or not isinstance(said, _Question):
                    return said
                self._ours.send(_attempted(answer, *said.asked))
        except (EOFError, ConnectionError):
            self._process.join()
            if self._process.exitcode == _OUT_OF_TIME:
                why = f"takes longer than {seconds:.0f} s of the processor"
                raise UnusableClip(f"Reading it {why}") from None
            raise UnusableClip("Reading it ended the process that did so") from None
        raise UnusableClip(f"Reading it takes longer than {_PATIENCE:.0f} s")


_idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
for _ in range(_PROCESSES):
    _idle.put(None)


def _serve(connection: Connection, most_bytes: int) -> None:
    # The parent alone answers Ctrl-C; where it is gone, so is the connection.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    bound_memory(most_bytes)
    while True:
        try:
            seconds, call = connection.recv()
        except EOFError:
            return
        with processor_seconds(seconds):
            answer = _answered(call, connection)
        connection.send(answer)


def _answered(call: _Call, connection: Connection) -> object:
    def ask(*asked: Any) -> Any:
        connection.send(_Question(asked))
        return _or_raised(connection.recv())

    try:
        return _attempted(call.call, *([ask] if call.asks else []), *call.args, **call.kwargs)
    except MemoryError:
        # Of this process alone: its bound is for one file.
        return Fault(UnusableClip("Reading it takes too much memory"))


def _attempted(call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    return attempt(lambda: call(*args, **kwargs))


def _or_raised(found: object) -> Any:
    if isinstance(found, Fault):
        raise found.error
    return found
