"""The finished sound, decoded and measured."""

from __future__ import annotations

import math
import re
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from imageio_ffmpeg import get_ffmpeg_exe
from numpy.typing import NDArray

from videogen.assembly.sound.master import render_sound
from videogen.assembly.sound.music import MusicBed
from videogen.assembly.sound.narration import narration
from videogen.assembly.sound.room_tone import RoomTone
from videogen.assembly.sound.track import Slot, Sound
from videogen.assembly.sound.tracks import music_tracks
from videogen.errors import AssemblyError, UsageError
from videogen.media import guarded as guarding
from videogen.media.audio import check_sound

SECOND = 48_000
Signal = NDArray[np.float64]


def speech(seconds: float, level: float, *, rate: int = 24_000) -> Signal:
    """Return syllables of coloured noise with pauses, like speech in loudness and in peaks."""
    chance = np.random.default_rng(7)
    noise = np.convolve(chance.normal(0, 1, round(seconds * rate)), np.ones(6) / 6, "same")
    times = np.arange(len(noise)) / rate
    voiced = np.clip(np.sin(2 * np.pi * 2.5 * times), 0, 1)
    return np.asarray(np.clip(level * noise * voiced, -0.9, 0.9))


@pytest.fixture
def scene(tmp_path: Path) -> Callable[[float, float, float], Slot]:
    def made(seconds: float, level: float, slot: float) -> Slot:
        path = tmp_path / f"voice-{seconds}-{level}.flac"
        soundfile.write(path, speech(seconds, level), 24_000)
        return Slot(path, round(slot * SECOND))

    return made


@pytest.fixture
def tune(tmp_path: Path) -> Path:
    """A chord of five seconds that ends half a wave away from where it begins."""
    times = np.arange(5 * 44_100) / 44_100
    chord = sum(0.15 * np.cos(2 * np.pi * pitch * times) for pitch in (220.3, 277.7, 331.1))
    path = tmp_path / "tune.wav"
    soundfile.write(path, np.column_stack([chord, chord]), 44_100)
    return path


def decoded(path: Path) -> Signal:
    with av.open(path) as container:
        parts = [frame.to_ndarray() for frame in container.decode(audio=0)]
    return np.asarray(np.concatenate(parts, axis=1).mean(axis=0), np.float64)


