"""The cut's sound: all that it is made from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from videogen.assembly.timeline import Timeline
from videogen.media.audio import Layout
from videogen.serialization import digest, file_state

SAMPLE_RATE = 48_000
LAYOUT: Layout = "stereo"


@dataclass(frozen=True, slots=True)
class Slot:
    """A scene's narration and the samples it is given at 48 kHz; None is silence."""

    audio: Path | None
    samples: int


@dataclass(frozen=True, slots=True)
class Sound:
    """All that the cut's sound depends on; the pieces of music follow each other over and over."""

    slots: tuple[Slot, ...]
    music: tuple[Path, ...] = ()

    @property
    def samples(self) -> int:
        """Length at 48 kHz."""
        return sum(slot.samples for slot in self.slots)


def sound_digest(sound: Sound) -> str:
    """Return a name that changes whenever the sound or one of its files does."""
    files = (*sound.music, *(slot.audio for slot in sound.slots if slot.audio))
    return digest(sound, *map(file_state, files))


def slots_of(timeline: Timeline) -> tuple[Slot, ...]:
    """Return the scenes' slots in samples, each edge rounded from the scene's own frame."""

    def sample(frame: int) -> int:
        return round(Fraction(frame * SAMPLE_RATE) / timeline.rate)

    return tuple(
        Slot(scene.audio, sample(first + scene.frames) - sample(first))
        for first, scene in timeline.placed()
    )
