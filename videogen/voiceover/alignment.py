"""When each word is said in a recording, told from when a voice model says it; pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from videogen.domain.speech import Word

Spoken = Sequence[tuple[float, float]]
Times = NDArray[np.float64]

# Seconds. A wait this long between two words is a pause of the model's.
_PAUSE = 0.25
_SHORTEST_WORD = 0.02
# Seconds of misfit that a silence between two words costs where the model doesn't wait at all. Of
# 0.1 to 2, this held the words best over four voices at changing speeds, in silence and in noise.
_UNEXPECTED_PAUSE = 0.6


def timed_on(spoken: Spoken, words: Sequence[Word]) -> tuple[Word, ...]:
    """Return words as a voice model timed them with their times in a recording of the same words.

    `spoken` is what of the recording isn't silent: starts and ends in seconds, one at least. Pauses are left out on both sides. Each silence of the recording falls between the two words
    where the speech before and after fits best, the sooner where the model pauses too; the words
    between two silences share what is spoken there as they share the model's time.
    """
    if not words:
        return ()
    starts, ends, waits = _speech_time(words)
    timed: list[Word] = []
    shares = pairwise(_shares(spoken, starts, ends, waits))
    for (first, end), (here, there) in zip(spoken, shares, strict=True):
        if here < there:
            span = [starts[here], ends[there - 1]]
            begun = np.interp(starts[here:there], span, [first, end])
            ended = np.interp(ends[here:there], span, [first, end])
            texts = (word.text for word in words[here:there])
            timed += map(Word, texts, begun.tolist(), ended.tolist())
    return tuple(timed)


def _speech_time(
    words: Sequence[Word],
) -> tuple[Times, Times, Times]:
    """Return starts and ends of a model's words without its pauses, and before which one is.

    A word that the model gives no time gets a moment, so that every word can be shown.
    """
    lengths = np.array([max(_SHORTEST_WORD, word.end - word.start) for word in words])
    waits = np.array([max(0.0, after.start - word.end) for word, after in pairwise(words)])
    steps = lengths[:-1] + np.where(waits < _PAUSE, waits, 0.0)
    starts = np.concatenate([[0.0], np.cumsum(steps)])
    return starts, starts + lengths, waits


def _shares(
    spoken: Spoken,
    starts: Times,
    ends: Times,
    waits: Times,
) -> list[int]:
    """Return the first word of each stretch that is spoken, and the number of words.

    A stretch may get none: somebody coughed. Found by dynamic programming over the stretches.
    """
    count = len(starts)
    edges = np.concatenate([[0.0], (ends[:-1] + starts[1:]) / 2, ends[-1:]])
    edges *= sum(end - first for first, end in spoken) / ends[-1]
    breaks = np.concatenate(
        [[0.0], _UNEXPECTED_PAUSE * (1 - np.minimum(waits / (_PAUSE), 1.0)), [0.0]]
    )
    # [i, j]: what is spoken from word i up to word j, in seconds of the recording.
    between = edges[np.newaxis] - edges[:, np.newaxis]
    backwards = np.tri(count + 1, k=-1, dtype=bool)
    misfit = np.where(np.arange(count + 1) == 0, 0.0, np.inf)
    choices = []
    for first, end in spoken:
        total = misfit[:, np.newaxis] + np.abs(between - (end - first))
        total[backwards] = np.inf
        choices.append(total.argmin(axis=0))
        misfit = total.min(axis=0) + breaks
    shares = [count]
    for choice in reversed(choices):
        shares.append(int(choice[shares[-1]]))
    return shares[::-1]
