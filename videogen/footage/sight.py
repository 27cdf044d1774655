"""Looking at the few candidates beside the floor, where the user names a model that sees.

No scale is common to such models, so each picture is its own: how much nearer it is to what a scene
says than to captions of anything, in standard deviations. Nothing of it is fitted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from videogen.domain.footage import Candidate
from videogen.footage.faults import Faults
from videogen.footage.features import Matrix, captions, sayings
from videogen.footage.judge import FLOOR, Judgement
from videogen.footage.origin import Key, key
from videogen.footage.thumbnails import thumbnails
from videogen.footage.vision import Vectors, embedded, files_of
from videogen.http.client import Client
from videogen.serialization import file_state

_MOST, _AT_ONCE = 400, 64  # pictures of one video
_A_SCENE = 8
# What lies so little below the floor rises to it where the picture is nearer than to nearly anything.
_REACH, _CLEAR = 0.1, 2.0
_CONTRADICTED = FLOOR - 0.01
# What one standard deviation more than a scene's other pictures is worth, and all of them at most.
_WORTH, _MOST_WORTH = 0.1, 0.2
_FLATTEST = 1e-6


class Sight:
    """Judges by pictures what was judged by words; what was seen once is remembered.

    `clips` is the user's own folder. A model that is none is one fault: words judge alone.
    """

    def __init__(self, model: Path, client: Client, clips: Path | None) -> None:
        self._model, self._client, self._clips = model, client, clips
        self._texts: dict[str, Vectors] = {}
        self._pictures: dict[Key, Vectors | None] = {}
        self._is_blind = False

    @property
    def state(self) -> tuple[str, ...]:
        """What tells one model from another without reading it."""
        return tuple(file_state(path) for path in files_of(self._model))

    def looked_at(self, read: Judgement, faults: Faults) -> Judgement:
        """Return a judgement with what the pictures say of it."""
        if self._is_blind:
            return read
        found = faults.attempt("vision model", lambda: self._judged(read), str(self._model))
        self._is_blind = found is None
        return read if found is None else found

    def close(self) -> None:
        """End the calls under way."""
        self._client.close()

    def _judged(self, read: Judgement) -> Judgement:
        judged = self._weighed(read)
        while wanted := self._unseen(judged):
            self._look(wanted, read)
            judged = self._weighed(read)
        return judged

    def _unseen(self, judged: Judgement) -> list[Candidate]:
        """Return some that nobody looked at yet: the best of each scene, then the second best."""
        found: dict[Key, Candidate] = {}
        best = np.argsort(-judged.relevance, axis=1, kind="stable")[:, :_A_SCENE]
        for clips in best.T:
            near = judged.relevance[np.arange(len(clips)), clips] >= FLOOR - _REACH
            some = [judged.candidates[clip] for clip in clips[near]]
            found |= {key(one): one for one in some if key(one) not in self._pictures}
        return [*found.values()][: min(_AT_ONCE, max(0, _MOST - len(self._pictures)))]

    def _look(self, wanted: Iterable[Candidate], read: Judgement) -> None:
        jpegs = thumbnails(wanted, self._client, self._clips)
        self._pictures |= {key(one): None for one in wanted}
        if not jpegs:
            return
        every = (*captions(), *(text for one in read.requests for text in sayings(one)))
        texts = [one for one in dict.fromkeys(every) if one not in self._texts]
        meant, seen = embedded(self._model, texts, [*jpegs.values()])
        self._texts |= dict(zip(texts, meant, strict=True))
        self._pictures |= dict(zip(map(key, jpegs), seen, strict=True))

    def _weighed(self, read: Judgement) -> Judgement:
        fit = np.full(read.relevance.shape, np.nan)
        pictures = [self._pictures.get(key(one)) for one in read.candidates]
        known = [clip for clip, one in enumerate(pictures) if one is not None]
        if not known:
            return read
        seen = np.stack([one for one in pictures if one is not None]).T
        usual = self._means(captions()) @ seen
        spread = np.maximum(usual.std(axis=0), _FLATTEST)
        for scene, request in enumerate(read.requests):
            if texts := sayings(request):
                said = (self._means(texts) @ seen).mean(axis=0)
                fit[scene, known] = (said - usual.mean(axis=0)) / spread
        return replace(read, relevance=weighed(read.relevance, fit), fit=fit)

    def _means(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._texts[one] for one in texts])


def weighed(relevance: Matrix, fit: Matrix) -> Matrix:
    """Return relevance by words with what pictures add, NaN where none was seen.

    What is nearer to anything than to the scene's words falls below the floor; what lay a little
    below it rises to it where it is clearly what is said; the others above it are told apart.
    """
    found = np.where(fit < 0, np.minimum(relevance, _CONTRADICTED), relevance)
    is_near = (relevance >= FLOOR - _REACH) & (relevance < FLOOR)
    found = np.where(is_near & (fit >= _CLEAR), FLOOR, found)
    fits = (relevance >= FLOOR) & (fit >= 0)
    sums = np.where(fits, fit, 0.0).sum(axis=1, keepdims=True)
    middle = sums / np.maximum(fits.sum(axis=1, keepdims=True), 1)
    worth = np.clip(_WORTH * (fit - middle), -_MOST_WORTH, _MOST_WORTH)
    return np.where(fits, np.clip(relevance + worth, FLOOR, 1.0), found)
