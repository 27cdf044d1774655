"""The cut of a run: its progress and its end, as the app is told of them."""

from __future__ import annotations

from concurrent.futures import Executor

from videogen.assembly.assemble import Assembled, assemble
from videogen.assembly.filming import Begun
from videogen.db import facts
from videogen.domain.footage import ShownScene
from videogen.domain.script import Script
from videogen.project.state import Project


def cut_film(
    project: Project, script: Script, scenes: tuple[ShownScene, ...], pool: Executor, begun: Begun
) -> Assembled:
    """Cut the film, and record how far it is."""
    options, workspace = project.options, project.workspace
    project.ledger.record(facts.AssemblyStarted(_scene_total(script)))
    language = project.language
    return assemble(script, scenes, options, workspace, language, pool, project.tell, begun)


def record_film(project: Project, script: Script, done: Assembled) -> None:
    """Record the finished film."""
    workspace = project.workspace
    project.ledger.record(
        facts.VideoFinished(
            video_path=workspace.stored(done.video.path),
            thumbnail_path=workspace.stored(done.video.thumbnail_path),
            duration=done.video.duration,
            total_duration=done.seconds,
            file_size=done.video.file_size,
            scene_total=_scene_total(script),
        )
    )


def _scene_total(script: Script) -> int:
    # Scenes that could not be spoken have rows, too: progress counts up to the last number.
    return script.scenes[-1].number
