from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
import soundfile
from fakes.disk import disk_full_after
from numpy.typing import NDArray
from scipy.signal import resample_poly

from videogen.errors import VoiceError
from videogen.voiceover import level as mastering

RATE = 24_000


def bursts(seconds: float, level: float) -> NDArray[np.float32]:
    """Noise in syllables with a sharp peak now and then, as speech has."""
    rng = np.random.default_rng(7)
    count = int(seconds * RATE)
    envelope = np.clip(np.sin(np.arange(count) / RATE * 2 * np.pi * 3), 0, 1)
    sound = rng.standard_normal(count) * envelope * level
    sound[:: RATE // 2] *= 8
    return np.asarray(sound, np.float32)


def loudness(samples: NDArray[np.float32]) -> float:
    """What another library measures, of a sound repeated to a second."""
    repeated = np.resize(samples, max(len(samples), RATE)).astype(np.float64)
    return float(pyloudnorm.Meter(RATE).integrated_loudness(repeated))


def true_peak(samples: NDArray[np.float32]) -> float:
    """The highest level at eight times the rate, by another library's filter, in dBTP."""
    return float(20 * np.log10(np.abs(resample_poly(samples, 8, 1)).max()))


@pytest.mark.parametrize("level", [0.002, 0.05, 0.4])
@pytest.mark.parametrize("seconds", [0.1, 0.39, 1.0, 12.0])
def test_any_speech_comes_out_equally_loud_and_below_the_peak(level: float, seconds: float) -> None:
    sound = bursts(seconds, level)

    levelled = mastering.level(sound, RATE)

    assert len(levelled) == len(sound)
    assert loudness(levelled) == pytest.approx(-16, abs=1)
    assert true_peak(levelled) < -1


def test_two_libraries_agree_on_how_loud_speech_is() -> None:
    sound = bursts(12.0, 0.1)

    assert mastering.loudness(sound, RATE) == pytest.approx(loudness(sound), abs=0.1)


def test_levelled_speech_is_neither_late_nor_early() -> None:
    sound = bursts(2.0, 0.4)

    levelled = mastering.level(sound, RATE)

    shifts = range(-48, 49)
    likeness = [float(np.dot(np.roll(levelled, -shift), sound)) for shift in shifts]
    assert shifts[int(np.argmax(likeness))] == 0


def test_silence_stays_silent() -> None:
    silence = np.zeros(RATE, np.float32)

    assert not mastering.level(silence, RATE).any()


def test_a_peak_between_two_samples_is_seen() -> None:
    # A sine at a quarter of the rate, sampled 45 degrees off its crests.
    sine = np.sin(np.arange(RATE) * np.pi / 2 + np.pi / 4).astype(np.float32)

    swelling = sine * np.hanning(RATE).astype(np.float32)

    assert np.abs(swelling).max() == pytest.approx(0.7071, abs=1e-4)
    assert mastering.true_peak(swelling, RATE) == pytest.approx(0.0, abs=0.1)


def test_both_files_hold_the_same_length_of_one_channel(tmp_path: Path) -> None:
    samples = mastering.level(bursts(2.0, 0.1), RATE)

    mastering.write_master(samples, RATE, tmp_path / "a.flac")
    mastering.write_mp3(samples, RATE, tmp_path / "a.mp3")

    for name in ("a.flac", "a.mp3"):
        read, rate = soundfile.read(tmp_path / name)
        assert (rate, read.shape) == (RATE, samples.shape)


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
@pytest.mark.parametrize("write", [mastering.write_mp3, mastering.write_master])
def test_no_space_left_is_one_clear_error_and_leaves_no_half_file(
    tmp_path: Path, write: Callable[[NDArray[np.float32], int, Path], None]
) -> None:
    samples = bursts(10.0, 0.1)

    with disk_full_after(20_000), pytest.raises(VoiceError, match="can't be written") as raised:
        write(samples, RATE, tmp_path / "scene-1.audio")

    assert len(str(raised.value).splitlines()) == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
@pytest.mark.parametrize("write", [mastering.write_mp3, mastering.write_master])
def test_no_space_left_for_the_last_bytes_is_told_as_well(
    tmp_path: Path, write: Callable[[NDArray[np.float32], int, Path], None]
) -> None:
    samples, path = bursts(2.0, 0.1), tmp_path / "scene-1.audio"
    write(samples, RATE, path)
    whole = path.stat().st_size

    with disk_full_after(whole - 1), pytest.raises(VoiceError, match="can't be written"):
        write(samples, RATE, path)

    assert path.stat().st_size == whole


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")

    with pytest.raises(VoiceError, match="can't be written"):
        mastering.write_mp3(bursts(0.5, 0.1), RATE, blocked / "a.mp3")
    with pytest.raises(VoiceError, match="can't be written"):
        mastering.write_master(bursts(0.5, 0.1), RATE, blocked / "a.flac")
