"""What a difference between the expected and the live schema does to a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["breaks", "loses", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference: where it is, as a table or `table.column`, and what it is.

    *breaks*: no run can be recorded, or a guard that rows rely on is gone. *loses*: a fact can't
    be recorded, or not as what it is. *note*: the app moved on, and a run does not mind.
    """

    severity: Severity
    where: str
    what: str
