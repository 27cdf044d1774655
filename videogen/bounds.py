"""What a process that opens foreign files may take: memory in all, and of the processor for one step.

Time is the processor's own, so that a busy machine loses no clip; what is above a bound ends the
process, or is a MemoryError in it. Windows has no such bounds.
"""

from __future__ import annotations

import math
import multiprocessing
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

if sys.platform != "win32":
    import resource


def bound_memory(most: int) -> None:
    """Let this process take no more than so many bytes from now on."""
    if sys.platform != "win32":
        _bound(resource.RLIMIT_DATA, most)


@contextmanager
def processor_seconds(most: float) -> Iterator[None]:
    """End this process where the block takes more of the processor, if it works for another one."""
    if sys.platform == "win32" or multiprocessing.parent_process() is None:
        yield
        return
    _bound(resource.RLIMIT_CPU, math.ceil(time.process_time() + most))
    try:
        yield
    finally:
        _bound(resource.RLIMIT_CPU, resource.RLIM_INFINITY)


def _bound(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    unbound = resource.RLIM_INFINITY
    soft = hard if most == unbound else most if hard == unbound else min(most, hard)
    resource.setrlimit(kind, (soft, hard))
