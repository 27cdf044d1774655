"""Preloaded by a dask worker: it is killed in the middle of the first scene that it renders."""

from __future__ import annotations

import os
import signal
from typing import Any

from distributed import Worker, WorkerPlugin


class Doomed(WorkerPlugin):
    """Kills the worker."""

    def transition(self, key: Any, start: str, finish: str, **_: Any) -> None:  # noqa: ARG002
        if str(key).startswith("render_segment") and finish == "executing":
            os.kill(os.getpid(), signal.SIGKILL)


async def dask_setup(worker: Worker) -> None:
    """Called by the worker as it starts."""
    await worker.plugin_add(Doomed())
