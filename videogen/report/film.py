"""The facts of a finished video, scene by scene and shot by shot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from videogen import serialization
from videogen.assembly.captions.sidecar import subtitles
from videogen.assembly.timeline import TimedScene, Timeline
from videogen.db.engine import Database
from videogen.db.projects import ProjectRecord, SceneRecord, project
from videogen.domain.footage import CARDS, Choice, PlannedScene, Suggestion
from videogen.errors import UsageError
from videogen.project.curation import kept_plan
from videogen.project.kept import Ending, kept_ending
from videogen.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ReportedShot:
    """What is shown from frame `first` on, why, and what would have come next; times in seconds.

    `middle` is a frame that no crossfade shows; `choice` is None for titles, which nobody searched for.
    """

    first: int
    middle: int
    start: float
    seconds: float
    choice: Choice | None
    second: Suggestion | None

    @property
    def name(self) -> str:
        """What it is called: its source's title."""
        if self.choice is None:
            return "Title"
        found = self.choice.suggestion.candidate
        return f"Card: {found.title}" if found.source == CARDS else found.title


@dataclass(frozen=True, slots=True)
class ReportedScene:
    """A scene from second `start` on, as written and as spoken; number 0 is the opening title."""

    number: int
    title: str
    start: float
    seconds: float
    text: str
    spoken: str
    shots: tuple[ReportedShot, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """A caption, in seconds."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Film:
    """A finished video and all that is known of its making."""

    record: ProjectRecord
    video: Path
    timeline: Timeline
    scenes: tuple[ReportedScene, ...]
    cues: tuple[Cue, ...]
    ending: Ending


def film_of(workspace: Workspace, database: Database) -> Film:
    """Return what is known of a finished video.

    Raises:
        UsageError: there is no such project, or its video is not finished.
    """
    record = project(database, workspace.project_id)
    cure = f"Make it first: videogen resume {workspace.project_id}"
    if not record.summary.video_path:
        raise UsageError("The video is not finished", where=workspace.project_id, cure=cure)
    video = workspace.root / record.summary.video_path
    if not video.is_file():
        raise UsageError("The video is gone", where=str(video), cure=cure)
    path = workspace.work_folder / "timeline.json"
    timeline = serialization.load_needed(Timeline, path, "The cut's plan is gone")
    planned = {scene.number: scene for scene in kept_plan(workspace).scenes}
    told = {scene.number: scene for scene in record.scenes}
    scenes = tuple(
        _scene(scene, first, timeline, planned, told) for first, scene in timeline.placed()
    )
    rate = timeline.rate
    cues = tuple(
        Cue(float(one.start / rate), float(one.end / rate), one.text) for one in subtitles(timeline)
    )
    return Film(record, video, timeline, scenes, cues, kept_ending(workspace))


def _scene(
    scene: TimedScene,
    first: int,
    timeline: Timeline,
    planned: Mapping[int, PlannedScene],
    told: Mapping[int, SceneRecord],
) -> ReportedScene:
    record = told.get(scene.number)
    return ReportedScene(
        scene.number,
        scene.title,
        float(first / timeline.rate),
        float(scene.frames / timeline.rate),
        record.text if record else "",
        (record.spoken_text or "") if record else "",
        tuple(_shots(scene, first, timeline, planned.get(scene.number))),
    )


def _shots(
    scene: TimedScene, first: int, timeline: Timeline, planned: PlannedScene | None
) -> Iterator[ReportedShot]:
    choices = planned.choices if planned else ()
    second = planned.passed_over[0] if planned and planned.passed_over else None
    for shot, choice in zip_longest(scene.shots, choices[: len(scene.shots)]):
        seconds = float(shot.frames / timeline.rate)
        middle = first + (shot.frames + shot.fade) // 2
        yield ReportedShot(first, middle, float(first / timeline.rate), seconds, choice, second)
        first += shot.frames
