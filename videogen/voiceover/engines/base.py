"""What every voice engine keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from videogen.domain.speech import Utterance, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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
