"""How this machine and this user's clips compare with the reference, learnt from finished films."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from statistics import median

from videogen import serialization
from videogen.domain.events import Stage
from videogen.domain.video import Format
from videogen.forecast.work import Pace, Work, forecast
from videogen.media.encoding import ENCODERS, SOFTWARE, encode
from videogen.media.frames import grey

# Windows counts no processes that have ended.
COUNTS_WORKERS = os.name != "nt"
# As many of the latest films of a kind count.
_LATEST = 5
_FOLDER = "forecasts"
# A shorter film is mostly its beginning.
_TELLING_SECONDS = 20.0
# What the reference took for a turn of the trial, in CPU seconds. Whatever else is at work only slows
# a turn down: the fastest one counts, and the first one loads the encoder.
_TURN_SECONDS = 0.059
_TURNS = 6
_TURN_FRAMES = 16
_TRIAL = Format(Fraction(30), 1280, 720)


@dataclass(frozen=True, slots=True)
class Spent:
    """What a finished film took: CPU seconds of all processes, bytes of its file, seconds by stage."""

    processor: float
    bytes: int
    timings: Mapping[Stage, float]


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the latest films took beside what was foretold of them, as ratios; see `Pace`."""

    processor: tuple[float, ...] = ()
    size: tuple[float, ...] = ()
    voice: tuple[float, ...] = ()

    def with_film(self, processor: float, size: float, voice: float) -> Learnt:
        """Return the latest with one more."""
        return Learnt(
            (*self.processor, processor)[-_LATEST:],
            (*self.size, size)[-_LATEST:],
            (*self.voice, voice)[-_LATEST:],
        )


def processor_time() -> float:
    """Return the CPU seconds of this process and of those that it has seen end."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def learn(cache_folder: Path, work: Work, cores: int, spent: Spent) -> None:
    """Keep what a finished film took; a cache that can't be written costs nothing but that."""
    if work.seconds < _TELLING_SECONDS:
        return
    path = _path(cache_folder, work)
    foretold = forecast(work, cores)
    cut = spent.timings["assembly"] / (foretold.stages["assembly"] + foretold.end)
    latest = (serialization.load(Learnt, path) or Learnt()).with_film(
        spent.processor / foretold.processor,
        spent.bytes / foretold.file_bytes,
        spent.timings["voiceover"] / foretold.stages["voiceover"] / cut,
    )
    with suppress(OSError):
        serialization.save(path, latest)


def kept_pace(cache_folder: Path, work: Work) -> Pace:
    """Return what films of this kind were, the processor's pace also by those of others."""
    own = serialization.load(Learnt, _path(cache_folder, work)) or Learnt()
    others = [
        kept
        for path in sorted((cache_folder / _FOLDER).glob("*.json"))
        if (kept := serialization.load(Learnt, path))
    ]
    processor = own.processor or tuple(one for kept in others for one in kept.processor)
    voice = own.voice or tuple(one for kept in others for one in kept.voice)
    return Pace(
        median(processor or (1.0,)),
        median(own.size or (1.0,)),
        median(voice or (1.0,)),
        len(processor),
    )


def tried_pace() -> float:
    """Return the processor's pace by a trial of a fraction of a second, where nothing was learnt."""
    with tempfile.TemporaryDirectory() as folder:
        turns = [_turn(Path(folder) / "trial.mp4") for _ in range(_TURNS)]
    return min(turns) / _TURN_SECONDS


def _turn(path: Path) -> float:
    frames = (grey(_TRIAL.width, _TRIAL.height) for _ in range(_TURN_FRAMES))
    began = time.process_time()
    encode(frames, path, _TRIAL, ENCODERS[SOFTWARE]["good"])
    return time.process_time() - began


def _path(cache_folder: Path, work: Work) -> Path:
    shown = "filmed" if work.filmed else "cards"
    return cache_folder / _FOLDER / f"{work.quality}-{shown}.json"
