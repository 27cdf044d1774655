"""The voice of a run: measured before a script is written, recorded scene by scene as it speaks."""

from __future__ import annotations

from concurrent.futures import Executor

from videogen.db import facts
from videogen.domain.events import Notice, Tell
from videogen.domain.speech import PacedScene, VoicedScene
from videogen.executors import InlineExecutor
from videogen.project.state import Project
from videogen.voiceover.engines import voice_engine
from videogen.voiceover.recordings import recorded_seconds
from videogen.voiceover.speak import load, speak
from videogen.voiceover.voice import Voice


def speak_scenes(
    project: Project, scenes: tuple[PacedScene, ...], pool: Executor, tell: Tell
) -> tuple[VoicedScene, ...]:
    """Speak the scenes, and record that it is done; each scene is told as it is spoken."""
    project.ledger.record(facts.StageStarted("voiceover"))
    recordings = project.recordings
    if strays := sorted(set(recordings) - {scene.number for scene in scenes}):
        told = f"There is no scene for the recordings {', '.join(map(str, strays))}"
        project.tell(Notice("warning", told))
    voiced = speak(scenes, project.voice_setup, recordings, project.workspace, pool, tell)
    total = sum(scene.seconds + scene.paced.pause for scene in voiced)
    project.ledger.record(facts.VoiceoverFinished(project.options.voice, total))
    return voiced


def measured_voice(project: Project, speakers: Executor | None) -> Voice:
    """Return the voice, ready to tell how long it takes to say something.

    `speakers` load it meanwhile, unless they are this very process.
    """
    options, setup = project.options, project.voice_setup
    recorded = {number: recorded_seconds(path) for number, path in project.recordings.items()}
    voice = Voice(voice_engine(setup), options.voice, recorded)
    voice.engine.prepare()
    if speakers and not isinstance(speakers, InlineExecutor):
        load(setup, options.voice, speakers, min(options.workers, project.work.scenes))
    return voice
