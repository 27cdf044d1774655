"""Speech brought to an even loudness and written down: a lossless master and an MP3."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from videogen.errors import VoiceError
from videogen.workspace import atomic_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LOUDNESS_LUFS = -16.0
# The recording keeps a decibel for what MP3 adds to peaks; both stay below -1 dBTP.
PEAK_DBTP = -2.0

_OVERSAMPLING = 8  # 192 kHz from 24, the rate of ITU-R BS.1770-5, annex 2
_LOOKAHEAD_SECONDS = 0.005
_BLOCK_SECONDS = 0.4
_CLOSE_ENOUGH_DB = 0.1
_MOST_ROUNDS = 6
_MP3_BITS_PER_SECOND = 128_000


def level(samples: NDArray[np.float32], sample_rate: int) -> NDArray[np.float32]:
    """Return speech at -16 LUFS (EBU R128) with its true peak below -1 dBTP.

    What peaks higher is turned down for some milliseconds, and the whole up again for it.
    Silence stays as it is.
    """
    import numpy as np

    gain = 0.0
    levelled = samples
    for _ in range(_MOST_ROUNDS):
        missing = LOUDNESS_LUFS - loudness(levelled, sample_rate)
        if not np.isfinite(missing) or abs(missing) < _CLOSE_ENOUGH_DB:
            break
        gain += missing
        levelled = _limited(samples * np.float32(10 ** (gain / 20)), sample_rate)
    return levelled


def loudness(samples: NDArray[np.float32], sample_rate: int) -> float:
    """Return integrated loudness in LUFS; minus infinity for silence.

    What is shorter than the measure's block of 0.4 s is measured as if it were repeated.
    """
    import numpy as np
    import pyloudnorm

    block = int(np.ceil(_BLOCK_SECONDS * sample_rate))
    if len(samples) < block:
        samples = np.resize(samples, block)
    if not samples.any():
        return -np.inf
    meter = pyloudnorm.Meter(sample_rate, block_size=_BLOCK_SECONDS)
    return float(meter.integrated_loudness(samples.astype(np.float64)))


def true_peak(samples: NDArray[np.float32]) -> float:
    """Return the highest level between and at the samples, in dBTP."""
    import numpy as np

    return float(20 * np.log10(max(float(_envelope(samples).max()), 1e-9)))


def write_master(samples: NDArray[np.float32], sample_rate: int, path: Path) -> None:
    """Write mono FLAC of 24 bits, atomically.

    Raises:
        VoiceError: it can't be written.
    """
    import soundfile

    try:
        with atomic_file(path) as partial:
            soundfile.write(partial, samples, sample_rate, format="FLAC", subtype="PCM_24")
    except (OSError, soundfile.SoundFileError) as exc:
        raise _unwritten(path, exc) from exc


def write_mp3(samples: NDArray[np.float32], sample_rate: int, path: Path) -> None:
    """Write a mono MP3, atomically.

    Raises:
        VoiceError: it can't be written.
    """
    import av
    import numpy as np

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
        cure="Free some space on that disk and check that its folder may be written, then resume.",
    )


def _envelope(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The magnitude around each sample, peaks between samples included."""
    import numpy as np
    from scipy.signal import resample_poly

    between = np.abs(resample_poly(samples, _OVERSAMPLING, 1)).reshape(-1, _OVERSAMPLING)
    envelope: NDArray[np.float32] = between.max(axis=1).astype(np.float32)
    return envelope


def _limited(samples: NDArray[np.float32], sample_rate: int) -> NDArray[np.float32]:
    """Turn peaks down to the ceiling, smoothly, a few milliseconds before and after each."""
    import numpy as np
    from scipy.ndimage import convolve1d, minimum_filter1d

    ceiling = np.float32(10 ** (PEAK_DBTP / 20))
    needed = np.minimum(1.0, ceiling / np.maximum(_envelope(samples), 1e-9))
    reach = int(_LOOKAHEAD_SECONDS * sample_rate)
    window = np.hanning(2 * reach + 1)
    held = minimum_filter1d(needed, 2 * reach + 1, mode="nearest")
    gain = convolve1d(held, window / window.sum(), mode="nearest")
    limited: NDArray[np.float32] = (samples * gain).astype(np.float32)
    return limited
