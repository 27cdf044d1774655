"""Runs as processes of their own that begin with everything imported: forks of a process without threads' work.

A fork comes before any model is opened, so each run opens its own, as a user's does.
"""

from __future__ import annotations

import os
import signal
import tempfile
from dataclasses import dataclass
from pathlib import Path

from faults.disk import Disk, Fault
from faults.films import Ended, Stage

import videogen.assembly.render
import videogen.footage.find
import videogen.project.opening
import videogen.run
import videogen.voiceover.speak  # noqa: F401 - imported once, for all forks


@dataclass(frozen=True)
class Run:
    """A run in a process of its own, and the file that holds what it says."""

    process: int
    said: Path

    def kill(self) -> None:
        """End it as a crash of the machine does."""
        os.kill(self.process, signal.SIGKILL)

    def ended(self) -> Ended:
        """Wait for its end; a killed one has the code that a shell tells, 137."""
        _, status = os.waitpid(self.process, 0)
        killed = os.WIFSIGNALED(status)
        code = 128 + os.WTERMSIG(status) if killed else os.WEXITSTATUS(status)
        return Ended(code, "", self.said.read_text("utf-8"))


def begun(stage: Stage, arguments: tuple[str, ...], fault: Fault | None = None) -> Run:
    """Begin a run; a fault comes over the files of the stage."""
    target, said = tempfile.mkstemp(suffix=".txt", dir=stage.folder / "said")
    process = os.fork()
    if process:
        os.close(target)
        return Run(process, Path(said))
    try:
        os.dup2(target, 1)
        os.dup2(target, 2)
        if fault:
            Disk().arm(stage.folder, fault)
        os._exit(stage.exit_code_of(*arguments))
    finally:
        os._exit(99)  # a fork must never go on with what its parent does
