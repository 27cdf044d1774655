"""What a project has on disk, and its removal; nothing that a run did not make is touched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from videogen.workspace import Workspace, claim_path


def belongings(workspace: Workspace) -> tuple[Path, ...]:
    """Return the files that a project's runs have made, wherever they lie.

    Where the workspace has no name, only those that are found by the project's id.
    """
    return tuple(sorted(set(_found(workspace))))


def remove(workspace: Workspace) -> None:
    """Remove what a project's runs have made, and the folders that are empty then."""
    for path in belongings(workspace):
        # What another program holds open, or another one has removed, is its business.
        with suppress(OSError):
            path.unlink()
    shutil.rmtree(workspace.work_folder, ignore_errors=True)
    pictures = (workspace.picture_path("any").parent,) if workspace.layout.picture else ()
    for folder in (*pictures, workspace.audio_path(1).parent, workspace.video_path.parent):
        if workspace.project_id in (folder.name, folder.parent.name):
            with suppress(OSError):
                folder.rmdir()


def files_in(folder: Path) -> tuple[Path, ...]:
    """Return the files in a folder and the folders in it."""
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def _found(workspace: Workspace) -> Iterator[Path]:
    yield from files_in(workspace.work_folder)
    audio = workspace.audio_path(1)
    yield from audio.parent.glob(f"scene-*{audio.suffix}*")
    if not (_is_by_id(workspace.video_path, workspace) or _is_claimed(workspace)):
        return
    yield from workspace.video_path.parent.glob(workspace.sidecar_path("*").name)
    if workspace.layout.picture:
        yield from files_in(workspace.picture_path("any").parent)
    yield from (path for path in (workspace.thumbnail_path, _claim(workspace)) if path.is_file())


def _is_by_id(path: Path, workspace: Workspace) -> bool:
    return path.parent.name == workspace.project_id


def _is_claimed(workspace: Workspace) -> bool:
    """Tell whether the workspace's name is this project's: two of them may have had it in turn."""
    with suppress(OSError, UnicodeDecodeError):
        return _claim(workspace).read_text(encoding="utf-8") == workspace.project_id
    return False


def _claim(workspace: Workspace) -> Path:
    return claim_path(workspace.root, workspace.layout, workspace.name or "unnamed")
