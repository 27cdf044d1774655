"""The narration laid out sample by sample: what is heard, block by block, at any length."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile

from videogen.assembly.sound.track import SAMPLE_RATE, Slot
from videogen.errors import AssemblyError
from videogen.media.audio import Samples, resampled

BLOCK_SAMPLES = SAMPLE_RATE
_EDGE_SECONDS = 0.005

_NOTHING: Samples = np.zeros(0, np.float32)


def narration(slots: tuple[Slot, ...]) -> Iterator[Samples]:
    """Yield the narration of all slots in order as mono blocks of at most a second.

    One recording is held at a time, so memory does not grow with the number of scenes.

    Raises:
        AssemblyError: a recording can't be read.
    """
    for slot in slots:
        voice = _voice(slot.audio)[: slot.samples] if slot.audio else _NOTHING
        for start in range(0, slot.samples, BLOCK_SAMPLES):
            block = np.zeros(min(BLOCK_SAMPLES, slot.samples - start), np.float32)
            heard = voice[start : start + len(block)]
            block[: len(heard)] = heard
            yield block


def _voice(path: Path) -> Samples:
    try:
        recording, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, OSError) as exc:
        raise AssemblyError(
            "A scene's recording can't be read", where=str(path), cure="Speak it again: resume."
        ) from exc
    voice = resampled(recording.mean(axis=1), rate, SAMPLE_RATE)
    # A recording may begin or end off zero, which would be heard as a click.
    edge = min(round(_EDGE_SECONDS * SAMPLE_RATE), len(voice) // 2)
    ramp = np.linspace(0, 1, edge, endpoint=False, dtype=np.float32)
    voice[:edge] *= ramp
    voice[len(voice) - edge :] *= ramp[::-1]
    return voice
