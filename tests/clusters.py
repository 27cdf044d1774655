"""A dask cluster and a server of files on this machine: processes, each worker with a home of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commands import CHECKOUT, clean_environment

# What a test hands over must be found by a worker, too.
_PATHS = os.pathsep.join(
    map(str, (CHECKOUT, CHECKOUT / "tests", CHECKOUT / "tests" / "integration"))
)


@contextmanager
def scheduler(folder: Path, failures: int = 3) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Yield the address of a scheduler without workers, and its process.

    A call may end as many workers as there may be `failures`, and then one more.
    """
    variables = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(failures)}
    options = ("--host", "127.0.0.1", "--port", "0", "--no-show")
    with _process(folder, "dask", "scheduler", *options, "--no-dashboard", **variables) as process:
        yield _told(process, r"Scheduler at: +(\S+)"), process


@contextmanager
def worker(
    folder: Path, address: str, *options: object, package: Path = CHECKOUT
) -> Iterator[subprocess.Popen[str]]:
    """Yield a worker of one thread that has joined; `package` is where it finds videogen."""
    folder.mkdir(parents=True, exist_ok=True)
    threads = ("--nthreads", 1, "--no-nanny", "--local-directory", folder)
    options = ("worker", address, *threads, "--no-dashboard", *options)
    variables = {
        "HOME": str(folder),
        "VIDEOGEN_CACHE": str(folder / "cache"),
        "PYTHONPATH": f"{package}{os.pathsep}{_PATHS}",
    }
    with _process(folder, "dask", *options, **variables) as process:
        _told(process, r"(Registered to)")
        yield process


@contextmanager
def file_server(folder: Path, user: str, password: str) -> Iterator[int]:
    """Yield the port of an FTP server of a folder, which one user may read and write."""
    account = ("--username", user, "--password", password, "--write")
    where = ("--interface", "127.0.0.1", "--port", 0, "--directory", folder)
    with _process(folder, "pyftpdlib", *where, *account) as process:
        yield int(_told(process, r"starting FTP server on 127\.0\.0\.1:(\d+)"))


@contextmanager
def _process(
    folder: Path, module: str, *options: object, **variables: str
) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", module, *map(str, options)],
        cwd=folder,
        env=clean_environment() | {"PYTHONPATH": _PATHS} | variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _told(process: subprocess.Popen[str], pattern: str) -> str:
    """Return what a process says of itself in its log."""
    assert process.stderr
    for line in process.stderr:
        if found := re.search(pattern, line):
            return found[1]
    raise AssertionError("a process of the cluster ended before it was ready")
