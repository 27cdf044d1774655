"""Recording a run as it goes: what the database refuses is told and kept, and the run goes on."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from threading import Lock

from videogen.barrier import Fault, attempt
from videogen.db.engine import Database, reading, unit_of_work
from videogen.db.facts import Fact, LostFact, LostFacts, ProjectStarted
from videogen.db.records import write
from videogen.db.rows import ProjectRows
from videogen.db.written import left_out
from videogen.errors import ProjectDeleted
from videogen.serialization import decode, encode, load, save

# A refusal may cost the whole wait for a lock, so progress is not told again at once.
PROGRESS_PAUSE_SECONDS = 60.0

_KINDS = {kind.__name__: kind for kind in Fact.__subclasses__()}

log = logging.getLogger(__name__)


def awaits_its_row(lost_file: Path) -> bool:
    """Tell whether a project is still to get its row, by the facts that were kept."""
    lost = load(LostFacts, lost_file)
    return lost is not None and any(one.kind == ProjectStarted.__name__ for one in lost.facts)


class Ledger:
    """Records one project's facts, each in its own short transaction.

    A finished video is never lost because a row could not be written: whatever a fact runs into is
    told, and `record` raises only what ends a run. `warnings` says what was left out; `incomplete`
    tells whether the rows lack something that lasts. Paths are stored as `root` calls for. Facts
    that last are kept in `lost_file` until `record_lost` gets them in.
    """

    def __init__(self, database: Database, project_id: str, lost_file: Path, root: Path) -> None:
        self.incomplete = False
        self.warnings: list[str] = []
        self._database = database
        self._project_id = project_id
        self._lost_file = lost_file
        self._root = root
        self._lock = Lock()
        self._rested = 0.0
        self._silent_until = 0.0
        self._had_row = False
        if columns := left_out(database.schema):
            self._warn(f"{database.name} has no place for {', '.join(columns)}; left out")

    def keep(self, fact: Fact) -> None:
        """Keep a fact for `record_lost`, so that a run that is killed before is known to have begun."""
        with self._lock:
            self._keep((*self._kept(), fact))

    @property
    def is_expected(self) -> bool:
        """Whether the project has a row, or is still to get one; without, it was deleted."""
        return self._has_row() or awaits_its_row(self._lost_file)

    def record(self, fact: Fact) -> None:
        """Write a fact; where the database refuses, say so, keep what lasts, and go on.

        Raises:
            ProjectDeleted: the project had a row, and has none any more.
        """
        with self._lock:
            if fact.is_progress and time.monotonic() < self._silent_until:
                return
            if not self._written(fact) and not fact.is_momentary:
                self._keep((*self._kept(), fact))

    def record_lost(self) -> None:
        """Write the facts that were kept, oldest first; what is refused again stays kept."""
        with self._lock:
            kept = self._kept()
            still_lost = tuple(fact for fact in kept if not self._written(fact))
            if still_lost != kept:
                self._keep(still_lost)

    def _written(self, fact: Fact) -> bool:
        time.sleep(max(0.0, self._rested - time.monotonic()))
        found = attempt(lambda: self._write(fact))
        if isinstance(found, Fault):
            why = found.error if found.is_foreseen else found.cause
            told = f"{type(fact).__name__} of project {self._project_id} was not recorded: {why}"
            self.incomplete = self.incomplete or fact.adds_rows or not fact.is_momentary
            self._warn(told)
            self._silent_until = time.monotonic() + PROGRESS_PAUSE_SECONDS
            return False
        self._silent_until = 0.0
        return True

    def _write(self, fact: Fact) -> None:
        with unit_of_work(self._database) as session:
            session.connection()
            begun = time.monotonic()
            rows = ProjectRows(session, self._database.schema, self._project_id, self._root)
            if self._had_row and not rows.has_project:
                raise ProjectDeleted(
                    f"Project {self._project_id} was deleted: the run stops, its files are removed"
                )
            write(fact, rows)
            has_row = rows.has_project
        self._had_row = has_row
        self._rested = time.monotonic() + self._database.rest * (time.monotonic() - begun)

    def _has_row(self) -> bool:
        with reading(self._database) as session:
            schema = self._database.schema
            self._had_row = ProjectRows(session, schema, self._project_id, self._root).has_project
        return self._had_row

    def _kept(self) -> tuple[Fact, ...]:
        lost = load(LostFacts, self._lost_file)
        return tuple(_decoded(one) for one in lost.facts) if lost else ()

    def _keep(self, lost: tuple[Fact, ...]) -> None:
        def keep() -> None:
            if lost:
                kept = tuple(LostFact(type(fact).__name__, encode(fact)) for fact in lost)
                save(self._lost_file, LostFacts(self._project_id, kept))
            else:
                self._lost_file.unlink()

        found = attempt(keep)
        if isinstance(found, Fault):
            told = f"{self._lost_file} can't be written, so a resume will not know: {found.cause}"
            self._warn(told)

    def _warn(self, told: str) -> None:
        log.warning(told)
        self.warnings.append(told)


def _decoded(lost: LostFact) -> Fact:
    return decode(_KINDS[lost.kind], lost.fact)
