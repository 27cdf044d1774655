"""How this machine and this user's clips compare with the reference, learnt from finished films."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from statistics import median

from videogen import serialization
from videogen.domain.video import Format
from videogen.forecast.work import Work, file_bytes, processor_seconds
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
class Learnt:
    """What the latest films took beside what was foretold of them: CPU time and bytes, as ratios."""

    processor: tuple[float, ...] = ()
    size: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Pace:
    """CPU seconds and bytes beside the reference's, and how many films say so."""

    processor: float
    size: float
    films: int


def processor_time() -> float:
    """Return the CPU seconds of this process and of those that it has seen end."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def learn(cache_folder: Path, work: Work, processor: float, size: int) -> None:
    """Keep what a finished film took; a cache that can't be written costs nothing but that."""
    if work.seconds < _TELLING_SECONDS:
        return
    path = _path(cache_folder, work)
    before = serialization.load(Learnt, path) or Learnt()
    took = processor / sum(processor_seconds(work).values())
    larger = size / file_bytes(work)
    latest = Learnt(
        (*before.processor, took)[-_LATEST:],
        (*before.size, larger)[-_LATEST:],
    )
    with suppress(OSError):
        serialization.save(path, latest)


def kept_pace(cache_folder: Path, work: Work) -> Pace:
    """Return what films of this kind were, the processor's pace also by those of other kinds."""
    own = serialization.load(Learnt, _path(cache_folder, work)) or Learnt()
    others = [
        kept.processor
        for path in sorted((cache_folder / _FOLDER).glob("*.json"))
        if (kept := serialization.load(Learnt, path))
    ]
    processor = own.processor or tuple(one for kept in others for one in kept)
    return Pace(
        median(processor) if processor else 1.0,
        median(own.size) if own.size else 1.0,
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
