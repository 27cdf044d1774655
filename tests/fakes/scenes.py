"""Scenes at each stage of a run, as far as a test cares for them."""

from __future__ import annotations

from pathlib import Path

from videogen.domain.footage import Clip, PlannedScene, ShownScene, SourcedScene
from videogen.domain.script import Scene
from videogen.domain.speech import PacedScene, Passage, Utterance, VoicedScene


def paced(
    number: int, text: str = "A ship.", seconds: float = 4.5, pause: float = 0.6
) -> PacedScene:
    """Return a scene that a voice would read as it is written."""
    passages = tuple(Passage((word,), (word,)) for word in text.split())
    return PacedScene(Scene(number, text), passages, Utterance("af_sky", ()), 1.0, seconds, pause)


def voiced(
    number: int, text: str = "A ship.", seconds: float = 4.5, pause: float = 0.6
) -> VoicedScene:
    """Return a spoken scene whose audio lies where the web app serves it."""
    audio = Path(f".cache/audio/projects/p/scene-{number}.mp3")
    master = audio.with_suffix(".flac")
    return VoicedScene(paced(number, text, seconds, pause), audio, master, seconds, ())


def shown(number: int, *clips: Clip, seconds: float = 4.5, pause: float = 0.6) -> ShownScene:
    """Return a spoken scene with its clips."""
    return ShownScene(voiced(number, seconds=seconds, pause=pause), clips)


def sourced(number: int, *clips: Clip) -> SourcedScene:
    """Return a scene with the clips that were found for it."""
    return SourcedScene(PlannedScene(Scene(number, "A ship."), 5.0, "ship", (), (), ()), clips)
