"""Captions from the voice's own word times: broken at sense units and readable.

No caption stays longer than 7 s, and no gap is too short to be seen as one, as the BBC's and
Netflix's guides to timed text have it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from videogen.assembly.captions.lines import BREAK_COSTS, Measured
from videogen.assembly.captions.setting import setting_of
from videogen.assembly.timeline import Caption
from videogen.domain.speech import Word
from videogen.domain.video import Format
from videogen.language.joints import Joint

LONGEST_SECONDS = 7
# A caption stays so long that it is read at this rate, where the next one leaves it the time.
_LETTERS_A_SECOND = 17
# A gap shorter than this between two captions flickers, so the first stays until the second.
_SHORTEST_GAP_SECONDS = Fraction(1, 2)

# Costs of what a caption holds; found by reading captions of scripts.
_A_CAPTION, _SENTENCE_END_WITHIN, _TOO_SHORT = 3.0, 4.0, 60.0


def captions(
    words: Sequence[Word], language: str, output: Format, frames: int
) -> tuple[Caption, ...]:
    """Return a scene's captions in frames from its start; `frames` is how long the scene is.

    A caption is shorter than its format's measure only where the scene leaves it no more time.
    """
    scene = _Scene(words, language, output, frames)
    return tuple(scene.caption(first, end) for first, end in pairwise(_best_edges(scene)))


class _Scene:
    """A scene's words with the frame at which each is spoken."""

    def __init__(self, words: Sequence[Word], language: str, output: Format, frames: int) -> None:
        self._setting = setting_of(output)
        self._measured = Measured(words, language, self._setting, output)
        self._rate, self._frames = output.rate, frames
        pieces = self._measured.pieces
        self.count = len(pieces)
        self._starts = [min(round(Fraction(one.start) * output.rate), frames - 1) for one in pieces]
        self._ends = [min(math.ceil(Fraction(one.end) * output.rate), frames) for one in pieces]

    def cost(self, first: int, end: int) -> float | None:
        """How bad the words from `first` up to `end` are as a caption; None where they can't be one."""
        laid = self._measured.lines(first, end)
        spoken = (self._ends[end - 1] - self._starts[first]) / self._rate
        is_long = end - first > self._setting.words or spoken > LONGEST_SECONDS
        if laid is None or (end - first > 1 and is_long):
            return None
        time = (self._next_start(end) - self._starts[first]) / self._rate
        missing = max(0.0, self._setting.shortest - float(time))
        within = self._measured.joints[first : end - 1].count(Joint.SENTENCE)
        broken = BREAK_COSTS[self._measured.joints[end - 1]] if end < self.count else 0.0
        kept = _A_CAPTION + laid[0] / 2 + _SENTENCE_END_WITHIN * within
        return kept + broken + _TOO_SHORT * missing

    def caption(self, first: int, end: int) -> Caption:
        """Return the words from `first` up to `end` as a caption that stays as long as it is read."""
        laid = self._measured.lines(first, end)
        assert laid is not None  # noqa: S101 - only what can be a caption is one
        start, following = self._starts[first], self._next_start(end)
        reading = Fraction(self._measured.letters(first, end), _LETTERS_A_SECOND)
        stay = max(reading, Fraction(self._setting.shortest))
        stop = max(self._ends[end - 1], start + round(stay * self._rate))
        gap = math.ceil(_SHORTEST_GAP_SECONDS * self._rate)
        is_followed = end < self.count
        if is_followed and following - stop < gap:
            stop = following
        longest = math.floor(LONGEST_SECONDS * self._rate)
        if is_followed and stop - start > longest:
            # The longest a caption may stay must not end just before the next one either.
            stop = min(start + longest, following - gap)
        stop = max(start + 1, min(stop, following, start + longest))
        return Caption(start, stop, laid[1], self._word_starts(first, laid[1]))

    def _next_start(self, end: int) -> int:
        return self._starts[end] if end < self.count else self._frames

    def _word_starts(self, first: int, lines: Sequence[str]) -> tuple[int, ...]:
        """The frame at which each word of the lines, split at spaces, begins."""
        starts = []
        for word in (word for line in lines for word in line.split()):
            starts.append(self._starts[first])
            letters = len(word)
            while letters > 0:
                letters -= len(self._measured.pieces[first].text.strip())
                first += 1
        return tuple(starts)


def _best_edges(scene: _Scene) -> list[int]:
    """The word indices at which captions begin, and the end, of the least costly division."""
    best: list[tuple[float, int]] = [(0.0, 0)] + [(math.inf, 0)] * scene.count
    for end in range(1, scene.count + 1):
        for first in range(end - 1, -1, -1):
            cost = scene.cost(first, end)
            if cost is None:
                break
            best[end] = min(best[end], (best[first][0] + cost, first))
    edges = [scene.count]
    while edges[-1]:
        edges.append(best[edges[-1]][1])
    return edges[::-1]
