"""Captions from the voice's own word times: broken at phrases and readable.

The measures are those of the BBC's and Netflix's timed text guides: two lines of 42 characters (a
full-width letter counts as two), 1 to 7 s, and no gap too short to be seen as one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from videogen.assembly.captions.lines import (
    best_lines,
    break_cost,
    ends_sentence,
    joined_line,
    pieces_of,
)
from videogen.assembly.timeline import Caption
from videogen.domain import Word

SHORTEST_SECONDS, LONGEST_SECONDS = 1, 7

# A gap shorter than this between two captions flickers, so the first stays until the second.
_SHORTEST_GAP_SECONDS = Fraction(1, 2)

# Costs of what a caption holds; found by reading captions of scripts.
_A_CAPTION, _SENTENCE_END_WITHIN, _TOO_SHORT = 3.0, 4.0, 60.0


@dataclass(frozen=True, slots=True)
class _Scene:
    """The words of a scene with the frame at which each is spoken, and the scene's last frame."""

    words: tuple[Word, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    rate: Fraction
    frames: int


def captions(words: Sequence[Word], rate: Fraction, frames: int) -> tuple[Caption, ...]:
    """Return a scene's captions in frames from its start; `frames` is how long the scene is.

    A caption is shorter than a second only where the scene leaves it no more time.
    """
    pieces = tuple(piece for word in words for piece in pieces_of(word))
    starts = [min(round(Fraction(word.start) * rate), frames - 1) for word in pieces]
    ends = [min(math.ceil(Fraction(word.end) * rate), frames) for word in pieces]
    scene = _Scene(pieces, tuple(starts), tuple(ends), rate, frames)
    edges = _best_edges(scene)
    return tuple(_caption(scene, first, end) for first, end in pairwise(edges))


def _best_edges(scene: _Scene) -> list[int]:
    """The word indices at which captions begin, and the end, of the least costly division."""
    count = len(scene.words)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(math.inf, 0)] * count
    for end in range(1, count + 1):
        for first in range(end - 1, -1, -1):
            cost = _cost(scene, first, end)
            if cost is None:
                break
            best[end] = min(best[end], (best[first][0] + cost, first))
    edges = [count]
    while edges[-1]:
        edges.append(best[edges[-1]][1])
    return edges[::-1]


def _cost(scene: _Scene, first: int, end: int) -> float | None:
    """How bad the words from `first` up to `end` are as a caption; None where they can't be one."""
    laid = best_lines(tuple(word.text for word in scene.words[first:end]))
    spoken = (scene.ends[end - 1] - scene.starts[first]) / scene.rate
    if end - first > 1 and (laid is None or spoken > LONGEST_SECONDS):
        return None
    time = (_next_start(scene, end) - scene.starts[first]) / scene.rate
    missing = max(0.0, SHORTEST_SECONDS - float(time))
    within = sum(ends_sentence(word.text) for word in scene.words[first : end - 1])
    after = "" if end == len(scene.words) else scene.words[end].text
    broken = break_cost(scene.words[end - 1].text, after) if after else 0.0
    lines_cost = laid[0] if laid else 0.0
    return (
        _A_CAPTION + broken + lines_cost / 2 + _SENTENCE_END_WITHIN * within + _TOO_SHORT * missing
    )


def _next_start(scene: _Scene, end: int) -> int:
    return scene.starts[end] if end < len(scene.words) else scene.frames


def _caption(scene: _Scene, first: int, end: int) -> Caption:
    start, following = scene.starts[first], _next_start(scene, end)
    stop = max(scene.ends[end - 1], start + round(SHORTEST_SECONDS * scene.rate))
    gap = math.ceil(_SHORTEST_GAP_SECONDS * scene.rate)
    if end < len(scene.words) and following - stop < gap:
        stop = following
    longest = math.floor(LONGEST_SECONDS * scene.rate)
    if end < len(scene.words) and stop - start > longest:
        # The longest a caption may stay must not end just before the next one either.
        stop = min(start + longest, following - gap)
    stop = max(start + 1, min(stop, following, start + longest))
    laid = best_lines(tuple(word.text for word in scene.words[first:end]))
    lines = laid[1] if laid else (joined_line([scene.words[first].text]),)
    return Caption(start, stop, lines, _word_starts(scene, first, lines))


def _word_starts(scene: _Scene, first: int, lines: Sequence[str]) -> tuple[int, ...]:
    """The frame at which each word of the lines, split at spaces, begins."""
    starts = []
    for word in (word for line in lines for word in line.split()):
        starts.append(scene.starts[first])
        letters = len(word)
        while letters > 0:
            letters -= len(scene.words[first].text.strip())
            first += 1
    return tuple(starts)
