"""What is said: words with their sounds and times, scenes as paced and as spoken."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from videogen.domain.script import Scene

SLOWEST_VOICE, FASTEST_VOICE = 0.5, 2.0  # what a voice is still understood at


def scene_frames(audio_seconds: float, pause_seconds: float, rate: Fraction) -> int:
    """Return a scene's length in frames: whole frames that hold its audio, then its pause."""
    # Audio lengths come as floats of whole samples; a billionth keeps 2.0000000001 from being 61.
    audio = math.ceil(Fraction(audio_seconds).limit_denominator(10**9) * rate)
    return max(1, audio + round(Fraction(pause_seconds) * rate))


@dataclass(frozen=True, slots=True)
class Pronounced:
    """A word as it stands between spaces, and its phonemes with their punctuation; may be none."""

    text: str
    phonemes: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words as shown and the words that are spoken for them; one of each, most of the time."""

    shown: tuple[str, ...]
    spoken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text as a voice says it, a word for each piece between spaces; small and picklable."""

    voice: str
    words: tuple[Pronounced, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A spoken word with its times in seconds from the start of its scene's audio."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PacedScene:
    """A scene as it will be spoken: `seconds` of speech at `speed`, then `pause` seconds.

    `passages` pair what is shown with what is said; `utterance` is how that sounds.
    """

    scene: Scene
    passages: tuple[Passage, ...]
    utterance: Utterance
    speed: float
    seconds: float
    pause: float

    @property
    def number(self) -> int:
        """The scene's number, from 1."""
        return self.scene.number

    @property
    def spoken_text(self) -> str:
        """What is said, in single spaces."""
        return " ".join(word for passage in self.passages for word in passage.spoken)


@dataclass(frozen=True, slots=True)
class VoicedScene:
    """A paced scene as spoken.

    `audio_path` is the MP3 that the app serves, `master_path` the lossless mono recording the cut
    is made from; both last `seconds`. `words` are as shown.
    """

    paced: PacedScene
    audio_path: Path
    master_path: Path
    seconds: float
    words: tuple[Word, ...]

    @property
    def scene(self) -> Scene:
        """The scene that is spoken."""
        return self.paced.scene

    @property
    def number(self) -> int:
        """The scene's number, from 1."""
        return self.paced.scene.number

    def frames(self, rate: Fraction) -> int:
        """Return the frames of its audio and its pause."""
        return scene_frames(self.seconds, self.paced.pause, rate)
