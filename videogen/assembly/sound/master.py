"""The finished sound: -14 LUFS, limited to a true peak, AAC at 48 kHz, in streaming passes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from av import AudioFrame

from videogen.assembly.sound.music import MusicBed
from videogen.assembly.sound.narration import narration
from videogen.assembly.sound.room_tone import RoomTone
from videogen.assembly.sound.track import LAYOUT, SAMPLE_RATE, Sound
from videogen.digests import digested_file, is_whole
from videogen.media.audio import Samples, encode_aac, filtered, loudness

TARGET_LUFS = -14.0
# AAC gives peaks back up to about 1 dB higher; this keeps them below -1 dBTP.
_PEAK_DB = -2.2
_LOUDEST_GAIN_DB = 24.0
_SILENCE_LUFS = -60.0
_OVERSAMPLED = 4 * SAMPLE_RATE


def render_sound(sound: Sound, path: Path) -> Path:
    """Mix, master and encode the whole cut's sound to an M4A file, unless it is there whole; return it.

    Raises:
        AssemblyError: a recording or the music can't be read.
    """
    if not is_whole(path):
        with digested_file(path) as partial:
            _master(sound, partial)
    return path


def _master(sound: Sound, path: Path) -> None:
    # The mix is made anew for each pass, so that memory does not grow with the cut.
    voice_lufs = loudness(_mixed(Sound(sound.slots), _SILENCE_LUFS), SAMPLE_RATE, LAYOUT)
    lufs = voice_lufs
    if sound.music:
        lufs = loudness(_mixed(sound, voice_lufs), SAMPLE_RATE, LAYOUT)
    gain = min(_LOUDEST_GAIN_DB, TARGET_LUFS - lufs) if lufs > _SILENCE_LUFS else 0.0
    frames = _limited(_over_room_tone(_mixed(sound, voice_lufs), gain))
    encode_aac(frames, sound.samples, SAMPLE_RATE, LAYOUT, path)


def _mixed(sound: Sound, voice_lufs: float) -> Iterator[Samples]:
    """Yield stereo blocks, samples x 2."""
    bed = (
        MusicBed(sound.music, max(voice_lufs, _SILENCE_LUFS), sound.samples)
        if sound.music
        else None
    )
    for voice in narration(sound.slots):
        block = np.repeat(voice[:, None], 2, axis=1)
        yield block + bed.under(voice) if bed else block


def _over_room_tone(blocks: Iterable[Samples], gain: float) -> Iterator[Samples]:
    """Yield the blocks, `gain` dB louder, over a room tone."""
    tone = RoomTone()
    for block in blocks:
        yield block * np.float32(10 ** (gain / 20)) + tone.take(len(block))


def _limited(blocks: Iterable[Samples]) -> Iterator[AudioFrame]:
    """Yield the blocks with their true peaks limited, at four times the rate."""
    limit = 10 ** (_PEAK_DB / 20)
    yield from filtered(
        blocks,
        SAMPLE_RATE,
        LAYOUT,
        [
            ("aresample", str(_OVERSAMPLED)),
            ("alimiter", f"limit={limit}:level=disabled:attack=5:release=60:latency=1"),
            ("aresample", str(SAMPLE_RATE)),
            ("aformat", f"sample_fmts=fltp:channel_layouts={LAYOUT}"),
        ],
    )
