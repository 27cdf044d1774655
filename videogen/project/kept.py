"""What a project keeps of itself beside its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from videogen import serialization
from videogen.db.engine import Database
from videogen.db.ledger import Ledger
from videogen.db.projects import ProjectSummary
from videogen.domain.events import Stage
from videogen.domain.options import RunOptions
from videogen.files import write_text
from videogen.project.lease import holder
from videogen.workspace import Workspace

_OPTIONS_FILE = "options.json"
_LOST_FACTS = "lost.json"
_HOME_FILE = "database.txt"
_ENDING_FILE = "ending.json"


@dataclass(frozen=True, slots=True)
class Ending:
    """What the runs of a project took in all, in seconds a stage, and what the last one warned of."""

    timings: Mapping[Stage, float]
    warnings: tuple[str, ...]


def kept_options(workspace: Workspace) -> RunOptions:
    """Return what was asked of a project's run.

    Raises:
        UsageError: no run of this project left its options under the root.
    """
    what = f"There is no project {workspace.project_id}"
    return serialization.load_needed(RunOptions, options_file(workspace), what)


def kept_ending(workspace: Workspace) -> Ending:
    """Return how the runs of a project ended; nothing where none has."""
    return serialization.load(Ending, workspace.work_folder / _ENDING_FILE) or Ending({}, ())


def keep_ending(
    workspace: Workspace, timings: Mapping[Stage, float], warnings: tuple[str, ...]
) -> None:
    """Add what a run took to what the runs before it took, and keep what it warned of."""
    before = kept_ending(workspace).timings
    took = {stage: before.get(stage, 0.0) + spent for stage, spent in timings.items()}
    serialization.save(workspace.work_folder / _ENDING_FILE, Ending(took, warnings))


def options_file(workspace: Workspace) -> Path:
    """Return where it is kept what was asked of a project's run."""
    return workspace.work_folder / _OPTIONS_FILE


def lost_file(workspace: Workspace) -> Path:
    """Return where the facts are kept that the database refused."""
    return workspace.sidecar_path(_LOST_FACTS)


def home_of(workspace: Workspace) -> str:
    """Return the name of the database that a project is recorded in, empty where nobody knows."""
    try:
        return (workspace.work_folder / _HOME_FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def keep_home(workspace: Workspace, database: Database) -> None:
    """Note where the project is recorded: one that has no row elsewhere is not gone."""
    write_text(workspace.work_folder / _HOME_FILE, workspace.stored_name(database.name))


def ledger_of(workspace: Workspace, database: Database) -> Ledger:
    """Return what records a project's facts."""
    return Ledger(database, workspace.project_id, lost_file(workspace), workspace.root)


def is_deleted(root: Path, project_id: str, database: Database) -> bool:
    """Tell whether a project that was begun has no row any more, nor is still to get one."""
    options = serialization.load(RunOptions, options_file(Workspace(root, project_id, "")))
    workspace = Workspace(root, project_id, options.name if options else "")
    return not ledger_of(workspace, database).is_expected


def state_of(project: ProjectSummary, root: Path) -> str:
    """Return how a project stands: `running`, `finished`, `stopped`, or what the app says of its own.

    A row alone can't tell a run at work from one that died.
    """
    folder = Workspace(root, project.id, "").work_folder
    if holder(folder):
        return "running"
    if project.video_path:
        return "finished"
    return "stopped" if folder.is_dir() else project.status
