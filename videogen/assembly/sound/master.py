"""The finished sound: -14 LUFS, limited to a true peak, AAC at 48 kHz, in streaming passes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av import AudioFrame
from numpy.typing import NDArray

from videogen.assembly.sound.music import Bed
from videogen.assembly.sound.narration import narration
from videogen.assembly.sound.track import LAYOUT, SAMPLE_RATE, Sound
from videogen.media.audio import Samples, filtered, loudness

TARGET_LUFS = -14.0
# AAC gives peaks back up to about 1 dB higher; this keeps them below -1 dBTP.
_PEAK_DB = -2.2
_LOUDEST_GAIN_DB = 24.0
_SILENCE_LUFS = -60.0
_OVERSAMPLED = 4 * SAMPLE_RATE
_BIT_RATE = 192_000


def master(sound: Sound, path: Path) -> None:
    """Mix, master and encode the whole cut's sound to an M4A file.

    The mix is made anew for each pass, so that memory does not grow with the cut.

    Raises:
        AssemblyError: a recording or the music can't be read.
    """
    voice_lufs = loudness(_mixed(Sound(sound.passages, None), _SILENCE_LUFS), SAMPLE_RATE, LAYOUT)
    lufs = voice_lufs
    if sound.music:
        lufs = loudness(_mixed(sound, voice_lufs), SAMPLE_RATE, LAYOUT)
    gain = min(_LOUDEST_GAIN_DB, TARGET_LUFS - lufs) if lufs > _SILENCE_LUFS else 0.0
    _encode(_limited(_mixed(sound, voice_lufs), gain), sound.samples, path)


def _mixed(sound: Sound, voice_lufs: float) -> Iterator[Samples]:
    """Yield stereo blocks, samples x 2."""
    bed = Bed(sound.music, max(voice_lufs, _SILENCE_LUFS), sound.samples) if sound.music else None
    for voice in narration(sound.passages):
        block = np.repeat(voice[:, None], 2, axis=1)
        yield block + bed.under(voice) if bed else block


def _limited(blocks: Iterable[Samples], gain: float) -> Iterator[AudioFrame]:
    """Yield the blocks at that gain with their true peaks limited, at four times the rate."""
    limit = 10 ** (_PEAK_DB / 20)
    yield from filtered(
        blocks,
        SAMPLE_RATE,
        LAYOUT,
        [
            ("volume", f"{gain}dB:precision=float"),
            ("aresample", str(_OVERSAMPLED)),
            ("alimiter", f"limit={limit}:level=disabled:attack=5:release=60:latency=1"),
            ("aresample", str(SAMPLE_RATE)),
            ("aformat", f"sample_fmts=fltp:channel_layouts={LAYOUT}"),
        ],
    )


def _encode(frames: Iterable[AudioFrame], samples: int, path: Path) -> None:
    """Encode exactly `samples` samples; the filters may give a few more or fewer at the end."""
    with av.open(path, "w", format="mp4") as container:
        # The fast coder takes half the time of the default and at this rate sounds the same.
        coder = {"aac_coder": "fast"}
        stream = container.add_stream("aac", rate=SAMPLE_RATE, options=coder, layout=LAYOUT)
        stream.bit_rate = _BIT_RATE
        for frame in _exactly(frames, samples):
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def _exactly(frames: Iterable[AudioFrame], samples: int) -> Iterator[AudioFrame]:
    position = 0
    for frame in frames:
        kept = frame.to_ndarray().astype(np.float32)[:, : samples - position]
        if kept.shape[1]:
            yield _planar(kept, position)
            position += kept.shape[1]
    if position < samples:
        yield _planar(np.zeros((2, samples - position), np.float32), position)


def _planar(channels: NDArray[np.float32], position: int) -> AudioFrame:
    frame = AudioFrame.from_ndarray(np.ascontiguousarray(channels), format="fltp", layout=LAYOUT)
    frame.sample_rate = SAMPLE_RATE
    frame.pts, frame.time_base = position, Fraction(1, SAMPLE_RATE)
    return frame
