from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median

import av
import numpy as np
import pyloudnorm
import pytest
import soundfile
from av import AudioStream
from numpy.typing import NDArray

from videogen.domain.speech import Word
from videogen.errors import VoiceError
from videogen.media import guarded as guarding
from videogen.voiceover import level as mastering
from videogen.voiceover import recordings
from videogen.voiceover.alignment import timed_on
from videogen.voiceover.engines import VoiceSetup, voice_engine
from videogen.voiceover.engines.base import Speech
from videogen.voiceover.recordings import read_recording

RATE = 48_000
SENTENCES = (
    "Ships carried the news for centuries.",
    "Today, cables on the ocean floor carry it, and almost nobody thinks about them.",
)
Sound = NDArray[np.float32]


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * RATE), np.float32)


def tone(seconds: float, amplitude: float = 0.2) -> Sound:
    """A vowel of sorts: a tone of 180 Hz and its overtones."""
    at = np.arange(round(seconds * RATE)) * 2 * np.pi * 180 / RATE
    wave = sum(np.sin(at * k) / k for k in range(1, 9))
    return np.asarray(amplitude * wave, np.float32)


def write(path: Path, sound: Sound, codec: str, *, layout: str = "mono") -> Path:
    """Encode one channel through libav, the same in both channels of stereo."""
    channels = 2 if layout == "stereo" else 1
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=RATE, layout=layout)
        assert isinstance(stream, AudioStream)
        frame = av.AudioFrame.from_ndarray(
            np.repeat(sound, channels)[np.newaxis], format="flt", layout=layout
        )
        frame.sample_rate = RATE
        resampler = av.AudioResampler(stream.format, layout, RATE, stream.frame_size or None)
        for part in [*resampler.resample(frame), *resampler.resample(None), None]:
            container.mux(stream.encode(part))
    return path


@pytest.fixture(scope="module")
def spoken(voice_cache: Path) -> tuple[Speech, Sound, tuple[Word, ...]]:
    """What the model makes, and a recording of it at another speed with true times of its words.

    The recording has a second of silence around it and 0.7 s between its two sentences.
    """
    engine = voice_engine(VoiceSetup(voice_cache, threads=1))
    model = engine.speak(engine.pronounce(" ".join(SENTENCES), "af_sky"), 1.0)
    parts, words, at = [silence(1.0)], list[Word](), 1.0
    for sentence, pause in zip(SENTENCES, (0.7, 1.0), strict=True):
        said = engine.speak(engine.pronounce(sentence, "af_sky"), 0.9)
        doubled = np.repeat(said.samples, 2)
        words += [Word(word.text, word.start + at, word.end + at) for word in said.words]
        parts += [doubled, silence(pause)]
        at += said.duration + pause
    return model, np.concatenate(parts) * np.float32(0.2), tuple(words)


@pytest.mark.parametrize(
    ("name", "codec", "layout"),
    [
        ("scene-1.wav", "pcm_s16le", "mono"),
        ("scene-1.flac", "flac", "stereo"),
        ("scene-1.mp3", "libmp3lame", "stereo"),
        ("scene-1.m4a", "aac", "mono"),
        ("scene-1.ogg", "libopus", "mono"),
        ("scene-1.webm", "libopus", "stereo"),
    ],
)
def test_a_recording_of_any_format_is_trimmed_timed_and_as_loud_as_every_scene(
    tmp_path: Path,
    spoken: tuple[Speech, Sound, tuple[Word, ...]],
    name: str,
    codec: str,
    layout: str,
) -> None:
    model, sound, true = spoken
    path = write(tmp_path / name, sound, codec, layout=layout)

    recording = read_recording(path)

    words = timed_on(recording.spoken, model.words)
    # The trimmed recording is laid on the whole one to see how much was cut off before it.
    cut = _shift(sound, recording.samples)
    edges = [
        (abs(word.start + cut - at.start), abs(word.end + cut - at.end))
        for word, at in zip(words, true, strict=True)
    ]
    assert median(edge for pair in edges for edge in pair) < 0.08
    assert recording.spoken[0][0] == pytest.approx(0.1, abs=0.02)
    assert recording.spoken[-1][1] == pytest.approx(recording.duration - 0.15, abs=0.02)
    assert recording.duration == pytest.approx(true[-1].end - true[0].start + 0.25, abs=0.2)
    levelled = mastering.level(recording.samples, recording.sample_rate)
    assert pyloudnorm.Meter(RATE).integrated_loudness(levelled.astype(np.float64)) == pytest.approx(
        -16, abs=1
    )


