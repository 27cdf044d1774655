"""The voiceover stage: paced scenes to MP3s, lossless masters and the times of their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from videogen import serialization
from videogen.barrier import Fault, attempt
from videogen.digests import FileDigest, file_digest, is_as_written
from videogen.domain.events import Notice, Progress, Tell
from videogen.domain.speech import PacedScene, Pronounced, Utterance, VoicedScene
from videogen.errors import VoiceError
from videogen.files import digest_of
from videogen.language.speech.text import shown_words
from videogen.serialization import digest
from videogen.voiceover import level
from videogen.voiceover.alignment import timed_on
from videogen.voiceover.engines import VoiceSetup, voice_engine
from videogen.voiceover.engines.base import Speech
from videogen.voiceover.recordings import read_recording
from videogen.voiceover.voice import naming
from videogen.workspace import Workspace

_FIRST_WORDS = (Pronounced("Oh.", "O."),)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A scene as it was spoken, and what its files were then."""

    scene: VoicedScene
    audio: FileDigest
    master: FileDigest

    def is_whole(self) -> bool:
        """Tell whether both files are there as they were."""
        return is_as_written(self.scene.audio_path, self.audio) and is_as_written(
            self.scene.master_path, self.master
        )


@dataclass(frozen=True, slots=True)
class SpeechJob:
    """One scene to speak, picklable: which engine speaks it, and where its files go."""

    scene: PacedScene
    setup: VoiceSetup
    audio_path: Path
    master_path: Path
    recording: Path | None = None


def voice_digest(setup: VoiceSetup) -> str:
    """Return a digest of all that decides how an utterance sounds."""
    files = (setup.model, setup.pronunciations)
    return digest(setup.engine, *(digest_of(path) if path else "" for path in files))


def load(setup: VoiceSetup, voice: str, pool: Executor, workers: int) -> None:
    """Have the workers load the voice while others are at work; what fails is told by `speak`."""
    for _ in range(workers):
        pool.submit(load_voice, setup, voice)


def speak(
    scenes: Sequence[PacedScene],
    setup: VoiceSetup,
    recordings: Mapping[int, Path],
    workspace: Workspace,
    pool: Executor,
    tell: Tell,
) -> tuple[VoicedScene, ...]:
    """Return the scenes as spoken, in their order; each is told as it is done.

    `recordings` are what a person has spoken, by scene number. A scene that fails is told and left out.

    Raises:
        VoiceError: not one scene could be spoken.
    """
    kept, jobs = _begun(scenes, setup, recordings, workspace, pool)
    voiced: list[VoicedScene] = []

    def take(scene: VoicedScene) -> None:
        voiced.append(scene)
        tell(scene)
        tell(Progress("voiceover", len(voiced), len(scenes), scene.number))

    for known in kept:
        take(known)
    failed = ""
    for future in as_completed(jobs):
        asked, place = jobs[future]
        scene = attempt(partial(_kept, future, place))
        if isinstance(scene, Fault):
            failed = f"Scene {asked.number} is left out: {scene.cause}"
            tell(Notice("loss", failed))
        else:
            take(scene)
    if not voiced:
        raise VoiceError("No scene could be spoken", where=failed)
    return tuple(sorted(voiced, key=lambda scene: scene.number))


def _begun(
    scenes: Sequence[PacedScene],
    setup: VoiceSetup,
    recordings: Mapping[int, Path],
    workspace: Workspace,
    pool: Executor,
) -> tuple[list[VoicedScene], dict[Future[VoicedScene], tuple[PacedScene, Path]]]:
    """Return scenes that were spoken before, and the others on their way, each with its place."""
    sound = voice_digest(setup)
    kept: list[VoicedScene] = []
    jobs: dict[Future[VoicedScene], tuple[PacedScene, Path]] = {}
    for scene in scenes:
        place = _place(scene, sound, recordings, workspace)
        if known := _spoken_before(place):
            kept.append(known)
        else:
            job = _job(scene, setup, recordings.get(scene.number), workspace)
            jobs[pool.submit(speak_scene, job)] = scene, place
    return kept, jobs


def _place(
    scene: PacedScene, sound: str, recordings: Mapping[int, Path], workspace: Workspace
) -> Path:
    """Return where a scene is kept as it was spoken: a name that tells all that it was made from."""
    recording = recordings.get(scene.number)
    own = digest_of(recording) if recording else ""
    return workspace.kept_path(f"voice-{scene.number}", digest(scene, sound, own))


def _spoken_before(place: Path) -> VoicedScene | None:
    kept = serialization.load(_Kept, place)
    return kept.scene if kept and kept.is_whole() else None


def _kept(future: Future[VoicedScene], place: Path) -> VoicedScene:
    scene = future.result()
    digests = file_digest(scene.audio_path), file_digest(scene.master_path)
    serialization.save(place, _Kept(scene, *digests))
    return scene


def load_voice(setup: VoiceSetup, voice: str) -> None:
    """Load in this process what speaking takes, so that its first scene need not wait.

    Raises:
        VoiceError: something of it is missing.
    """
    speech = voice_engine(setup).speak(Utterance(voice, _FIRST_WORDS), 1.0)
    level.level(speech.samples, speech.sample_rate)


def speak_scene(job: SpeechJob) -> VoicedScene:
    """Speak one scene and write its files; runs in any process, which keeps its engine.

    Raises:
        VoiceError: the text can't be spoken, or a file can't be written; names the scene.
    """
    with naming(job.scene.number):
        return _spoken(job)


def _spoken(job: SpeechJob) -> VoicedScene:
    scene = job.scene
    speech = voice_engine(job.setup).speak(scene.utterance, scene.speed)
    if job.recording:
        # The model's own rhythm tells which word is heard where in what a person said.
        own = read_recording(job.recording)
        speech = Speech(own.samples, own.sample_rate, timed_on(own.spoken, speech.words))
    samples = level.level(speech.samples, speech.sample_rate)
    level.write_master(samples, speech.sample_rate, job.master_path)
    level.write_mp3(samples, speech.sample_rate, job.audio_path)
    words = shown_words(scene.passages, speech.words)
    return VoicedScene(scene, job.audio_path, job.master_path, speech.duration, words)


def _job(
    scene: PacedScene, setup: VoiceSetup, recording: Path | None, workspace: Workspace
) -> SpeechJob:
    return SpeechJob(
        scene,
        setup,
        audio_path=workspace.audio_path(scene.number),
        master_path=workspace.work_folder / f"scene-{scene.number}.flac",
        recording=recording,
    )