def measured(path: Path) -> tuple[float, float]:
    """Return a file's integrated loudness in LUFS and its true peak in dB, by FFmpeg's meter."""
    done = subprocess.run(
        [get_ffmpeg_exe(), "-i", path, "-af", "ebur128=peak=true", "-f", "null", "-"],
        check=True,
        capture_output=True,
        text=True,
    )
    summary = done.stderr[done.stderr.rindex("Summary") :]
    loudness = re.search(r"I:\s+(-?[\d.]+) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)
    assert loudness
    assert peak
    return float(loudness[1]), float(peak[1])


@pytest.mark.parametrize("level", [0.06, 0.3, 1.2])
def test_quiet_and_loud_narration_both_end_at_minus_14_lufs(
    level: float, scene: Callable[[float, float, float], Slot], tmp_path: Path
) -> None:
    path = tmp_path / "sound.m4a"

    render_sound(Sound((scene(6, level, 6.5), scene(4, level, 4.2))), path)

    loudness, peak = measured(path)
    assert loudness == pytest.approx(-14, abs=1)
    assert peak < -1


def test_music_keeps_the_whole_at_its_loudness(
    scene: Callable[[float, float, float], Slot], tune: Path, tmp_path: Path
) -> None:
    path = tmp_path / "sound.m4a"

    render_sound(Sound((scene(6, 0.3, 9), scene(4, 0.3, 8)), (tune,)), path)

    loudness, peak = measured(path)
    assert loudness == pytest.approx(-14, abs=1)
    assert peak < -1


def quietest(heard: Signal, seconds: float) -> float:
    """Return the lowest level, as RMS in dB of full scale, that a sound keeps for so long."""
    window = round(seconds * SECOND)
    sums = np.concatenate([[0.0], np.cumsum(heard**2)])
    return 10 * math.log10(float((sums[window:] - sums[:-window]).min()) / window + 1e-12)


def test_where_nothing_is_said_a_room_is_heard_and_no_dead_silence(
    scene: Callable[[float, float, float], Slot], tmp_path: Path
) -> None:
    path = tmp_path / "sound.m4a"
    pause = Slot(None, 2 * SECOND)

    render_sound(Sound((pause, scene(4, 0.3, 7), pause)), path)

    heard = decoded(path)
    assert -60 < quietest(heard, 0.3) < -54
    assert -59 < quietest(heard[-2 * SECOND :], 1.5) < -54
    assert np.abs(heard[: 2 * SECOND]).max() < 10 ** (-38 / 20)


def test_the_tone_of_the_room_has_no_seam() -> None:
    tone = RoomTone()
    heard = np.concatenate([tone.take(SECOND) for _ in range(18)])

    steps = np.abs(np.diff(heard, axis=0))
    around = steps[16 * SECOND - 50 : 16 * SECOND + 50]
    assert around.max() < np.percentile(steps, 99.99)
    assert np.array_equal(heard[: 2 * SECOND], heard[16 * SECOND :])


def test_every_scene_begins_on_its_own_sample(tmp_path: Path) -> None:
    path = tmp_path / "tick.wav"
    tick = np.zeros(12_000)
    tick[6_000] = 0.8
    soundfile.write(path, tick, 24_000)
    slots = (SECOND + 1, 2 * SECOND + 7, 999 + SECOND)

    heard = np.concatenate(list(narration(tuple(Slot(path, samples) for samples in slots))))

    places = np.flatnonzero(heard > 0.7)
    assert len(heard) == sum(slots)
    assert places.tolist() == [12_000, 12_000 + slots[0], 12_000 + slots[0] + slots[1]]


def test_no_join_clicks(tmp_path: Path) -> None:
    path = tmp_path / "loud-to-the-edge.wav"
    soundfile.write(path, np.full(24_000, 0.5), 24_000)
    slot = SECOND

    heard = np.concatenate(list(narration((Slot(path, slot),) * 5)))

    for join in range(0, 5 * slot + 1, slot):
        around = heard[max(0, join - 200) : join + 200]
        assert np.abs(np.diff(around)).max() < 0.01


def test_music_gives_way_to_speech_and_fades_at_both_ends(
    scene: Callable[[float, float, float], Slot], tune: Path, tmp_path: Path
) -> None:
    path = tmp_path / "sound.m4a"
    pause = Slot(None, 6 * SECOND)
    render_sound(Sound((pause, scene(4, 0.3, 8), pause), (tune,)), path)

    heard = decoded(path)

    def level(start: float, end: float) -> float:
        part = heard[round(start * SECOND) : round(end * SECOND)]
        return 10 * math.log10(float(np.mean(part**2)) + 1e-12)

    def chord(start: float, end: float) -> float:
        part = heard[round(start * SECOND) : round(end * SECOND)] * np.hanning(
            round(end * SECOND) - round(start * SECOND)
        )
        spectrum = np.abs(np.fft.rfft(part)) / len(part)
        return 20 * math.log10(float(spectrum[round(220.3 * (end - start))]) + 1e-12)

    assert chord(3, 5) - chord(7.5, 9.5) > 6
    assert level(0, 0.1) < level(3, 5) - 12
    assert level(19.9, 20) < level(3, 5) - 12


def bed(paths: tuple[Path, ...], seconds: int) -> Signal:
    """Return the music alone, as it is where nobody speaks for so long."""
    music = MusicBed(paths, -14, seconds * SECOND)
    silence = np.zeros(SECOND, np.float32)
    parts = [music.under(silence) for _ in range(seconds)]
    return np.asarray(np.concatenate(parts).mean(axis=1), np.float64)


def test_music_is_looped_without_a_seam(tune: Path) -> None:
    heard = bed((tune,), 14)[2 * SECOND : 10 * SECOND]

    steps = np.abs(np.diff(heard))
    assert steps.max() < 1.5 * np.percentile(steps, 99.5)
    levels = np.sqrt((heard[: 7 * SECOND].reshape(14, -1) ** 2).mean(axis=1))
    assert all(after > before / 2 for before, after in pairwise(levels))


def test_pieces_of_music_follow_each_other_equally_loud_and_without_a_seam(tmp_path: Path) -> None:
    times = np.arange(6 * SECOND) / SECOND
    pieces = []
    for number, (pitch, level) in enumerate([(220.0, 0.02), (330.0, 0.6)]):
        pieces.append(tmp_path / f"{number}.flac")
        soundfile.write(pieces[-1], level * np.cos(2 * np.pi * pitch * times), SECOND)

    heard = bed(tuple(pieces), 16)[2 * SECOND : 13 * SECOND]

    steps = np.abs(np.diff(heard))
    assert steps.max() < 1.5 * np.percentile(steps, 99)
    levels = 10 * np.log10((heard.reshape(11, -1) ** 2).mean(axis=1))
    assert levels.max() - levels.min() < 4
    spectra = (np.abs(np.fft.rfft(heard[at * SECOND : (at + 1) * SECOND])) for at in (0, 3))
    assert [int(spectrum.argmax()) for spectrum in spectra] == [220, 330]


def test_a_folder_gives_its_music_in_an_order_of_the_project_s_own(tmp_path: Path) -> None:
    for name in ("a.mp3", "b.WAV", "c.flac", "d.ogg", "notes.txt"):
        (tmp_path / name).touch()

    orders = {music_tracks(tmp_path, str(project)) for project in range(40)}

    assert music_tracks(tmp_path, "7") == music_tracks(tmp_path, "7")
    assert len(orders) > 5
    assert {frozenset(path.name for path in order) for order in orders} == {
        frozenset({"a.mp3", "b.WAV", "c.flac", "d.ogg"})
    }


def test_a_folder_without_music_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cover.jpg").touch()

    with pytest.raises(UsageError, match="no music"):
        music_tracks(tmp_path, "7")


@pytest.mark.parametrize("seconds", [0.2, 5.0])
def test_music_of_any_length_fills_the_cut(seconds: float, tmp_path: Path) -> None:
    short = tmp_path / "short.wav"
    soundfile.write(short, speech(seconds, 0.3, rate=44_100), 44_100)
    path = tmp_path / "sound.m4a"

    render_sound(Sound((Slot(None, 7 * SECOND),), (short,)), path)

    assert len(decoded(path)) == pytest.approx(7 * SECOND, abs=1024)


@pytest.mark.parametrize("content", [b"", b"no music"])
def test_what_is_no_music_is_named(content: bytes, tmp_path: Path) -> None:
    music = tmp_path / "music.mp3"
    music.write_bytes(content)

    with pytest.raises(AssemblyError, match=r"music\.mp3"):
        render_sound(Sound((Slot(None, SECOND),), (music,)), tmp_path / "sound.m4a")
    assert [path.name for path in tmp_path.iterdir()] == ["music.mp3"]


def test_a_lost_recording_is_named(tmp_path: Path) -> None:
    lost = Slot(tmp_path / "lost.flac", SECOND)

    with pytest.raises(AssemblyError, match=r"lost\.flac"):
        render_sound(Sound((lost,)), tmp_path / "sound.m4a")


def test_music_that_cannot_be_heard_is_refused_in_a_process_that_may_die(
    tune: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_sound(tune)
    monkeypatch.setattr(guarding, "_PATIENCE", 0.0)

    with pytest.raises(AssemblyError, match="takes longer"):
        check_sound(tune)
