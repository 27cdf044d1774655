"""What can go from a disk: files of projects that are gone, old work folders, a cache above its bound."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from videogen import serialization
from videogen.db.engine import Database
from videogen.db.ledger import awaits_its_row
from videogen.db.projects import projects
from videogen.domain.options import RunOptions
from videogen.footage.fetch.cache import PieceCache
from videogen.project.belongings import belongings, files_in, remove
from videogen.project.kept import home_of, lost_file, options_file
from videogen.project.lease import holder
from videogen.workspace import Workspace, claimed_name

_DAY_SECONDS = 86_400
_OLD_DAYS = 7


@dataclass(frozen=True, slots=True)
class Leftover:
    """Files that can go, and why; `size` in bytes. `workspace` is theirs where a project made them."""

    why: str
    files: tuple[Path, ...]
    size: int
    workspace: Workspace | None = None


def leftovers(root: Path, database: Database, cache_folder: Path) -> list[Leftover]:
    """Return what can go of the projects of a database, and of the footage of all.

    A project that was recorded in another database, or is in the making, is let alone.

    Raises:
        DatabaseError: the database could not be read.
    """
    found = [*_of_projects(root, database), *_of_cache(cache_folder)]
    return [one for one in found if one.files]


def sweep(leftover: Leftover) -> None:
    """Delete what a leftover names; of a project that somebody has begun to work on, nothing."""
    workspace = leftover.workspace
    if workspace is None:
        for path in leftover.files:
            with suppress(OSError):
                path.unlink()
    elif holder(workspace.work_folder) is None:
        if set(leftover.files) == set(files_in(workspace.work_folder)):
            shutil.rmtree(workspace.work_folder, ignore_errors=True)
        else:
            remove(workspace)


def _of_projects(root: Path, database: Database) -> Iterator[Leftover]:
    rows = {one.id: one for one in projects(database).projects}
    for folder in sorted(Workspace(root, "any", "").work_folder.parent.glob("*")):
        workspace = _workspace(root, folder.name)
        is_another = home_of(workspace) != workspace.stored_name(database.name)
        if is_another or holder(folder) or awaits_its_row(lost_file(workspace)):
            continue
        row = rows.get(folder.name)
        if row is None:
            yield _leftover(f"project {folder.name} was deleted", belongings(workspace), workspace)
        elif not row.video_path and (days := _days_since(files_in(folder))) >= _OLD_DAYS:
            why = f"project {folder.name} is unfinished for {days} days; its work folder"
            yield _leftover(why, files_in(folder), workspace)


def _of_cache(cache_folder: Path) -> Iterator[Leftover]:
    cache = PieceCache(cache_folder / "footage")
    yield _leftover("footage above the cache's bound", tuple(cache.surplus()))


def _workspace(root: Path, project_id: str) -> Workspace:
    unnamed = Workspace(root, project_id, "")
    options = serialization.load(RunOptions, options_file(unnamed))
    return Workspace(root, project_id, options.name if options else claimed_name(unnamed))


def _leftover(why: str, files: tuple[Path, ...], workspace: Workspace | None = None) -> Leftover:
    return Leftover(why, files, sum(map(_size, files)), workspace)


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0


def _days_since(files: tuple[Path, ...]) -> int:
    newest = max((path.stat().st_mtime for path in files), default=time.time())
    return int((time.time() - newest) / _DAY_SECONDS)
