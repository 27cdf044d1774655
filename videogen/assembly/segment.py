"""One scene as a file of its own: what it is made from, and the job that a worker does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from videogen import serialization
from videogen.assembly.timeline import Shot, TimedScene, Timeline
from videogen.domain import Format, MediaFile
from videogen.workspace import atomic_file


@dataclass(frozen=True, slots=True)
class CaptionStyle:
    """How captions are burned in; `highlight` colours each word while it is spoken."""

    highlight: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """All that a scene's picture depends on.

    `lead_in` is the shot that the scene's first one fades in over: the last of the scene before.
    """

    scene: TimedScene
    lead_in: Shot | None
    format: Format
    encoder: str
    captions: CaptionStyle | None


def segments_of(
    timeline: Timeline, encoder: str, captions: CaptionStyle | None
) -> tuple[Segment, ...]:
    """Return a segment for each scene, free of whatever its picture does not depend on."""
    shape = Format(timeline.rate, timeline.width, timeline.height)
    segments = []
    before: Shot | None = None
    for scene in timeline.scenes:
        silent = replace(scene, audio=None, captions=scene.captions if captions else ())
        lead_in = before if scene.shots[0].fade else None
        segments.append(Segment(silent, lead_in, shape, encoder, captions))
        before = scene.shots[-1]
    return tuple(segments)


def fingerprint(segment: Segment) -> str:
    """Return a name that changes whenever the segment or one of its files does."""
    digest = hashlib.sha256(serialization.encode(segment).encode())
    for path in _files(segment):
        digest.update(stamp(path).encode())
    return digest.hexdigest()[:20]


def stamp(path: Path) -> str:
    """Return what tells one state of a file from another without reading it."""
    if not path.exists():
        return f"{path}:missing"
    facts = path.stat()
    return f"{path}:{facts.st_size}:{facts.st_mtime_ns}"


def _files(segment: Segment) -> Iterator[Path]:
    shots = (*((segment.lead_in,) if segment.lead_in else ()), *segment.scene.shots)
    for shot in shots:
        if isinstance(shot.source, MediaFile):
            yield shot.source.path


def render_segment(segment: Segment, path: Path, threads: int) -> tuple[str, ...]:
    """Render one scene's picture to `path`, in this process; return what had to be replaced.

    Raises:
        AssemblyError: the encoder failed.
    """
    from videogen.assembly.composition import Composition
    from videogen.media.encoding import encode

    with Composition(segment) as composition, atomic_file(path) as partial:
        encode(composition.frames(), partial, segment.format, segment.encoder, threads)
        return composition.faults
