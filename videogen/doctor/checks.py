"""A check as a value: what was tried, what came of it, and the cure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from videogen.barrier import Fault
from videogen.errors import VideogenError

Area = Literal["machine", "voice", "database", "writers", "footage"]


@dataclass(frozen=True, slots=True)
class Check:
    """What was found where something was tried; a run can't do without what is `required`.

    `cure` is empty where all is well, else one line for a shell.
    """

    area: Area
    name: str
    ok: bool
    required: bool
    found: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Probe:
    """Something to try: `look` returns what is found, or raises what is wrong.

    `cure` is the command against an error that brings none of its own, empty only where none can be
    raised.
    """

    area: Area
    name: str
    look: Callable[[], str]
    cure: str
    required: bool = False

    def check(self) -> Check:
        """Try it; whatever is raised, also what would end a run, is what was found."""
        try:
            found = self.look()
        except Exception as exc:
            own = exc.command if isinstance(exc, VideogenError) else ""
            told = Fault(exc).told_of("")
            return Check(self.area, self.name, False, self.required, told, own or self.cure)
        return Check(self.area, self.name, True, self.required, found)
