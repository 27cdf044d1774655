"""The facts of a whole run of two scenes, in the order in which a run tells them."""

from __future__ import annotations

from videogen.db import facts
from videogen.domain import Candidate, Credit, Scene, Script

SCRIPT = Script(
    title="Modern naval warfare",
    scenes=(
        Scene(1, "Ships left port.", keywords=("ship", "port")),
        Scene(2, "They met at sea — “far out”.", keywords=("sea",)),
    ),
    writer="outline",
    note="The narration is a draft outline.",
    credits=(Credit("Naval warfare", "Wikipedia", "CC BY-SA 4.0", "https://w.example/Naval"),),
)


def candidate(identifier: str, source: str = "nasa") -> Candidate:
    """Return a clip that a search might find."""
    return Candidate(
        source=source,
        id=identifier,
        title=f"Title of {identifier}",
        credit="NASA/JPL",
        license="Public domain",
        url=f"https://nasa.example/{identifier}.mp4",
        duration=42.0,
        thumbnail_url=f"https://nasa.example/{identifier}.jpg",
    )


def shown(identifier: str, start: float, source: str = "nasa") -> facts.ShownClip:
    """Return five seconds of a clip as the cut shows it."""
    return facts.ShownClip(candidate(identifier, source), start, 5.0, f"cache/{identifier}.mp4")


def spoken(number: int) -> facts.SceneSpoken:
    """Return a scene's audio as the web app serves it."""
    return facts.SceneSpoken(
        number, f"Scene {number}, spoken.", f".cache/audio/projects/p/scene-{number}.mp3", 4.5
    )


VIDEO = facts.VideoFinished(
    video_path="public/videos/p/final.mp4",
    thumbnail_path="public/videos/p/thumbnail.jpg",
    duration=9.02,
    total_duration=9.0,
    file_size=1_234_567,
    scene_total=2,
)

TO_SCRIPT: tuple[facts.Fact, ...] = (
    facts.ProjectStarted("Modern naval warfare", 90.0),
    facts.StageStarted("script"),
    facts.ScriptWritten(SCRIPT),
)
TO_VOICEOVER: tuple[facts.Fact, ...] = (
    *TO_SCRIPT,
    facts.StageStarted("voiceover"),
    spoken(1),
    spoken(2),
    facts.VoiceoverFinished("af_sky", 9.0),
)
TO_FOOTAGE: tuple[facts.Fact, ...] = (
    *TO_VOICEOVER,
    facts.StageStarted("footage"),
    facts.CandidatesFound(1, "warship", "nasa", (candidate("a"), candidate("b"), candidate("c"))),
    facts.FootageChosen(1, "warship", (shown("c", 12.5), shown("a", 0.0))),
    facts.FootageProgress(50, "nasa"),
    facts.FootageChosen(2, "sea", (shown("card-2", 0.0, "cards"),)),
    facts.FootageFinished("nasa"),
)
WHOLE_RUN: tuple[facts.Fact, ...] = (
    *TO_FOOTAGE,
    facts.AssemblyStarted(2),
    facts.RenderProgress(40, "concatenating", 1),
    VIDEO,
)
