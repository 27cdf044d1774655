"""The three Protocols that providers keep, and the values only they exchange with stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

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


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one scene, as the rest of a sentence that begins with its number."""

    scene: int
    complaint: str


@runtime_checkable
class RevisingWriter(ScriptWriter, Protocol):
    """A writer that can mend its own script when told what is wrong with it."""

    def revise(self, brief: Brief, script: Script, faults: Sequence[Fault]) -> Script:
        """Return the script with the named faults mended.

        The brief's words a second are those at which this script was spoken.
        """
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


@dataclass(frozen=True, slots=True)
class Pronounced:
    """A word as it stands between spaces, and its phonemes with their punctuation; may be none."""

    text: str
    phonemes: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text as a voice says it, a word for each piece between spaces; small and picklable."""

    voice: str
    words: tuple[Pronounced, ...]


class VoiceEngine(Protocol):
    """Speaks text; `speed` 1.0 is the voice's own, 1.1 a tenth faster.

    Raises:
        VoiceError: the voice is unknown, the model is missing, or the text can't be spoken.
    """

    name: str

    def voices(self) -> Sequence[str]:
        """Return the names of the voices that can be used now."""
        ...

    def prepare(self) -> None:
        """Have what speaking needs lie ready on the disk; other processes then only read it."""
        ...

    def pronounce(self, text: str, voice: str) -> Utterance:
        """Return a sanitised text as a voice will say it, which any process may then speak."""
        ...

    def measure(self, utterance: Utterance, speed: float) -> float:
        """Return how many seconds `speak` would make, without making them where possible."""
        ...

    def speak(self, utterance: Utterance, speed: float) -> Speech:
        """Speak it."""
        ...


@dataclass(frozen=True, slots=True)
class ShotRequest:
    """What a scene needs to be shown by: `seconds` of footage in all, in `shots` pieces.

    `width` and `height` are the output's pixels; `phrases` are the scene in a few
    words each, the best first.
    """

    scene: Scene
    seconds: float
    shots: int
    width: int
    height: int
    phrases: tuple[str, ...]

    @property
    def queries(self) -> tuple[str, ...]:
        """What to ask a search for, the most telling first; never empty."""
        return self.scene.queries or self.scene.keywords or self.phrases[:1]


class FootageSource(Protocol):
    """Finds and fetches clips; its methods may be called from several threads at once.

    Raises:
        SourceUnavailable: it is off for the rest of the run, so another may be tried.
        FootageError: this one search or clip failed.
    """

    name: str
    is_remote: bool
    """Whether it asks a service, so that its answers are worth remembering."""

    def search(self, query: str, request: ShotRequest) -> Sequence[Candidate]:
        """Return candidates, best first; none is an answer."""
        ...

    def lookup(self, identifier: str) -> Candidate:
        """Return the candidate that a user named."""
        ...

    def fetch(self, candidate: Candidate, seconds: float, take: int = 0) -> Clip:
        """Make `seconds` of a candidate, or what there is of it, available as a local clip.

        `take` counts the pieces of it that the video shows already: another one, another piece.
        """
        ...

    def close(self) -> None:
        """Give back connections and processes.

        Calls still under way in other threads, and those that follow, raise Interrupted where they
        need what is gone.
        """
        ...