def _shift(whole: Sound, part: Sound) -> float:
    """How many seconds into a sound a part of it begins, where their envelopes agree best."""
    step = RATE // 100
    loud, heard = (
        np.abs(sound[: len(sound) // step * step]).reshape(-1, step).mean(axis=1)
        for sound in (whole, part)
    )
    return float(np.correlate(loud, heard, "valid").argmax()) / 100


def test_stretches_that_are_spoken_are_told_from_the_tone_of_a_noisy_room(tmp_path: Path) -> None:
    sound = np.concatenate([silence(1.2), tone(0.8), silence(0.6), tone(1.0), silence(0.9)])
    noise = np.random.default_rng(3).standard_normal(len(sound)).astype(np.float32)
    path = write(tmp_path / "scene-1.wav", sound + 0.02 * noise, "pcm_s16le")

    recording = read_recording(path)

    assert [edge for stretch in recording.spoken for edge in stretch] == pytest.approx(
        [0.1, 0.9, 1.5, 2.5], abs=0.04
    )
    assert recording.duration == pytest.approx(2.65, abs=0.04)


def test_the_offset_of_a_cheap_microphone_is_no_sound(tmp_path: Path) -> None:
    sound = np.concatenate([silence(1.0), tone(1.0, 0.05), silence(1.0)]) + np.float32(0.2)

    recording = read_recording(write(tmp_path / "scene-1.wav", sound, "pcm_s16le"))

    assert recording.duration == pytest.approx(1.25, abs=0.06)


def test_a_short_silence_before_the_first_word_counts_as_silence(tmp_path: Path) -> None:
    sound = np.concatenate([silence(0.2), tone(0.1)])

    recording = read_recording(write(tmp_path / "scene-1.wav", sound, "pcm_s16le"))

    assert recording.spoken[0] == pytest.approx((0.1, 0.2), abs=0.02)


def test_samples_above_full_scale_are_turned_down_not_cut(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "scene-1.wav", 4 * tone(1.0), RATE, subtype="FLOAT")

    samples = read_recording(tmp_path / "scene-1.wav").samples

    assert (np.abs(samples) > 0.99).mean() < 0.01


@pytest.mark.parametrize("seconds", [0.0, 0.0001, 2.0])
def test_a_silent_recording_is_refused_with_its_file_and_a_cure(
    tmp_path: Path, seconds: float
) -> None:
    path = tmp_path / "scene-1.wav"
    soundfile.write(path, silence(seconds), RATE)

    with pytest.raises(VoiceError, match="silent") as raised:
        read_recording(path)

    assert str(path) in raised.value.where
    assert raised.value.cure


def _no_sound_file(path: Path) -> None:
    path.write_text("RIFF, but not really")


def _empty(path: Path) -> None:
    path.touch()


def _playlist(path: Path) -> None:
    other = path.with_name("other.wav")
    soundfile.write(other, tone(1.0), RATE)
    path.write_text(f"ffconcat version 1.0\nfile {other.name}\n")


def _not_a_number(path: Path) -> None:
    sound = tone(1.0)
    sound[500] = np.nan
    soundfile.write(path, sound, RATE, subtype="FLOAT")


def _cut_short(path: Path) -> None:
    soundfile.write(path.with_suffix(".flac"), tone(3.0), RATE)
    whole = path.with_suffix(".flac").read_bytes()
    path.write_bytes(whole[: len(whole) // 2 + 7])


@pytest.mark.parametrize("make", [_no_sound_file, _empty, _playlist, _not_a_number, _cut_short])
def test_what_is_no_whole_sound_is_refused_with_its_file_and_a_cure(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    path = tmp_path / "scene-1.wav"
    make(path)

    with pytest.raises(VoiceError, match=r"can't be read|damaged") as raised:
        read_recording(path)

    assert str(path) in raised.value.where
    assert raised.value.cure


def test_a_recording_without_end_is_refused_as_soon_as_it_is_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recordings, "LONGEST_SECONDS", 2)
    path = write(tmp_path / "scene-1.wav", tone(2.1), "pcm_s16le")

    with pytest.raises(VoiceError, match="longer than"):
        read_recording(path)


def test_a_recording_that_is_never_read_to_its_end_is_refused_with_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "scene-1.wav", tone(1.5), "pcm_s16le")
    assert recordings.recorded_seconds(path) == pytest.approx(1.5, abs=0.4)
    monkeypatch.setattr(guarding, "_PATIENCE", 0.0)

    with pytest.raises(VoiceError, match="takes longer") as raised:
        recordings.recorded_seconds(path)

    assert str(path) in raised.value.where
