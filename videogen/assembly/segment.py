"""One scene as a file of its own: all that it is made from."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from videogen.assembly.style import DEFAULT_LOOK, Look
from videogen.assembly.timeline import Shot, TimedScene, Timeline
from videogen.domain.footage import Card, MediaFile
from videogen.domain.video import CENTRED, Format
from videogen.media.encoding import Encoder
from videogen.serialization import digest, file_state


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
    encoder: Encoder
    captions: CaptionStyle | None
    look: Look = DEFAULT_LOOK


def segments_of(
    timeline: Timeline, encoder: Encoder, captions: CaptionStyle | None
) -> tuple[Segment, ...]:
    """Return a segment for each scene, free of whatever its picture does not depend on."""
    output = Format(timeline.rate, timeline.width, timeline.height)
    segments = []
    before: Shot | None = None
    for scene in timeline.scenes:
        silent = replace(scene, audio=None, captions=scene.captions if captions else ())
        lead_in = before if scene.shots[0].fade else None
        segments.append(Segment(silent, lead_in, output, encoder, captions, timeline.look))
        before = scene.shots[-1]
    return tuple(segments)


def segment_digest(segment: Segment) -> str:
    """Return a name that changes whenever the segment or one of its files does."""
    return digest(segment, *map(file_state, _files(segment)))


def clips_of(segment: Segment) -> tuple[Shot, ...]:
    """Return the shots that show a file."""
    shots = (*((segment.lead_in,) if segment.lead_in else ()), *segment.scene.shots)
    return tuple(shot for shot in shots if isinstance(shot.source, MediaFile))


def without(segment: Segment, clips: Collection[Shot]) -> Segment:
    """Return a segment with cards where these clips were to be shown."""

    def kept(shot: Shot) -> Shot:
        if shot not in clips:
            return shot
        card = Card(segment.scene.title, zlib.crc32(str(shot.source).encode()))
        return replace(shot, source=card, source_in=0, framing=CENTRED)

    shots = tuple(map(kept, segment.scene.shots))
    lead_in = segment.lead_in and kept(segment.lead_in)
    return replace(segment, scene=replace(segment.scene, shots=shots), lead_in=lead_in)


def _files(segment: Segment) -> Iterator[Path]:
    for shot in clips_of(segment):
        assert isinstance(shot.source, MediaFile)  # noqa: S101 - clips are files
        yield shot.source.path
