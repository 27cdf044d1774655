"""What a finished run reports: the object that `--json` prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from videogen.domain import Clip, Stage

Status = Literal["complete", "incomplete"]


@dataclass(frozen=True, slots=True)
class ClipReport:
    """A clip as shown: `start` and `duration` in seconds of the source."""

    source: str
    id: str
    title: str
    credit: str
    license: str
    url: str
    start: float
    duration: float

    @classmethod
    def of(cls, clip: Clip) -> ClipReport:
        """Return the report of a clip."""
        found = clip.candidate
        return cls(
            source=found.source,
            id=found.id,
            title=found.title,
            credit=found.credit,
            license=found.license,
            url=found.url,
            start=round(clip.start, 3),
            duration=round(clip.duration, 3),
        )


@dataclass(frozen=True, slots=True)
class SceneReport:
    """A scene as recorded; `duration` is its audio's, in seconds."""

    number: int
    text: str
    audio_path: str
    duration: float
    clips: tuple[ClipReport, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole run: stored paths, seconds, bytes, pixels; `timings` are seconds a stage."""

    project_id: str
    status: Status
    video_path: str
    thumbnail_path: str
    captions_path: str | None
    duration: float
    target_duration: float
    file_size: int
    width: int
    height: int
    fps: float
    scenes: tuple[SceneReport, ...]
    timings: dict[Stage, float]
    warnings: tuple[str, ...]
