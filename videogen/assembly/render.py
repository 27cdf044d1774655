"""The whole cut: scenes rendered side by side, sound mastered, joined, shown by a thumbnail."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from videogen.assembly.filming import (
    FOLDER,
    NOTHING_BEGUN,
    Begun,
    FilmedScene,
    OnProgress,
    film_scenes,
)
from videogen.assembly.segment import CaptionStyle
from videogen.assembly.sound.master import render_sound
from videogen.assembly.sound.track import Sound, slots_of, sound_digest
from videogen.assembly.thumbnail import draw_thumbnail
from videogen.assembly.timeline import Timeline
from videogen.barrier import Fault, attempt
from videogen.digests import digest_path
from videogen.domain.video import EncoderChoice, Quality, Video
from videogen.errors import AssemblyError, WorkerDied
from videogen.files import UNWRITTEN_CURE, atomic_file
from videogen.media.join import Chapter, Labels, SubtitleTrack, join

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the results go; `work_folder` keeps what a later render of the same cut can reuse."""

    video: Path
    thumbnail: Path
    work_folder: Path


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How a timeline becomes a file.

    `headline` stands on the thumbnail, for which `relevance` says how much each file shows of the
    topic, from 0 to 1. `captions` None burns none in; `subtitles` are a track of their own.
    """

    title: str
    comment: str = ""
    description: str = ""
    headline: str = ""
    relevance: Mapping[Path, float] = field(default_factory=dict)
    encoder: EncoderChoice = "x264"
    quality: Quality = "good"
    captions: CaptionStyle | None = None
    subtitles: SubtitleTrack = field(default_factory=SubtitleTrack)
    music: tuple[Path, ...] = ()


def render(
    timeline: Timeline,
    outputs: Outputs,
    options: RenderOptions,
    executor: Executor,
    on_progress: OnProgress,
    begun: Begun = NOTHING_BEGUN,
) -> Video:
    """Render a timeline; only scenes that changed since the last render are made again.

    `on_progress` gets frames done, frames in all, and the scene just finished. What was `begun` of
    the same cut is waited for, all else of it is given up.

    Raises:
        AssemblyError: the encoder or the sound failed, or a file can't be written.
    """
    with _writing(outputs):
        return _rendered(timeline, outputs, options, executor, on_progress, begun)


@contextmanager
def _writing(outputs: Outputs) -> Iterator[None]:
    """Say of a file that can't be written, by whatever library, what to do about it."""
    try:
        yield
    except OSError as exc:
        raise AssemblyError(
            f"The cut can't be written: {exc.strerror}",
            where=str(outputs.work_folder),
            cure=UNWRITTEN_CURE,
        ) from exc


def _rendered(
    timeline: Timeline,
    outputs: Outputs,
    options: RenderOptions,
    executor: Executor,
    on_progress: OnProgress,
    begun: Begun,
) -> Video:
    sound = Sound(slots_of(timeline), options.music)
    begun_sound = _begin_sound(sound, outputs.work_folder, executor)
    thumbnail = executor.submit(draw_thumbnail, timeline, options.headline, options.relevance)
    scenes = film_scenes(
        timeline,
        outputs.work_folder,
        options.encoder,
        options.quality,
        options.captions,
        executor,
        on_progress,
        begun,
    )
    sound_path = _ended_sound(begun_sound, sound, outputs.work_folder, executor)
    _join(scenes, sound_path, options, outputs.video)
    _write_thumbnail(thumbnail, timeline, options.headline, executor, outputs.thumbnail)
    _drop_stale({sound_path, *(one.path for one in scenes)}, outputs.work_folder)
    return Video(
        path=outputs.video,
        thumbnail_path=outputs.thumbnail,
        captions_paths=(),
        duration=float(timeline.duration),
        file_size=outputs.video.stat().st_size,
        width=timeline.width,
        height=timeline.height,
        fps=float(timeline.rate),
    )


def _write_thumbnail(
    begun: Future[bytes], timeline: Timeline, headline: str, executor: Executor, path: Path
) -> None:
    drawn = attempt(begun.result)
    if isinstance(drawn, Fault):
        logger.warning("The thumbnail shows a card instead of a clip: %s", drawn.cause)
        cards = replace(timeline, scenes=())
        drawn = executor.submit(draw_thumbnail, cards, headline, {}).result()
    with atomic_file(path) as partial:
        partial.write_bytes(drawn)


def _begin_sound(sound: Sound, folder: Path, executor: Executor) -> Future[Path]:
    path = folder / FOLDER / f"sound-{sound_digest(sound)}.m4a"
    return executor.submit(render_sound, sound, path)


def _ended_sound(begun: Future[Path], sound: Sound, folder: Path, executor: Executor) -> Path:
    """Return the sound; music that can't be read, or ends who reads it, is left out."""
    try:
        return begun.result()
    except (AssemblyError, WorkerDied) as exc:
        if not sound.music:
            raise
        without_music = replace(sound, music=())
        path = _begin_sound(without_music, folder, executor).result()
        logger.warning("The film has no music: %s", exc.what)
        return path


def _join(
    scenes: Sequence[FilmedScene], sound_path: Path, options: RenderOptions, video_path: Path
) -> None:
    chapters = [Chapter(one.path, one.frames, one.segment.scene.title) for one in scenes]
    labels = Labels(options.title, options.comment, options.description)
    join(chapters, sound_path, scenes[0].segment.format.rate, labels, options.subtitles, video_path)


def _drop_stale(used: set[Path], folder: Path) -> None:
    kept = used | set(map(digest_path, used))
    for path in (folder / FOLDER).iterdir():
        if path not in kept:
            path.unlink()
