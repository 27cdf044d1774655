"""The whole cut: scenes rendered side by side, sound mastered, joined, shown by a thumbnail."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from pathlib import Path

from videogen.assembly.encoders import SOFTWARE, EncoderChoice, EncoderFailed, chosen
from videogen.assembly.segment import (
    CaptionStyle,
    Format,
    Segment,
    fingerprint,
    render_segment,
    segments_of,
)
from videogen.assembly.sound import Sound, passages_of, render_sound
from videogen.domain import Video
from videogen.timeline import Timeline

logger = logging.getLogger(__name__)

_FOLDER = "cut"

OnProgress = Callable[[float, float, int | None], None]


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the results go; `work_folder` keeps what a later render of the same cut can reuse."""

    video: Path
    thumbnail: Path
    work_folder: Path


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How a timeline becomes a file.

    `title` also stands on the thumbnail. `captions` None burns none in. `threads` is what each
    worker may use: the machine's cores over the executor's workers.
    """

    title: str
    comment: str = ""
    credits: str = ""
    encoder: EncoderChoice = "x264"
    captions: CaptionStyle | None = None
    music: Path | None = None
    threads: int = 1


def render(
    timeline: Timeline,
    outputs: Outputs,
    options: RenderOptions,
    executor: Executor,
    on_progress: OnProgress,
) -> Video:
    """Render a timeline; only scenes that changed since the last render are made again.

    `on_progress` gets frames done, frames in all, and the scene just finished.

    Raises:
        AssemblyError: the encoder or the sound failed.
    """
    from videogen.assembly.join import Labels, Part, join
    from videogen.assembly.thumbnail import write_thumbnail

    sound = Sound(passages_of(timeline), options.music)
    sound_path = outputs.work_folder / _FOLDER / f"sound-{sound.fingerprint()}.m4a"
    sound_done = executor.submit(render_sound, sound, sound_path)
    segments, paths = _pictures(timeline, outputs.work_folder, options, executor, on_progress)
    sound_done.result()
    parts = [
        Part(path, segment.scene.frames, segment.scene.title)
        for path, segment in zip(paths, segments, strict=True)
    ]
    labels = Labels(options.title, options.comment, options.credits)
    join(parts, sound_path, timeline.rate, labels, outputs.video)
    write_thumbnail(timeline, options.title, outputs.thumbnail)
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


def _pictures(
    timeline: Timeline,
    folder: Path,
    options: RenderOptions,
    executor: Executor,
    on_progress: OnProgress,
) -> tuple[tuple[Segment, ...], list[Path]]:
    """Render the scenes, all of them by one encoder, since only then their packets join."""
    shape = Format(timeline.rate, timeline.width, timeline.height)
    encoder = chosen(options.encoder, shape)
    while True:
        segments = segments_of(timeline, encoder, options.captions)
        paths = [_segment_path(folder, segment) for segment in segments]
        try:
            _render_missing(segments, paths, options.threads, executor, on_progress)
        except EncoderFailed as exc:
            if encoder == SOFTWARE:
                raise
            logger.warning("%s; going on with %s", exc.what, SOFTWARE)
            encoder = SOFTWARE
        else:
            return segments, paths


def _render_missing(
    segments: Sequence[Segment],
    paths: Sequence[Path],
    threads: int,
    executor: Executor,
    on_progress: OnProgress,
) -> None:
    total = sum(segment.scene.frames for segment in segments)
    missing = [pair for pair in zip(segments, paths, strict=True) if not pair[1].exists()]
    done = total - sum(segment.scene.frames for segment, _ in missing)
    on_progress(done, total, None)
    running = {
        executor.submit(render_segment, segment, path, threads): segment.scene
        for segment, path in missing
    }
    try:
        for future in as_completed(running):
            scene = running[future]
            for fault in future.result():
                logger.warning("Scene %d shows a card instead of a clip: %s", scene.number, fault)
            done += scene.frames
            on_progress(done, total, scene.number)
    finally:
        for future in running:
            future.cancel()


def _segment_path(folder: Path, segment: Segment) -> Path:
    return folder / _FOLDER / f"scene-{segment.scene.number}-{fingerprint(segment)}.mp4"


def _drop_stale(kept: set[Path], folder: Path) -> None:
    for path in (folder / _FOLDER).iterdir():
        if path not in kept:
            path.unlink()
