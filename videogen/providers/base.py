"""The three Protocols that providers keep, and the values only they exchange with stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from videogen.domain import Brief, Candidate, Clip, Scene, Script, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class ScriptWriter(Protocol):
    """Turns a brief into a script.

    Raises:
        WriterUnavailable: it can't work here at all, so another may be tried.
        ScriptError: it answered, but not with a usable script.
    """

    name: str

    def write(self, brief: Brief) -> Script:
        """Write a new script for the brief."""
        ...


class RevisingWriter(ScriptWriter, Protocol):
    """A writer that can mend its own script when told what is wrong with it."""

    def revise(self, brief: Brief, script: Script, faults: Sequence[str]) -> Script:
        """Return the script with the named faults mended."""
        ...


@dataclass(frozen=True, slots=True)
class Speech:
    """Samples of one channel, float32 in -1 to 1, with the times of the words in them."""

    samples: NDArray[np.float32]
    sample_rate: int
    words: tuple[Word, ...]

    @property
    def duration(self) -> float:
        """Seconds."""
        return len(self.samples) / self.sample_rate


class VoiceEngine(Protocol):
    """Speaks text; `speed` 1.0 is the voice's own, 1.1 a tenth faster.

    Raises:
        VoiceError: the voice is unknown, the model is missing, or the text can't be spoken.
    """

    name: str

    def voices(self) -> Sequence[str]:
        """Return the names of the voices that can be used now."""
        ...

    def measure(self, text: str, voice: str, speed: float) -> float:
        """Return how many seconds `speak` would make, without making them where possible."""
        ...

    def speak(self, text: str, voice: str, speed: float) -> Speech:
        """Speak one scene's sanitised text."""
        ...


@dataclass(frozen=True, slots=True)
class ShotRequest:
    """What a scene needs to be shown by: `seconds` of footage in all, in `shots` pieces."""

    scene: Scene
    seconds: float
    shots: int
    width: int
    height: int


class FootageSource(Protocol):
    """Finds and fetches clips.

    Raises:
        SourceUnavailable: it is off for the rest of the run, so another may be tried.
        FootageError: this one search or clip failed.
    """

    name: str

    def search(self, request: ShotRequest) -> Sequence[Candidate]:
        """Return candidates, best first; none is an answer."""
        ...

    def fetch(self, candidate: Candidate, seconds: float) -> Clip:
        """Make `seconds` of a candidate, or what there is of it, available as a local clip."""
        ...

    def close(self) -> None:
        """Give back connections and processes."""
        ...
