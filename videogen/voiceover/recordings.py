"""Scenes that someone recorded in a voice of their own: found, read and trimmed.

pydub says what of a recording is silent and cuts and fades it; libav decodes it, since pydub would
ask for programs on the PATH that a user need not have. What is loud and quiet is left as it was:
`level` brings a recording to the loudness of every other scene, which pydub can't measure.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from videogen.errors import AssemblyError, UnusableClip, UsageError, VoiceError
from videogen.media import audio
from videogen.media.guarded import guarded
from videogen.voiceover.level import loudness

with warnings.catch_warnings():
    # pydub warns that it finds no program for decoding, which it is never asked for here.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment
    from pydub.silence import detect_nonsilent

SAMPLE_RATE = 48_000
LONGEST_SECONDS = 600

_NAME = re.compile(r"scene[-_ ]?0*([1-9][0-9]{0,3})", re.IGNORECASE)
_NAMES = "Name them scene-1.wav, scene-2.m4a, and so on."
_ANEW = "Export or record it anew, as WAV or FLAC for instance."

# Rumble and a microphone's offset lie below every voice, and would pass for sound in a pause.
_FILTERS = (("highpass", "f=60"), ("aformat", "sample_fmts=flt"))
_FAINTEST_LUFS = -60.0
# Breath and a quiet room lie further than this below speech; the weakest consonants do too, which
# the lead and the tail are left for. Of a noisy room, silence is what is little above its noise floor.
_SILENCE_LU, _NOISIEST_LU = 24.0, 14.0
_ABOVE_FLOOR_DB = 4.0
_PAUSE_MS = 250
_CLICK_MS = 40
_STEP_MS = 10
_LEAD_MS, _TAIL_MS, _FADE_MS = 100, 150, 10
_FULL_SCALE = 2**31


@dataclass(frozen=True, slots=True)
class Recording:
    """Trimmed samples of one channel, float32 in -1 to 1; `spoken` is what of it isn't silent.

    Each stretch of `spoken` has its start and end in seconds.
    """

    samples: NDArray[np.float32]
    sample_rate: int
    spoken: tuple[tuple[float, float], ...]

    @property
    def duration(self) -> float:
        """Seconds."""
        return len(self.samples) / self.sample_rate


def find_recordings(folder: Path) -> Mapping[int, Path]:
    """Return the recordings of a folder by scene number; other files in it are left alone.

    Raises:
        UsageError: the folder can't be read or holds no recording, or a scene has two.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as exc:
        raise UsageError(
            "The folder of recordings can't be read", where=str(folder), cure="Check --recordings."
        ) from exc
    found: dict[int, Path] = {}
    for path in files:
        if named := _NAME.fullmatch(path.stem):
            first = found.setdefault(int(named[1]), path)
            if first != path:
                raise UsageError(
                    f"Scene {named[1]} has two recordings: {first.name} and {path.name}",
                    where=str(folder),
                    cure="Leave one of them in the folder.",
                )
    if not found:
        raise UsageError("The folder holds no recording", where=str(folder), cure=_NAMES)
    return found


def read_recording(path: Path) -> Recording:
    """Read a recording of any format without the silence before and after what is said.

    Raises:
        VoiceError: it can't be read, is damaged, silent, or longer than ten minutes.
    """
    samples = _decoded(path)
    lufs = loudness(samples, SAMPLE_RATE)
    segment = _segment(samples)
    spoken: list[tuple[int, int]] = []
    if lufs > _FAINTEST_LUFS and len(segment) >= _CLICK_MS:
        spoken = _spoken(segment, _threshold(segment, lufs))
    if not spoken:
        raise VoiceError(
            "The recording is silent", where=str(path), cure="Record it anew, closer or louder."
        )
    start = max(0, spoken[0][0] - _LEAD_MS)
    trimmed = segment[start : spoken[-1][1] + _TAIL_MS].fade_in(_FADE_MS).fade_out(_FADE_MS)
    return Recording(
        (np.frombuffer(trimmed.raw_data, np.int32) / _FULL_SCALE).astype(np.float32),
        SAMPLE_RATE,
        tuple(((first - start) / 1000, (end - start) / 1000) for first, end in spoken),
    )


def recorded_seconds(path: Path) -> float:
    """Return how long a recording is, read in a process that may die of it.

    Raises:
        VoiceError: as for `read_recording`, or it ended the process.
    """
    try:
        return guarded(_seconds, path)
    except UnusableClip as exc:
        raise VoiceError(
            f"The recording can't be read: {exc.what}", where=str(path), cure=_ANEW
        ) from exc


def _seconds(path: Path) -> float:
    return read_recording(path).duration


def _decoded(path: Path) -> NDArray[np.float32]:
    blocks = _bounded(audio.decoded(path, SAMPLE_RATE, "mono"), path)
    try:
        frames = audio.filtered(blocks, SAMPLE_RATE, "mono", _FILTERS)
        parts = [frame.to_ndarray().ravel() for frame in frames]
    except (AssemblyError, FFmpegError, ValueError) as exc:
        raise VoiceError(
            "The recording can't be read, or holds no sound", where=str(path), cure=_ANEW
        ) from exc
    samples = np.concatenate([*parts, np.zeros(0)]).astype(np.float32)
    if not np.isfinite(samples).all():
        raise VoiceError("The recording is damaged", where=str(path), cure=_ANEW)
    return samples


def _bounded(blocks: Iterator[audio.Samples], path: Path) -> Iterator[audio.Samples]:
    heard = 0
    for block in blocks:
        heard += len(block)
        if heard > LONGEST_SECONDS * SAMPLE_RATE:
            raise VoiceError(
                f"The recording is longer than {LONGEST_SECONDS // 60} minutes",
                where=str(path),
                cure="Cut it to what the scene says.",
            )
        yield block


def _segment(samples: NDArray[np.float32]) -> AudioSegment:
    # Files of floating point may hold more than full scale.
    scale = (_FULL_SCALE - 1) / max(1.0, float(np.abs(samples).max(initial=0.0)))
    whole = (samples.astype(np.float64) * scale).astype(np.int32)
    return AudioSegment(whole.tobytes(), sample_width=4, frame_rate=SAMPLE_RATE, channels=1)


def _threshold(segment: AudioSegment, lufs: float) -> float:
    """Return the level in dBFS below which a recording of a loudness is silent."""
    levels: list[float] = [
        segment[at : at + _PAUSE_MS].dBFS for at in range(0, len(segment), _PAUSE_MS)
    ]
    floor = sorted(levels)[len(levels) // 20]
    return min(max(floor + _ABOVE_FLOOR_DB, lufs - _SILENCE_LU), lufs - _NOISIEST_LU)


def _spoken(segment: AudioSegment, threshold: float) -> list[tuple[int, int]]:
    """Return the stretches louder than a threshold in dBFS, in milliseconds.

    Silence is laid around, since pydub sees none that is shorter than the pause it looks for.
    """
    around = AudioSegment.silent(_PAUSE_MS, segment.frame_rate).set_sample_width(4)
    found = detect_nonsilent(around + segment + around, _PAUSE_MS, threshold, _STEP_MS)
    inside = ((max(0, a - _PAUSE_MS), min(len(segment), b - _PAUSE_MS)) for a, b in found)
    return [(first, end) for first, end in inside if end - first >= _CLICK_MS]
