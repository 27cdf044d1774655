"""One project's rows within an open session, limited to the columns that the file has."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import ColumnElement, CursorResult, Table, insert, select, update
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from videogen.db.models import JOBS, PROJECTS, SCENES
from videogen.db.requirements import has_jobs
from videogen.db.shapes import Schema
from videogen.workspace import stored_path

Row = dict[str, Any]


def new_id() -> str:
    """Return a key as the app makes them."""
    return str(uuid4())


def timestamp() -> str:
    """Return the time now as the app's JavaScript writes it: UTC, milliseconds, Z."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class ProjectRows:
    """One project's rows; columns that the live tables lack are left out of every statement."""

    session: Session
    schema: Schema
    project_id: str
    root: Path
    now: str = field(default_factory=timestamp)

    def stored(self, path: Path) -> str:
        """Return a path as the database keeps it."""
        return stored_path(path, self.root)

    @property
    def has_jobs(self) -> bool:
        """Whether the app has a table for assembly jobs."""
        return has_jobs(self.schema)

    def select(self, table: Table, where: ColumnElement[bool]) -> list[Row]:
        """Return the rows that match, with a NULL for each column that the file lacks."""
        live = self.schema[table.name].columns
        named = select(
            *(column.label(column.key) for column in table.columns if column.name in live)
        ).where(where)
        blank: Row = dict.fromkeys(table.columns.keys())
        return [{**blank, **row} for row in self.session.execute(named).mappings()]

    def insert(self, table: Table, *rows: Mapping[str, object]) -> None:
        """Add rows that have values for the same columns."""
        if rows:
            self.session.execute(insert(table), [self._kept(table, row) for row in rows])

    def update(
        self, table: Table, where: ColumnElement[bool], values: Mapping[str, object]
    ) -> None:
        """Change the rows that match.

        Raises:
            NoResultFound: there are none.
        """
        if not (kept := self._kept(table, values)):
            return
        changed = self.session.execute(update(table).where(where).values(kept))
        if cast("CursorResult[Any]", changed).rowcount == 0:
            raise NoResultFound(f"{table.name} has no row to change with {reprlib.repr(kept)}")

    def update_project(self, values: Mapping[str, object]) -> None:
        """Change the project's own row, which moves its time of last activity."""
        self.update(PROJECTS, PROJECTS.c.id == self.project_id, {**values, "last_active": self.now})

    def update_scene(self, number: int, values: Mapping[str, object]) -> None:
        """Change a scene's row and move both its time and the project's."""
        mine = (SCENES.c.project_id == self.project_id) & (SCENES.c.scene_number == number)
        self.update(SCENES, mine, {**values, "updated_at": self.now})
        self.update_project({})

    def update_newest_job(self, values: Mapping[str, object]) -> bool:
        """Change the project's newest assembly job; False where there is none to change."""
        if not self.has_jobs:
            return False
        jobs = self.select(JOBS, JOBS.c.project_id == self.project_id)
        newest = max(jobs, key=lambda job: job["created_at"] or "", default=None)
        if newest is None:
            return False
        self.update(JOBS, JOBS.c.id == newest["id"], values)
        return True

    @property
    def has_project(self) -> bool:
        """Whether the project has a row."""
        there = select(PROJECTS.c.id).where(PROJECTS.c.id == self.project_id)
        return self.session.execute(there).first() is not None

    def project(self) -> Row:
        """Return the project's own row.

        Raises:
            NoResultFound: there is none.
        """
        found = self.select(PROJECTS, PROJECTS.c.id == self.project_id)
        if not found:
            raise NoResultFound(f"projects has no row {self.project_id}")
        return found[0]

    def lacks_scene(self, number: int) -> bool:
        """Tell whether a scene was deleted, of a project that has others."""
        mine = select(SCENES.c.scene_number).where(SCENES.c.project_id == self.project_id)
        there = set(self.session.execute(mine).scalars())
        return bool(there) and number not in there

    def scene_id(self, number: int) -> str:
        """Return a scene's key.

        Raises:
            NoResultFound: there is no such scene.
        """
        mine = (SCENES.c.project_id == self.project_id) & (SCENES.c.scene_number == number)
        return str(self.session.execute(select(SCENES.c.id).where(mine)).scalar_one())

    def _kept(self, table: Table, values: Mapping[str, object]) -> dict[str, object]:
        live = self.schema[table.name].writable
        return {key: value for key, value in values.items() if table.c[key].name in live}
