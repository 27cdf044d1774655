"""Speech brought to an even loudness and written down: a lossless master and an MP3."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import soundfile
from numpy.typing import NDArray

from videogen.errors import VoiceError
from videogen.files import UNWRITTEN_CURE, atomic_file
from videogen.media import audio
from videogen.media.audio import UNMEASURED_LUFS

LOUDNESS_LUFS = -16.0
# The recording keeps a decibel for what MP3 adds to peaks; both stay below -1 dBTP.
PEAK_DBTP = -2.0

_OVERSAMPLING = 8  # 192 kHz from 24, the rate of ITU-R BS.1770-5, annex 2
_BLOCK_SECONDS = 0.4
_CLOSE_ENOUGH_DB = 0.1
_MOST_ROUNDS = 6
_MP3_BITS_PER_SECOND = 128_000


def level(samples: NDArray[np.float32], sample_rate: int) -> NDArray[np.float32]:
    """Return speech at -16 LUFS (EBU R128) with its true peak below -1 dBTP, as long as it was.

    What peaks higher is turned down for some milliseconds, and the whole up again for it.
    Silence stays as it is.
    """
    gain = 0.0
    levelled = samples
    for _ in range(_MOST_ROUNDS):
        measured = loudness(levelled, sample_rate)
        missing = LOUDNESS_LUFS - measured
        if measured == UNMEASURED_LUFS or abs(missing) < _CLOSE_ENOUGH_DB:
            break
        gain += missing
        levelled = _limited(samples, gain, sample_rate)
    return levelled


def loudness(samples: NDArray[np.float32], sample_rate: int) -> float:
    """Return integrated loudness in LUFS; -70 for silence.

    What is shorter than the measure's block of 0.4 s is measured as if it were repeated.
    """
    block = int(np.ceil(_BLOCK_SECONDS * sample_rate))
    if len(samples) < block:
        samples = np.resize(samples, block)
    return audio.loudness(_blocks(samples, sample_rate), sample_rate, "mono")


def true_peak(samples: NDArray[np.float32], sample_rate: int) -> float:
    """Return the highest level between and at the samples, in dBTP."""
    oversampled = _filtered(samples, sample_rate, [_oversampling(sample_rate)])
    return float(20 * np.log10(max(float(np.abs(oversampled).max()), 1e-9)))


def write_master(samples: NDArray[np.float32], sample_rate: int, path: Path) -> None:
    """Write mono FLAC of 24 bits, atomically.

    Raises:
        VoiceError: it can't be written.
    """
    encoded = io.BytesIO()
    try:
        # The encoder says nothing of a disk that is full; bytes that are written by hand do.
        soundfile.write(encoded, samples, sample_rate, format="FLAC", subtype="PCM_24")
        with atomic_file(path) as partial:
            partial.write_bytes(encoded.getbuffer())
    except (OSError, soundfile.SoundFileError) as exc:
        raise _unwritten(path, exc) from exc


def write_mp3(samples: NDArray[np.float32], sample_rate: int, path: Path) -> None:
    """Write a mono MP3, atomically.

    Raises:
        VoiceError: it can't be written.
    """
    whole = np.round(np.clip(samples, -1, 1) * np.iinfo(np.int16).max).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(whole[np.newaxis], format="s16p", layout="mono")
    frame.sample_rate = sample_rate
    try:
        with atomic_file(path) as partial, av.open(str(partial), "w", format="mp3") as file:
            stream = file.add_stream("libmp3lame", rate=sample_rate, layout="mono")
            stream.bit_rate = _MP3_BITS_PER_SECOND
            file.mux([*stream.encode(frame), *stream.encode(None)])
    except (OSError, av.FFmpegError) as exc:
        raise _unwritten(path, exc) from exc


def _unwritten(path: Path, exc: Exception) -> VoiceError:
    return VoiceError(
        f"The speech can't be written: {str(exc).splitlines()[0]}",
        where=str(path),
        cure=UNWRITTEN_CURE,
    )


def _limited(samples: NDArray[np.float32], gain: float, sample_rate: int) -> NDArray[np.float32]:
    """Turn the whole up by `gain` dB, and peaks down to the ceiling for some milliseconds."""
    ceiling = 10 ** (PEAK_DBTP / 20)
    limited = _filtered(
        samples,
        sample_rate,
        [
            ("volume", f"{gain}dB:precision=float"),
            _oversampling(sample_rate),
            ("alimiter", f"limit={ceiling}:level=disabled:attack=5:release=50:latency=1"),
            ("aresample", str(sample_rate)),
        ],
    )
    return limited[: len(samples)]


def _oversampling(sample_rate: int) -> tuple[str, str]:
    return ("aresample", str(_OVERSAMPLING * sample_rate))


def _blocks(samples: NDArray[np.float32], sample_rate: int) -> list[NDArray[np.float32]]:
    """Split samples into seconds: a filter holds several copies of each block."""
    return np.split(samples[:, np.newaxis], range(sample_rate, len(samples), sample_rate))


def _filtered(
    samples: NDArray[np.float32], sample_rate: int, filters: Sequence[tuple[str, str]]
) -> NDArray[np.float32]:
    chain = [*filters, ("aformat", "sample_fmts=flt")]
    frames = audio.filtered(_blocks(samples, sample_rate), sample_rate, "mono", chain)
    return np.concatenate([frame.to_ndarray().ravel() for frame in frames])
