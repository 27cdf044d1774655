"""The barrier that whatever may fail alone stands behind: a clip, a search, a source, a scene, a fact.

Lists of expected exceptions end where a bit was flipped; so everything is borne but what ends a run.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from videogen.errors import (
    ClusterError,
    Interrupted,
    ProjectDeleted,
    VideogenError,
    WorkspaceError,
)

T = TypeVar("T")

# What everything else would run into as well. Python's own interrupt is no `Exception`: it passes.
ENDS_A_RUN = (ClusterError, Interrupted, ProjectDeleted, WorkspaceError, MemoryError)
_MOST_LETTERS = 200

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fault:
    """What was raised behind the barrier."""

    error: Exception

    @property
    def is_foreseen(self) -> bool:
        """Whether it is one of ours, raised where it was understood."""
        return isinstance(self.error, VideogenError)

    @property
    def cause(self) -> str:
        """What happened, in one line."""
        if isinstance(self.error, VideogenError):
            return self.error.what
        # An error of the system is told by what it means; its name means nothing to a person.
        told = getattr(self.error, "strerror", None) or " ".join(str(self.error).split())
        kind = "" if isinstance(self.error, OSError) else f"Unexpected {type(self.error).__name__}"
        return ": ".join(filter(None, (kind, told[:_MOST_LETTERS]))) or type(self.error).__name__

    def told_of(self, thing: str) -> str:
        """Return in one line what happened, and to which file or else to what thing."""
        where = getattr(self.error, "where", "") or getattr(self.error, "filename", "") or thing
        return f"{self.cause} ({where})" if where else self.cause


def attempt(call: Callable[[], T]) -> T | Fault:
    """Return what a call returns, or the fault that it failed with.

    Raises:
        ClusterError, Interrupted, ProjectDeleted, WorkspaceError, MemoryError: what ends a run passes,
            wherever it is raised.
    """
    try:
        return call()
    except ENDS_A_RUN:
        raise
    except Exception as exc:
        fault = Fault(exc)
        log.debug("%s", fault.cause, exc_info=True)
        return fault
