"""What a run has to tell the database, as frozen values.

A fact that could not be recorded is kept in a file and recorded by a later resume, so each can be
recorded twice with the same result. Durations are in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from videogen.domain.footage import PlannedScene, SourcedScene
from videogen.domain.options import RunOptions
from videogen.domain.script import Script
from videogen.domain.speech import VoicedScene

JobStage = Literal[
    "initializing",
    "downloading",
    "trimming",
    "concatenating",
    "audio_overlay",
    "thumbnail",
    "finalizing",
]


def project_name(topic: str) -> str:
    """Return what a new project is called."""
    return " ".join(topic.split())


class Fact:
    """What a run tells, and what its loss would mean."""

    __slots__ = ()

    adds_rows: ClassVar[bool] = False
    """Its loss leaves rows missing, which no later update can make up for."""
    is_momentary: ClassVar[bool] = False
    """It tells how it stood at one moment: recorded later it would be untrue."""
    is_progress: ClassVar[bool] = False
    """It comes often and is only looked at while the run lasts."""


@dataclass(frozen=True, slots=True)
class ProjectStarted(Fact):
    """A new project: its topic as the user gave it, the seconds asked for, and all that was asked."""

    adds_rows = True

    topic: str
    target_seconds: float
    options: RunOptions | None = None


@dataclass(frozen=True, slots=True)
class StageStarted(Fact):
    """A stage before assembly has begun."""

    is_momentary = True

    stage: Literal["script", "voiceover", "footage"]


@dataclass(frozen=True, slots=True)
class ScriptWritten(Fact):
    """All scenes of the narration, recorded together or not at all."""

    adds_rows = True

    script: Script


@dataclass(frozen=True, slots=True)
class SceneSpoken(Fact):
    """One scene's audio."""

    scene: VoicedScene


@dataclass(frozen=True, slots=True)
class VoiceoverFinished(Fact):
    """Every scene is spoken by `voice`, `total_duration` in all."""

    voice: str
    total_duration: float


@dataclass(frozen=True, slots=True)
class FootagePlanned(Fact):
    """What was found for every scene, for a person to choose among; nothing is fetched yet."""

    adds_rows = True

    scenes: tuple[PlannedScene, ...]


@dataclass(frozen=True, slots=True)
class SceneSourced(Fact):
    """What searches found for a scene, and the clips that it shows."""

    adds_rows = True

    scene: SourcedScene


@dataclass(frozen=True, slots=True)
class ClipPicture:
    """What a page shows of a clip: the address of a picture, and the stored path of a short video.

    `preview` is empty where nothing of the clip was fetched.
    """

    clip_id: str
    picture: str
    preview: str = ""


@dataclass(frozen=True, slots=True)
class ClipsPictured(Fact):
    """What a page shows of a scene's clips is there."""

    scene_number: int
    clips: tuple[ClipPicture, ...]


@dataclass(frozen=True, slots=True)
class FootageProgress(Fact):
    """How much of the footage is there, 0 to 100, and the service at work."""

    is_momentary = True
    is_progress = True

    percent: int
    provider: str


@dataclass(frozen=True, slots=True)
class FootageFinished(Fact):
    """Every scene has its clips; `provider` names the service or services they came from."""

    provider: str


@dataclass(frozen=True, slots=True)
class AssemblyStarted(Fact):
    """The cut of `scene_total` scenes has begun."""

    adds_rows = True
    is_momentary = True

    scene_total: int


@dataclass(frozen=True, slots=True)
class RenderProgress(Fact):
    """How far the cut is, 0 to 100, in which of the app's stages, at which scene."""

    is_momentary = True
    is_progress = True

    percent: int
    stage: JobStage
    scene_number: int | None = None


@dataclass(frozen=True, slots=True)
class VideoFinished(Fact):
    """The finished file, its paths as stored.

    `duration` is measured on it, `total_duration` is the narration and picture made for it,
    `file_size` is in bytes.
    """

    video_path: str
    thumbnail_path: str
    duration: float
    total_duration: float
    file_size: int
    scene_total: int


@dataclass(frozen=True, slots=True)
class RunFailed(Fact):
    """The run stopped on an error; `message` is for the app's page."""

    is_momentary = True

    message: str


@dataclass(frozen=True, slots=True)
class LostFact:
    """A fact that could not be recorded: the name of its class, and itself as JSON."""

    kind: str
    fact: str


@dataclass(frozen=True, slots=True)
class LostFacts:
    """A project's facts that could not be recorded, in the order in which they happened."""

    project_id: str
    facts: tuple[LostFact, ...]
