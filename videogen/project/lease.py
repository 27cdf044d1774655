"""Who is at work on a project: one process at a time, told to every other one.

The lock is the operating system's own and ends with the process that holds it, however that ends. A
note beside it says who holds it; its age, which the holder keeps young, speaks for holders on other
machines that share the folder, whose locks do not reach here.
"""

from __future__ import annotations

import getpass
import os
import platform
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

from filelock import FileLock, Timeout

from videogen import serialization
from videogen.errors import ProjectBusy, WorkspaceError
from videogen.files import UNWRITTEN_CURE

_LOCK = "lease.lock"
_NOTE = "lease.json"
_BEAT_SECONDS = 10.0
_DEAD_AFTER_SECONDS = 6 * _BEAT_SECONDS
# One who only looks holds the lock for a moment.
_LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Holder:
    """A process at work; `since` is a moment in ISO 8601, UTC."""

    user: str
    host: str
    process: int
    since: str

    def __str__(self) -> str:
        """Say who it is and since when, in local time, for a person."""
        began = datetime.fromisoformat(self.since).astimezone()
        return f"{self.user} on {self.host}, process {self.process}, since {began:%Y-%m-%d %H:%M}"


@contextmanager
def lease(folder: Path) -> Iterator[None]:
    """Be the only one at work in a project's work folder, which is made if needed, for the block.

    Raises:
        ProjectBusy: somebody else is at work there; nothing was touched.
        WorkspaceError: the folder can't be written.
    """
    with ExitStack() as held:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not held.enter_context(_locked(folder, _LOOK_SECONDS)):
                raise _busy(folder, _note(folder))
            if other := _elsewhere(folder):
                raise _busy(folder, other)
            held.enter_context(_signed(folder))
        except OSError as exc:
            raise WorkspaceError(
                f"The project's folder can't be locked: {exc.strerror}",
                where=str(folder),
                cure=UNWRITTEN_CURE,
            ) from exc
        yield


def holder(folder: Path) -> Holder | None:
    """Return who is at work in a project's work folder, None where nobody is; touches nothing."""
    if not (folder / _NOTE).is_file():
        return None
    with suppress(OSError), _locked(folder, 0.0) as is_free:
        return _elsewhere(folder) if is_free else _note(folder)
    return _note(folder)


@contextmanager
def _locked(folder: Path, patience: float) -> Iterator[bool]:
    """Hold the lock for the block; yield False where somebody else does for longer than `patience`."""
    lock = FileLock(folder / _LOCK, timeout=patience)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


@contextmanager
def _signed(folder: Path) -> Iterator[None]:
    """Tell who is at work, and that they still are, for the block."""
    note, ended = folder / _NOTE, Event()
    own = Holder(_user(), platform.node(), os.getpid(), datetime.now(UTC).isoformat("T", "seconds"))
    serialization.save(note, own)
    heart = Thread(target=_beat, args=(note, ended), name="lease", daemon=True)
    heart.start()
    try:
        yield
    finally:
        ended.set()
        heart.join()
        with suppress(OSError):
            note.unlink()


def _beat(note: Path, ended: Event) -> None:
    while not ended.wait(_BEAT_SECONDS):
        # A disk that is away for a while costs a beat, not the run.
        with suppress(OSError):
            os.utime(note)


def _elsewhere(folder: Path) -> Holder | None:
    """Return who is at work on another machine; whoever was on this one is gone with their lock."""
    found = _note(folder)
    if found is None or found.host == platform.node():
        return None
    lock = folder / _LOCK
    with suppress(OSError):
        # Both times by the clock of the disk: those of two machines differ.
        os.utime(lock)
        if lock.stat().st_mtime - (folder / _NOTE).stat().st_mtime < _DEAD_AFTER_SECONDS:
            return found
    return None


def _note(folder: Path) -> Holder | None:
    return serialization.load(Holder, folder / _NOTE)


def _busy(folder: Path, found: Holder | None) -> ProjectBusy:
    who = str(found) if found else "another process"
    return ProjectBusy(f"Project {folder.name} is in the making already, by {who}")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"  # a container may know no name for its user
