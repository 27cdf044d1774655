"""How each shot fills the cut: the part of its picture that matters, or all of it on a ground."""

from __future__ import annotations

import math
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from videogen import serialization
from videogen.assembly.attention import Attention, attention
from videogen.assembly.still import ZOOM
from videogen.assembly.timeline import Shot, Timeline
from videogen.barrier import Fault, attempt
from videogen.bounds import processor_seconds
from videogen.domain.footage import MediaFile
from videogen.domain.video import CENTRED, Format, Framing
from videogen.media.glimpses import VideoPiece, glimpse_of_still
from videogen.serialization import digest, file_state

# Shapes that differ by less lose next to nothing at their edges.
_ALIKE = 1.1
# What a part has to hold of what is looked at, more where it is larger; of text, charts and things
# that are cut out nearly all.
_ENOUGH, _MOST_WANTED, _ENOUGH_ALONE = 0.6, 0.75, 0.97
# Parts that hold so nearly the best are as good: the middle one of them is taken.
_AS_GOOD = 0.995
_DIGITS = 3
_SECONDS = 120.0  # of the processor, for one shot

Weights = NDArray[np.float64]


def framed(timeline: Timeline, kept: Path, executor: Executor) -> Timeline:
    """Return the cut with a framing decided for each of its shots; `kept` holds those known.

    A shot is looked at once: what was decided for it holds as long as it and its file stay.
    """
    output = Format(timeline.rate, timeline.width, timeline.height)
    known = serialization.load(dict[str, Framing], kept) or {}
    keys = {shot: _key(shot, output) for shot in _looked_at(timeline)}
    looking = {
        key: executor.submit(framing_of, shot, output)
        for shot, key in keys.items()
        if key not in known
    }
    known |= {key: _found(future) for key, future in looking.items()}
    serialization.save(kept, known)
    scenes = [
        replace(
            scene,
            shots=tuple(
                replace(shot, framing=known[keys[shot]]) if shot in keys else shot
                for shot in scene.shots
            ),
        )
        for scene in timeline.scenes
    ]
    return replace(timeline, scenes=tuple(scenes))


def _found(looking: Future[Framing]) -> Framing:
    found = attempt(looking.result)
    return CENTRED if isinstance(found, Fault) else found


def framing_of(shot: Shot, output: Format) -> Framing:
    """Return how a shot fills the cut, steadily for as long as it lasts."""
    with processor_seconds(_SECONDS):
        found = attempt(lambda: _framing(shot, output))
    # Of what can't be looked at, a card stands in, which the render tells of.
    return CENTRED if isinstance(found, Fault) else found


def _framing(shot: Shot, output: Format) -> Framing:
    source = shot.source
    if not isinstance(source, MediaFile):
        return CENTRED
    wanted = output.width / output.height
    if source.kind == "still":
        views = [glimpse_of_still(source.path)]
        rows, columns = views[0].shape[:2]
        return decided(attention(views), columns / rows, wanted, ZOOM)
    piece = VideoPiece(source.path, output.rate, shot.source_in, shot.frames)
    with closing(piece):
        if max(piece.shape, wanted) / min(piece.shape, wanted) < _ALIKE:
            return CENTRED
        return decided(attention(piece.views()), piece.shape, wanted)


def decided(looked_at: Attention, shape: float, wanted: float, nearest: float = 1.0) -> Framing:
    """Return the framing for what is looked at; shapes are width by height.

    `nearest` is how much of the seen part's width a later zoom ends on.
    """
    weights = looked_at.weights
    width, height = min(1.0, wanted / shape), min(1.0, shape / wanted)
    x, share = _best(weights.sum(axis=0), width)
    y, share_down = _best(weights.sum(axis=1), height)
    enough = min(_MOST_WANTED, max(_ENOUGH, math.sqrt(min(width, height))))
    if looked_at.stands_alone:
        # Of a text or a chart nothing may get lost, not by the zoom either.
        share, enough = _held(weights, (x, width * nearest), (y, height * nearest)), _ENOUGH_ALONE
    return Framing(x, y) if min(share, share_down) >= enough else Framing(whole=True)


def _best(along: Weights, part: float) -> tuple[float, float]:
    """Return the middle of the part that holds most, and how much; of all, where its mass is."""
    length = max(1, round(len(along) * part))
    if length == len(along):
        places = (np.arange(length) + 0.5) / length
        return round(float((along * places).sum() / along.sum()), _DIGITS), 1.0
    sums = np.concatenate([[0.0], np.cumsum(along)])
    held = sums[length:] - sums[:-length]
    good = np.flatnonzero(held >= _AS_GOOD * held.max())
    first = int(good[len(good) // 2])
    return round((first + length / 2) / len(along), _DIGITS), float(held[first] / sums[-1])


def _held(weights: Weights, across: tuple[float, float], down: tuple[float, float]) -> float:
    """Return how much a part holds, each of its sides given by middle and length."""
    columns, rows = (
        _span(*side, count)
        for side, count in zip((across, down), reversed(weights.shape), strict=True)
    )
    return float(weights[rows, columns].sum() / weights.sum())


def _span(middle: float, part: float, count: int) -> slice:
    first = min(max(0.0, middle - part / 2), 1 - part)
    return slice(math.floor(first * count), math.ceil((first + part) * count))


def _looked_at(timeline: Timeline) -> Iterator[Shot]:
    return (shot for _, shot in timeline.shots() if isinstance(shot.source, MediaFile))


def _key(shot: Shot, output: Format) -> str:
    assert isinstance(shot.source, MediaFile)  # noqa: S101 - cards are not looked at
    return digest(shot, output, file_state(shot.source.path))
