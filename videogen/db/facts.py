"""What a run has to tell the database, as frozen values.

A fact that could not be recorded is kept in a file as JSON and recorded by a later resume, so each
can be recorded twice with the same result. Paths are stored paths: relative to the root, with
forward slashes. Durations are in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from videogen.domain import Candidate, Script

JobStage = Literal[
    "initializing",
    "downloading",
    "trimming",
    "concatenating",
    "audio_overlay",
    "thumbnail",
    "finalizing",
]


@dataclass(frozen=True, slots=True)
class ProjectStarted:
    """A new project: its topic as the user gave it, and the seconds asked for."""

    topic: str
    target_seconds: float


@dataclass(frozen=True, slots=True)
class StageStarted:
    """A stage before assembly has begun."""

    stage: Literal["script", "voiceover", "footage"]


@dataclass(frozen=True, slots=True)
class ScriptWritten:
    """All scenes of the narration, recorded together or not at all."""

    script: Script


@dataclass(frozen=True, slots=True)
class SceneSpoken:
    """One scene's audio; `text` is what was spoken, after sanitising."""

    scene_number: int
    text: str
    audio_path: str
    duration: float


@dataclass(frozen=True, slots=True)
class VoiceoverFinished:
    """Every scene is spoken by `voice`, `total_duration` in all."""

    voice: str
    total_duration: float


@dataclass(frozen=True, slots=True)
class CandidatesFound:
    """What a service answered to one search for a scene, best first."""

    scene_number: int
    query: str
    source: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class ShownClip:
    """A clip as the cut shows it: from `start` in the source, for `duration`.

    `path` is the stored path of its local file, empty for a drawn card; `score` and `reasons` say
    why it was taken.
    """

    candidate: Candidate
    start: float
    duration: float
    path: str = ""
    score: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FootageChosen:
    """The clips that a scene shows, in order; `query` is what the scene was searched by."""

    scene_number: int
    query: str
    clips: tuple[ShownClip, ...]


@dataclass(frozen=True, slots=True)
class FootageProgress:
    """How much of the footage is there, 0 to 100, and the service at work."""

    percent: int
    provider: str


@dataclass(frozen=True, slots=True)
class FootageFinished:
    """Every scene has its clips; `provider` names the service or services they came from."""

    provider: str


@dataclass(frozen=True, slots=True)
class AssemblyStarted:
    """The cut of `scene_total` scenes has begun."""

    scene_total: int


@dataclass(frozen=True, slots=True)
class RenderProgress:
    """How far the cut is, 0 to 100, in which of the app's stages, at which scene."""

    percent: int
    stage: JobStage
    scene_number: int | None = None


@dataclass(frozen=True, slots=True)
class VideoFinished:
    """The finished file.

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
class RunFailed:
    """The run stopped on an error; `message` is for the app's page."""

    message: str


Fact = (
    ProjectStarted
    | StageStarted
    | ScriptWritten
    | SceneSpoken
    | VoiceoverFinished
    | CandidatesFound
    | FootageChosen
    | FootageProgress
    | FootageFinished
    | AssemblyStarted
    | RenderProgress
    | VideoFinished
    | RunFailed
)

# Their loss leaves rows missing, which no later update can make up for.
INSERTS = (ProjectStarted, ScriptWritten, CandidatesFound, AssemblyStarted)
# They come often and are only looked at while the run lasts.
PROGRESS = (FootageProgress, RenderProgress)
# They tell how it stood at one moment: recorded later they would be untrue.
MOMENTARY = (StageStarted, FootageProgress, AssemblyStarted, RenderProgress, RunFailed)
# What the project is made of; a lost one is kept and can be recorded later.
Lasting = (
    ProjectStarted
    | ScriptWritten
    | SceneSpoken
    | VoiceoverFinished
    | CandidatesFound
    | FootageChosen
    | FootageFinished
    | VideoFinished
)


@dataclass(frozen=True, slots=True)
class LostFacts:
    """Facts that could not be recorded, in the order in which they happened."""

    project_id: str
    facts: tuple[Lasting, ...]
