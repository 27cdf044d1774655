"""Begins commands as processes forked from one that has loaded what they need.

Loading takes seconds of each of some hundred. A command has its own folder, environment, arguments
and streams all the same, and what it loads beyond that is its own; those that tests start themselves
load everything. One JSON object a line comes in for each command, its exit code goes out at its end.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

LOADED = (
    *("videogen.run", "videogen.project.opening", "videogen.db.create", "videogen.doctor.examine"),
    *("misaki.en", "misaki.espeak", "onnxruntime", "videogen.voiceover.engines.onnx_network"),
)


class Warm:
    """The process that commands are forked from, which has `environment`."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._one_at_a_time = threading.Lock()
        self._begun = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def run(
        self,
        arguments: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        streams: tuple[Path, Path],
        seconds: float,
    ) -> int:
        """Run a command, its stdout and stderr going to two files; return its exit code.

        One that takes longer than so many seconds is ended by SIGALRM.
        """
        asked = {
            "arguments": arguments,
            "folder": str(folder),
            "environment": dict(environment),
            "streams": [*map(str, streams)],
            "seconds": round(seconds),
        }
        with self._one_at_a_time:
            assert self._begun.stdin
            assert self._begun.stdout
            self._begun.stdin.write(json.dumps(asked) + "\n")
            self._begun.stdin.flush()
            return int(self._begun.stdout.readline())


def _serve() -> None:
    for name in LOADED:
        import_module(name)
    from videogen.language.english import load_english

    load_english()
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _become(**json.loads(line))
            runpy.run_module("videogen", run_name="__main__", alter_sys=True)
            return
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _become(
    arguments: Sequence[str],
    folder: str,
    environment: Mapping[str, str],
    streams: Sequence[str],
    seconds: int,
) -> None:
    """Make this process one that was started with all that in the folder."""
    signal.alarm(seconds)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, path in enumerate(streams, start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[0] = folder
    sys.argv = ["videogen", *arguments]


if __name__ == "__main__":
    _serve()
