"""The voice: each scene spoken in a worker and recorded as it is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import replace
from pathlib import Path

from videogen import serialization
from videogen.db.facts import SceneSpoken, StageStarted, VoiceoverFinished
from videogen.domain import Progress, Scene, Voiceover
from videogen.errors import VoiceError
from videogen.options import RunOptions
from videogen.pipeline.production import Production
from videogen.script.pacing import Pacing
from videogen.serialization import digest, file_digest
from videogen.voiceover.engines import VoiceSetup, voice_engine
from videogen.voiceover.speak import SceneText, SpeechJob, load_voice, ready, speak_scene


def voice_of(options: RunOptions) -> tuple[object, ...]:
    """Return all that decides how a text sounds, for a digest."""
    files = (options.voice_model, options.pronunciations)
    contents = (file_digest(path) if path else "" for path in files)
    return (options.voice_engine, options.voice, options.speed, *contents)


def load(production: Production, pool: Executor) -> None:
    """Have the workers load the voice while others are at work; what fails is told by `speak`."""
    for _ in range(production.options.workers):
        pool.submit(load_voice, _workers_voice(production), production.options.voice)


def speak(
    production: Production, scenes: Sequence[Scene], pacing: Pacing, pool: Executor
) -> list[Voiceover]:
    """Speak the scenes, recording each as it is done; one that fails is told and left out.

    Raises:
        VoiceError: not one scene could be spoken.
    """
    production.ledger.record(StageStarted("voiceover"))
    voiceovers: list[Voiceover] = []
    for voiceover in _spoken(production, scenes, pacing.speed, pool):
        voiceovers.append(voiceover)
        stored = production.workspace.stored(voiceover.audio_path)
        production.ledger.record(
            SceneSpoken(voiceover.scene_number, voiceover.text, stored, voiceover.duration)
        )
        done = Progress("voiceover", len(voiceovers), len(scenes), voiceover.scene_number)
        production.observer.watch(done)
    if not voiceovers:
        raise VoiceError("No scene could be spoken", where=production.warnings[-1])
    total = sum(voiceover.duration for voiceover in voiceovers) + sum(pacing.pauses)
    production.ledger.record(VoiceoverFinished(production.options.voice, total))
    return sorted(voiceovers, key=lambda voiceover: voiceover.scene_number)


def _spoken(
    production: Production, scenes: Sequence[Scene], speed: float, pool: Executor
) -> Iterator[Voiceover]:
    voice = voice_of(production.options)
    engine = voice_engine(production.voice)
    running: dict[Future[Voiceover], tuple[Scene, Path]] = {}
    for scene in scenes:
        kept = production.checkpoint(f"voice-{scene.number}", digest(scene.text, speed, *voice))
        voiceover = serialization.load(Voiceover, kept)
        if voiceover and voiceover.audio_path.is_file() and voiceover.master_path.is_file():
            yield voiceover
            continue
        try:
            text = ready(engine, scene.number, scene.text, production.options.voice)
        except VoiceError as exc:
            _miss(production, scene, exc)
            continue
        running[pool.submit(speak_scene, _job(production, text, speed))] = (scene, kept)
    for future in as_completed(running):
        scene, kept = running[future]
        try:
            voiceover = future.result()
        except VoiceError as exc:
            _miss(production, scene, exc)
            continue
        serialization.save(kept, voiceover)
        yield voiceover


def _miss(production: Production, scene: Scene, why: VoiceError) -> None:
    production.miss(f"Scene {scene.number} is left out: {why.what}")


def _job(production: Production, scene: SceneText, speed: float) -> SpeechJob:
    workspace = production.workspace
    return SpeechJob(
        scene=scene,
        setup=_workers_voice(production),
        speed=speed,
        audio_path=workspace.audio_path(scene.number),
        master_path=workspace.work_folder / f"scene-{scene.number}.flac",
    )


def _workers_voice(production: Production) -> VoiceSetup:
    return replace(production.voice, threads=production.threads)
