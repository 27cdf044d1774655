"""How libav's resampler does beside scipy's: resampling.py [--picture FILE.png] scene-*.flac.

Tones tell what is kept and what is mirrored; recordings how near the two come; the picture shows a
sweep and the first recording by both.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import matplotlib as mpl
import numpy as np
import soundfile
from matplotlib import pyplot as plt
from numpy.typing import NDArray
from scipy.signal import chirp, resample_poly

from videogen.media.audio import Samples, resampled

VOICE_RATE, RATE = 24_000, 48_000
HEARD_HZ, MIRRORED_HZ, BAND_HZ = 11_000, 12_050, 200
TONES_HZ = (100, 1_000, 4_000, 8_000, 9_000, 10_000, 10_500, 11_000, 11_500)
NEAR_HZ = 20


def main() -> None:
    """Print a line a tone and a recording, and draw the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recordings", nargs="*", type=Path)
    parser.add_argument("--picture", type=Path)
    asked = parser.parse_args()
    for tone in TONES_HZ:
        print(f"{tone} Hz:", "; ".join(f"{one} {kept(tone, one)}" for one in ("libav", "scipy")))
    sweep = 0.5 * chirp(np.arange(10 * VOICE_RATE) / VOICE_RATE, 20, 10, VOICE_RATE / 2)
    sounds = [(sweep.astype(np.float32), VOICE_RATE)]
    for path in asked.recordings:
        sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
        sounds.append((sound.mean(axis=1), rate))
        compare(str(path), converted(*sounds[-1], "libav"), converted(*sounds[-1], "scipy"))
    if asked.picture:
        draw(sounds[:2], asked.picture)


def converted(mono: Samples, rate: int, by: str) -> Samples:
    """Return a sound at the cut's rate."""
    if by == "libav":
        return resampled(mono, rate, RATE)
    common = np.gcd(rate, RATE)
    return np.asarray(resample_poly(mono, RATE // common, rate // common))


def kept(tone: int, by: str) -> str:
    """Return in dB what is left of a tone, and what else there is then, mirrored for the most part."""
    sine = 0.5 * np.sin(2 * np.pi * tone * np.arange(4 * VOICE_RATE) / VOICE_RATE)
    found = converted(sine.astype(np.float32), VOICE_RATE, by)[RATE : 3 * RATE]
    exact = 0.5 * np.sin(2 * np.pi * tone * np.arange(RATE, 3 * RATE) / RATE)
    window = np.blackman(len(found))
    energies, expected = (np.abs(np.fft.rfft(one * window)) ** 2 for one in (found, exact))
    near = np.abs(np.fft.rfftfreq(len(found), 1 / RATE) - tone) < NEAR_HZ
    gain = decibels(energies[near].sum() / expected[near].sum())
    return f"{gain:+.2f}, {decibels(energies[~near].sum() / energies[near].sum()):.0f}"


def draw(sounds: list[tuple[Samples, int]], path: Path) -> None:
    """Draw spectrograms, a row a sound: dark is 130 dB below bright."""
    mpl.use("Agg")
    figure, axes = plt.subplots(len(sounds), 2, figsize=(12, 4 * len(sounds)), squeeze=False)
    for row, (mono, rate) in zip(axes, sounds, strict=True):
        for place, by in zip(row, ("libav", "scipy"), strict=True):
            found = converted(mono, rate, by)
            with np.errstate(divide="ignore"):  # of silence
                place.specgram(found, NFFT=2048, Fs=RATE, noverlap=1536, vmin=-160, vmax=-30)
            place.set(title=by, xlabel="s", ylabel="Hz")
    figure.tight_layout()
    figure.savefig(path, dpi=80)


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
