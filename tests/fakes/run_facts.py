"""The facts of a whole run of two scenes, in the order in which a run tells them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

from fakes import scenes

from videogen.db import facts
from videogen.domain.footage import (
    Candidate,
    Clip,
    MediaFile,
    PlannedScene,
    SourcedScene,
    Suggestion,
)
from videogen.domain.options import RunOptions
from videogen.domain.script import Credit, Scene, Script
from videogen.domain.video import Format

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


def shown(identifier: str, start: float, source: str = "nasa") -> Clip:
    """Return five seconds of a clip as the cut shows it."""
    media = MediaFile(Path(f"cache/{identifier}.mp4"), "video")
    return Clip(candidate(identifier, source), media, start, offset=0.0, duration=5.0)


def sourced(number: int, query: str, found: Iterable[str], *clips: Clip) -> facts.SceneSourced:
    """Return what a search of NASA's found for a scene, by their ids, and what the scene shows."""
    suggestions = tuple(Suggestion(candidate(one), query, 0.5, 0.5, ()) for one in found)
    planned = PlannedScene(SCRIPT.scenes[number - 1], 4.5, query, (), suggestions, ())
    return facts.SceneSourced(SourcedScene(planned, clips))


def spoken(number: int) -> facts.SceneSpoken:
    """Return a scene's audio as the web app serves it."""
    return facts.SceneSpoken(scenes.voiced(number, f"Scene {number}, spoken."))


VIDEO = facts.VideoFinished(
    video_path="public/videos/p/final.mp4",
    thumbnail_path="public/videos/p/thumbnail.jpg",
    duration=9.02,
    total_duration=9.0,
    file_size=1_234_567,
    scene_total=2,
)

OPTIONS = RunOptions(
    topic="Modern naval warfare",
    duration=90.0,
    name="modern-naval-warfare",
    writer="auto",
    fit=False,
    voice="af_sky",
    speed=1.0,
    voice_engine="onnx",
    footage=("nasa", "cards"),
    licenses=("by",),
    format=Format(Fraction(30000, 1001), 1920, 1080),
    captions="sidecar",
    highlight=False,
    export_otio=False,
    encoder="x264",
    workers=2,
    executor="processes",
    sourcing_timeout=600.0,
    model="",
    script=None,
    voice_model=None,
    pronunciations=None,
    recordings=Path("voices of my own"),
    clips=None,
    music=None,
    pins=("1=nasa:abc",),
    bans=(),
)
TO_SCRIPT: tuple[facts.Fact, ...] = (
    facts.ProjectStarted("Modern naval warfare", 90.0, OPTIONS),
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
    sourced(1, "warship", "abc", shown("c", 12.5), shown("a", 0.0)),
    facts.FootageProgress(50, "nasa"),
    sourced(2, "sea", "", shown("card-2", 0.0, "cards")),
    facts.FootageFinished("nasa"),
)
WHOLE_RUN: tuple[facts.Fact, ...] = (
    *TO_FOOTAGE,
    facts.AssemblyStarted(2),
    facts.RenderProgress(40, "concatenating", 1),
    VIDEO,
)
