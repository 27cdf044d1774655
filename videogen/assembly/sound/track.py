"""The cut's sound: what it is made from, and the job that a worker does."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from videogen import serialization
from videogen.assembly.segment import stamp
from videogen.assembly.timeline import Timeline
from videogen.workspace import atomic_file

if TYPE_CHECKING:
    from videogen.media.audio import Layout

SAMPLE_RATE = 48_000
LAYOUT: Layout = "stereo"


@dataclass(frozen=True, slots=True)
class Passage:
    """A scene's narration and the samples its slot lasts at 48 kHz; None is silence."""

    audio: Path | None
    samples: int


@dataclass(frozen=True, slots=True)
class Sound:
    """All that the cut's sound depends on."""

    passages: tuple[Passage, ...]
    music: Path | None = None

    @property
    def samples(self) -> int:
        """Length at 48 kHz."""
        return sum(passage.samples for passage in self.passages)

    def fingerprint(self) -> str:
        """Return a name that changes whenever the sound or one of its files does."""
        digest = hashlib.sha256(serialization.encode(self).encode())
        for path in (self.music, *(passage.audio for passage in self.passages)):
            if path:
                digest.update(stamp(path).encode())
        return digest.hexdigest()[:20]


def passages_of(timeline: Timeline) -> tuple[Passage, ...]:
    """Return the scenes' slots in samples, each edge rounded from the scene's own frame."""
    edges = [
        round(Fraction(frame * SAMPLE_RATE) / timeline.rate)
        for frame in (*timeline.starts, timeline.frames)
    ]
    return tuple(
        Passage(scene.audio, end - start)
        for scene, start, end in zip(timeline.scenes, edges[:-1], edges[1:], strict=True)
    )


def render_sound(sound: Sound, path: Path) -> None:
    """Mix, master and encode the whole cut's sound to an M4A file, unless it is there.

    Raises:
        AssemblyError: a recording or the music can't be read.
    """
    if path.exists():
        return
    from videogen.assembly.sound.master import master

    with atomic_file(path) as partial:
        master(sound, partial)
