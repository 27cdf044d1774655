"""The whole cut: scenes rendered side by side, sound mastered, joined, shown by a thumbnail."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from videogen.assembly.composition import render_segment
from videogen.assembly.segment import (
    CaptionStyle,
    Segment,
    clips_of,
    segment_digest,
    segments_of,
    without,
)
from videogen.assembly.shots import draw
from videogen.assembly.sound.master import render_sound
from videogen.assembly.sound.track import Sound, slots_of, sound_digest
from videogen.assembly.thumbnail import draw_thumbnail
from videogen.assembly.timeline import Timeline
from videogen.barrier import Fault, attempt
from videogen.digests import digest_path, is_whole
from videogen.domain.video import EncoderChoice, Format, Quality, Video
from videogen.errors import AssemblyError, WorkerDied
from videogen.files import UNWRITTEN_CURE, atomic_file
from videogen.media.encoding import ENCODERS, SOFTWARE, EncoderFailed, usable_encoder
from videogen.media.join import Chapter, Labels, SubtitleTrack, join

logger = logging.getLogger(__name__)

_FOLDER = "cut"

OnProgress = Callable[[float, float, int | None], None]
# Scenes that are being rendered already, by their files: what had to be replaced in them.
Begun = Mapping[Path, Future[tuple[str, ...]]]
NOTHING_BEGUN: Begun = MappingProxyType({})


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
    segments, paths = _pictures(
        timeline, outputs.work_folder, options, executor, on_progress, begun
    )
    sound_path = _ended_sound(begun_sound, sound, outputs.work_folder, executor)
    _join(segments, paths, sound_path, options, outputs.video)
    drawn = attempt(thumbnail.result)
    if isinstance(drawn, Fault):
        logger.warning("The thumbnail shows a card instead of a clip: %s", drawn.cause)
        cards = replace(timeline, scenes=())
        drawn = executor.submit(draw_thumbnail, cards, options.headline, {}).result()
    with atomic_file(outputs.thumbnail) as partial:
        partial.write_bytes(drawn)
    _drop_stale({*paths, sound_path}, outputs.work_folder)
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


def _begin_sound(sound: Sound, folder: Path, executor: Executor) -> Future[Path]:
    path = folder / _FOLDER / f"sound-{sound_digest(sound)}.m4a"
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


def _pictures(
    timeline: Timeline,
    folder: Path,
    options: RenderOptions,
    executor: Executor,
    on_progress: OnProgress,
    begun: Begun,
) -> tuple[tuple[Segment, ...], list[Path]]:
    """Render the scenes, all of them by one encoder, since only then their packets join."""
    output = Format(timeline.rate, timeline.width, timeline.height)
    encoder = usable_encoder(options.encoder, options.quality, output)
    while True:
        segments = segments_of(timeline, encoder, options.captions)
        paths = [segment_path(folder, segment) for segment in segments]
        try:
            _render_missing(segments, paths, executor, on_progress, begun)
        except EncoderFailed as exc:
            if encoder.name == SOFTWARE:
                raise
            logger.warning("%s; going on with %s", exc.what, SOFTWARE)
            encoder = ENCODERS[SOFTWARE][options.quality]
        else:
            return segments, paths


def _render_missing(
    segments: Sequence[Segment],
    paths: Sequence[Path],
    executor: Executor,
    on_progress: OnProgress,
    begun: Begun,
) -> None:
    for path in begun.keys() - set(paths):
        begun[path].cancel()
    total = sum(segment.scene.frames for segment in segments)
    # Whatever was begun is heard out: it may have failed, or put a card in a clip's place.
    missing = [
        pair
        for pair in zip(segments, paths, strict=True)
        if pair[1] in begun or not is_whole(pair[1])
    ]
    done = total - sum(segment.scene.frames for segment, _ in missing)
    on_progress(done, total, None)
    # A long scene begun last would leave all other workers idle.
    missing.sort(key=lambda pair: pair[0].scene.frames, reverse=True)
    running = {
        begun.get(path) or executor.submit(render_segment, segment, path): (segment, path)
        for segment, path in missing
    }
    try:
        for future in as_completed(running):
            scene = running[future][0].scene
            for fault in _faults_of(future, running[future], executor):
                logger.warning("Scene %d shows a card instead of a clip: %s", scene.number, fault)
            done += scene.frames
            on_progress(done, total, scene.number)
    finally:
        for future in running:
            future.cancel()


def _faults_of(
    future: Future[tuple[str, ...]], made: tuple[Segment, Path], executor: Executor
) -> tuple[str, ...]:
    """Return what had to be replaced in a scene; what ends its process is found and replaced, too."""
    try:
        return future.result()
    except WorkerDied as exc:
        segment, path = made
        tries = {shot: executor.submit(draw, shot, segment.format) for shot in clips_of(segment)}
        deadly = [
            shot for shot, tried in tries.items() if isinstance(tried.exception(), WorkerDied)
        ]
        if not deadly:
            raise
        again = executor.submit(render_segment, without(segment, deadly), path)
        return (*(f"{exc.what} ({shot.source})" for shot in deadly), *again.result())


def _join(
    segments: Sequence[Segment],
    paths: Sequence[Path],
    sound_path: Path,
    options: RenderOptions,
    video_path: Path,
) -> None:
    chapters = [
        Chapter(path, segment.scene.frames, segment.scene.title)
        for path, segment in zip(paths, segments, strict=True)
    ]
    labels = Labels(options.title, options.comment, options.description)
    join(chapters, sound_path, segments[0].format.rate, labels, options.subtitles, video_path)


def segment_path(folder: Path, segment: Segment) -> Path:
    """Return where a scene's picture is kept: a name that tells all that it was made from."""
    return folder / _FOLDER / f"scene-{segment.scene.number}-{segment_digest(segment)}.mp4"


def _drop_stale(used: set[Path], folder: Path) -> None:
    kept = used | set(map(digest_path, used))
    for path in (folder / _FOLDER).iterdir():
        if path not in kept:
            path.unlink()
