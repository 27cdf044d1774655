"""The pictures of a cut: each scene rendered to a file of its own, side by side, kept while it is the same."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass
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
from videogen.assembly.timeline import Timeline
from videogen.digests import is_whole
from videogen.domain.video import EncoderChoice, Format, Quality
from videogen.errors import WorkerDied
from videogen.media.encoding import ENCODERS, SOFTWARE, EncoderFailed, usable_encoder

logger = logging.getLogger(__name__)

FOLDER = "cut"

OnProgress = Callable[[float, float, int | None], None]
# Scenes that are being rendered already, by their files: what had to be replaced in them.
Begun = Mapping[Path, Future[tuple[str, ...]]]
NOTHING_BEGUN: Begun = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FilmedScene:
    """A scene's segment and the file of its picture."""

    segment: Segment
    path: Path

    @property
    def frames(self) -> int:
        """Its length."""
        return self.segment.scene.frames


def film_scenes(
    timeline: Timeline,
    folder: Path,
    choice: EncoderChoice,
    quality: Quality,
    captions: CaptionStyle | None,
    executor: Executor,
    on_progress: OnProgress,
    begun: Begun,
) -> tuple[FilmedScene, ...]:
    """Render the scenes, all of them by one encoder, since only then their packets join."""
    output = Format(timeline.rate, timeline.width, timeline.height)
    encoder = usable_encoder(choice, quality, output)
    while True:
        scenes = tuple(
            FilmedScene(segment, segment_path(folder, segment))
            for segment in segments_of(timeline, encoder, captions)
        )
        try:
            _film_missing(scenes, executor, on_progress, begun)
        except EncoderFailed as exc:
            if encoder.name == SOFTWARE:
                raise
            logger.warning("%s; going on with %s", exc.what, SOFTWARE)
            encoder = ENCODERS[SOFTWARE][quality]
        else:
            return scenes


def _film_missing(
    scenes: Sequence[FilmedScene], executor: Executor, on_progress: OnProgress, begun: Begun
) -> None:
    for path in begun.keys() - {one.path for one in scenes}:
        begun[path].cancel()
    total = sum(one.frames for one in scenes)
    # Whatever was begun is heard out: it may have failed, or put a card in a clip's place.
    missing = [one for one in scenes if one.path in begun or not is_whole(one.path)]
    done = total - sum(one.frames for one in missing)
    on_progress(done, total, None)
    # A long scene begun last would leave all other workers idle.
    missing.sort(key=lambda one: one.frames, reverse=True)
    running = {
        begun.get(one.path) or executor.submit(render_segment, one.segment, one.path): one
        for one in missing
    }
    try:
        for future in as_completed(running):
            scene, number = running[future], running[future].segment.scene.number
            for fault in _faults_of(future, scene, executor):
                logger.warning("Scene %d shows a card instead of a clip: %s", number, fault)
            done += scene.frames
            on_progress(done, total, number)
    finally:
        for future in running:
            future.cancel()


def _faults_of(
    future: Future[tuple[str, ...]], scene: FilmedScene, executor: Executor
) -> tuple[str, ...]:
    """Return what had to be replaced in a scene; what ends its process is found and replaced, too."""
    try:
        return future.result()
    except WorkerDied as exc:
        segment = scene.segment
        tries = {shot: executor.submit(draw, shot, segment.format) for shot in clips_of(segment)}
        deadly = [
            shot for shot, tried in tries.items() if isinstance(tried.exception(), WorkerDied)
        ]
        if not deadly:
            raise
        again = executor.submit(render_segment, without(segment, deadly), scene.path)
        return (*(f"{exc.what} ({shot.source})" for shot in deadly), *again.result())


def segment_path(folder: Path, segment: Segment) -> Path:
    """Return where a scene's picture is kept: a name that tells all that it was made from."""
    return folder / FOLDER / f"scene-{segment.scene.number}-{segment_digest(segment)}.mp4"
