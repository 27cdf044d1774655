"""How near libav's resampler comes to scipy's on recordings: resampling.py scene-*.flac."""

from __future__ import annotations

import sys

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy.signal import resample_poly

from videogen.media.audio import Samples, resampled

RATE = 48_000
HEARD_HZ, MIRRORED_HZ, BAND_HZ = 11_000, 12_050, 200


def main() -> None:
    """Print a line a recording."""
    for path in sys.argv[1:]:
        sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
        mono = sound.mean(axis=1)
        ours = resampled(mono, rate, RATE)
        common = np.gcd(rate, RATE)
        theirs = resample_poly(mono, RATE // common, rate // common)
        compare(path, ours, theirs)


def compare(path: str, ours: Samples, theirs: Samples) -> None:
    """Print how two conversions of one recording differ."""
    pitches = np.fft.rfftfreq(len(ours), 1 / RATE)
    energies, expected = (np.abs(np.fft.rfft(sound)) ** 2 for sound in (ours, theirs))
    error = np.abs(np.fft.rfft(ours - theirs)) ** 2
    heard, mirrored = pitches < HEARD_HZ, pitches > MIRRORED_HZ
    bands = [
        (decibels(energies[band].sum() / expected[band].sum()), low)
        for low in range(100, HEARD_HZ, BAND_HZ)
        if (band := (pitches >= low) & (pitches < low + BAND_HZ)).any()
    ]
    print(
        f"{path}: {len(ours) - len(theirs)} samples longer, shifted by {shift(ours, theirs)};"
        f" below 11 kHz SNR {decibels(expected[heard].sum() / error[heard].sum()):.1f} dB,"
        f" largest difference of a band {max(bands, key=lambda band: abs(band[0]))} dB, Hz;"
        f" above 12 kHz {decibels(energies[mirrored].sum() / energies.sum()):.1f} dB,"
        f" scipy's {decibels(expected[mirrored].sum() / expected.sum()):.1f} dB"
    )


def shift(ours: Samples, theirs: Samples) -> int:
    """Return by how many samples ours lies behind theirs."""
    spectrum = np.fft.rfft(ours, 2 * len(ours)) * np.conj(np.fft.rfft(theirs, 2 * len(ours)))
    likeness: NDArray[np.float64] = np.fft.irfft(spectrum)
    best = int(likeness.argmax())
    return best if best < len(ours) else best - 2 * len(ours)


def decibels(ratio: float) -> float:
    """Return a ratio of energies in dB."""
    return round(10 * float(np.log10(ratio)), 3)


if __name__ == "__main__":
    main()
