"""Real faults of a database file, each for as long as its block lasts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fakes import app_database

_HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
"""


@contextmanager
def raising_trigger(path: Path, event: str) -> Iterator[None]:
    """Let a trigger refuse an event, such as `INSERT ON scenes`."""
    app_database.execute(
        path, f"CREATE TRIGGER refuse BEFORE {event} BEGIN SELECT RAISE(ABORT, 'refused'); END"
    )
    yield
    app_database.execute(path, "DROP TRIGGER refuse")


@contextmanager
def lock_of_another_process(path: Path) -> Iterator[None]:
    """Let another process hold the file for itself."""
    command = [sys.executable, "-c", _HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"locked"
        yield
        other.communicate()


@contextmanager
def read_only(path: Path) -> Iterator[None]:
    """Take the right to write the file away, from root as well."""
    mode = path.stat().st_mode
    path.chmod(0o444)
    try:
        with _as_nobody():
            yield
    finally:
        path.chmod(mode)


@contextmanager
def unreadable(path: Path) -> Iterator[None]:
    """Take the right to read the file away, from root as well."""
    mode = path.stat().st_mode
    path.chmod(0)
    try:
        with _as_nobody():
            yield
    finally:
        path.chmod(mode)


@contextmanager
def truncated(path: Path) -> Iterator[None]:
    """Cut the file in the middle."""
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    yield
    path.write_bytes(whole)


@contextmanager
def full_disk(path: Path) -> Iterator[None]:
    """Let no file grow beyond what the database has now."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@contextmanager
def missing_file(path: Path) -> Iterator[None]:
    """Move the file away."""
    away = path.with_suffix(".away")
    path.rename(away)
    yield
    away.rename(path)


@contextmanager
def _as_nobody() -> Iterator[None]:
    if os.name == "nt" or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
