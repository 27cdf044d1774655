"""The disk that fails at the n-th call: what `disk.c` does, from Python."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# In the order of the enumeration in disk.c.
KINDS = ("open", "write", "rename", "fsync", "connect", "commit")
CODES = (errno.EIO, errno.ENOSPC)
KILL = -1

_SOURCE = Path(__file__).with_name("disk.c")


@dataclass(frozen=True)
class Fault:
    """The n-th call of a kind fails with an error, or ends the process; lasting ones go on failing."""

    kind: str
    at: int
    code: int
    lasting: bool = False

    def __str__(self) -> str:
        """Name the fault in a list of trials."""
        what = "SIGKILL" if self.code == KILL else errno.errorcode[self.code]
        return f"{self.kind} {self.at}: {what}{' from then on' if self.lasting else ''}"


def built(folder: Path) -> Path:
    """Build what LD_PRELOAD loads and return its path."""
    library = folder / "disk.so"
    command = ["cc", "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", library, _SOURCE, "-ldl"]
    subprocess.run(list(map(str, command)), check=True)
    return library


class Talk:
    """A script of this folder that answers each line with one."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin
        assert process.stdout
        self._process, self._asked, self._answers = process, process.stdin, process.stdout

    def heard(self) -> Any:
        """Return the next answer.

        Raises:
            EOFError: the script has ended.
        """
        line = self._answers.readline()
        if not line:
            raise EOFError(f"The script ended with {self._process.wait()}")
        return json.loads(line)

    def ask(self, question: object) -> Any:
        """Return the answer to a question, both of them JSON."""
        self._asked.write(f"{json.dumps(question)}\n")
        self._asked.flush()
        return self.heard()


@contextmanager
def over_it(library: Path, script: str) -> Iterator[Talk]:
    """Start a script of this folder, all files of which are under the disk's control."""
    with subprocess.Popen(
        [sys.executable, "-m", f"faults.{script}"],
        env={
            **os.environ,
            "LD_PRELOAD": str(library),
            "PYTHONPATH": os.pathsep.join(str(_SOURCE.parents[at]) for at in (1, 2)),
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Talk(process)


class Disk:
    """The control of the disk in a process that was started over it."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(os.environ["LD_PRELOAD"])
        self._library.arm.argtypes = [ctypes.c_char_p] + [ctypes.c_long] * 4
        self._library.calls_of.restype = ctypes.c_long
        self._library.where.restype = ctypes.c_char_p

    def arm(self, folder: Path, fault: Fault) -> None:
        """Let a fault come over the files of a folder; one at call 0 only counts."""
        kind = KINDS.index(fault.kind) + 1
        self._library.arm(str(folder).encode(), kind, fault.at, fault.code, fault.lasting)

    def disarm(self) -> tuple[dict[str, int], int, str]:
        """Return the calls of each kind, how many of them failed, and the last file that did."""
        self._library.disarm()
        calls = {kind: self._library.calls_of(at) for at, kind in enumerate(KINDS, start=1)}
        return calls, self._library.failed(), self._library.where().decode()
