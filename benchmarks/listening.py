"""Independent ears: CMU's pocketsphinx, whose English model comes in its wheel, and espeak-ng.

The aligner says where words are in a recording, the recogniser which words it hears, and espeak-ng
speaks the same text as the voice to be beaten.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from videogen.media.audio import resampled

Samples = NDArray[np.float32]

_EAR_RATE = 16_000
_FRAMES_PER_SECOND = 100
_SYNCHRONOUS = 2
_UTF8 = 1


@dataclass(frozen=True, slots=True)
class Heard:
    """A word as the aligner found it, in seconds."""

    text: str
    start: float
    end: float


def words_of(text: str) -> list[str]:
    """Return a text's words as the recogniser's dictionary writes them."""
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower())


def align(samples: Samples, rate: int, text: str) -> list[Heard]:
    """Return where each word of a text is in a recording of it."""
    import pocketsphinx

    decoder = pocketsphinx.Decoder(lm=None, loglevel="FATAL")
    decoder.set_align_text(" ".join(words_of(text)))
    _listen(decoder, samples, rate)
    found = decoder.seg()
    if found is None:
        raise ValueError(f"the text is not what the recording says: {text[:60]!r}")
    return [
        Heard(
            re.sub(r"\(\d+\)", "", segment.word),
            segment.start_frame / _FRAMES_PER_SECOND,
            (segment.end_frame + 1) / _FRAMES_PER_SECOND,
        )
        for segment in found
        if segment.word[0] not in "<([+"
    ]


def recognise(samples: Samples, rate: int) -> list[str]:
    """Return the words that are heard in a recording."""
    import pocketsphinx

    decoder = pocketsphinx.Decoder(loglevel="FATAL")
    _listen(decoder, samples, rate)
    found = decoder.hyp()
    return str(found.hypstr).split() if found else []


def word_errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """Return how many words must be changed, added or left out (Levenshtein's distance)."""
    above = list(range(len(heard) + 1))
    for count, word in enumerate(said, 1):
        row = [count]
        for index, other in enumerate(heard):
            row.append(min(above[index + 1] + 1, row[-1] + 1, above[index] + (word != other)))
        above = row
    return above[-1]


def espeak(text: str) -> tuple[Samples, int]:
    """Return a text as espeak-ng's default English voice speaks it, and the sample rate."""
    library, rate = _espeak_library()
    heard: list[bytes] = []
    kind = ctypes.CFUNCTYPE(
        ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
    )

    def take(samples: Any, count: int, _events: int) -> int:
        if samples and count:
            heard.append(ctypes.string_at(samples, 2 * count))
        return 0

    callback = kind(take)
    library.espeak_SetSynthCallback(callback)
    written = text.encode()
    library.espeak_Synth(written, len(written) + 1, 0, 0, 0, _UTF8, None, None)
    whole = np.frombuffer(b"".join(heard), np.int16)
    return (whole / np.float32(32768)).astype(np.float32), rate


@cache
def _espeak_library() -> tuple[ctypes.CDLL, int]:
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    folder = str(espeakng_loader.get_data_path()).encode()
    return library, int(library.espeak_Initialize(_SYNCHRONOUS, 0, folder, 0))


def _listen(decoder: Any, samples: Samples, rate: int) -> None:
    heard = resampled(samples, rate, _EAR_RATE)
    whole = np.round(np.clip(heard, -1, 1) * 32767).astype("<i2")
    decoder.start_utt()
    decoder.process_raw(whole.tobytes(), full_utt=True)
    decoder.end_utt()
