"""How surely a viewer who sees a candidate sees what a scene says: one figure of many features.

A logistic regression over what scenes and candidates have in common; its weights were fitted to the
labelled scenes under tests/pictures by benchmarks/fit_judge.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np

from videogen.domain.footage import LOCAL, Candidate
from videogen.footage.features import Matrix, features, gist_ahead, means, shared_words, whole
from videogen.footage.request import SceneRequest, as_said
from videogen.language.gist import gists, is_read
from videogen.language.meaning import read

# Below it nothing is shown.
FLOOR = 0.45

_BIAS = -4.524
_WEIGHTS: Mapping[str, float] = {
    "asked": -0.598,
    "query": 1.965,
    "sentence ahead": 1.790,
    "covered ahead": 4.610,
    "part covered": 1.318,
    "explained": 1.936,
    "shared": 0.959,
    "talk": -0.759,
}
# What words without a sentence lose, where the narration's language is not read as a whole.
_GLOSSED = -0.25
# Where it is: fitted to the calibration part with nothing named, and then a little stricter.
_GIST_BIAS, _GIST = -4.27, 11.57
FEATURES = tuple(_WEIGHTS)


@dataclass(frozen=True, slots=True)
class Judgement:
    """`relevance[scene, candidate]`, 0 to 1, and what it was made of.

    `fit` is how many standard deviations a picture is nearer to the scene than to anything, NaN
    where nobody looked at it.
    """

    requests: Sequence[SceneRequest]
    candidates: Sequence[Candidate]
    relevance: Matrix
    cosines: Matrix
    fit: Matrix | None = None

    def reason(self, scene: int, candidate: int) -> str:
        """Return why a candidate got its relevance, in a few words."""
        request, shown = self.requests[scene], self.candidates[candidate]
        words = shared_words(request, shown)
        if not words and shown.source == LOCAL:
            words = shared_words(as_said(request), shown)
        meaning = f"meaning {self.cosines[scene, candidate]:.2f}"
        said = f"words: {', '.join(words)}" if words else "no word in common"
        fit = np.nan if self.fit is None else self.fit[scene, candidate]
        return f"{meaning}; {said}" + ("" if np.isnan(fit) else f"; picture {fit:+.1f}")

    def nearness(self, shots: Sequence[tuple[SceneRequest, int]]) -> Matrix:
        """Return the cosine of what is said in each shot of a scene with each candidate."""
        near = np.zeros((len(shots), len(self.candidates)))
        if not self.candidates:
            return near
        texts = [whole(one) for one in self.candidates]
        told = np.array([_is_told(one) for one, _ in shots])
        if told.any():
            said = [one.words[shot] for one, shot in compress(shots, told)]
            near[told] = gists(said) @ gists(texts).T
        if not told.all():
            said = [one.read_words[shot] for one, shot in compress(shots, ~told)]
            near[~told] = means([read(one) for one in said]).T @ means([read(one) for one in texts])
        return near


def judge(requests: Sequence[SceneRequest], candidates: Sequence[Candidate]) -> Judgement:
    """Judge every candidate for every scene."""
    relevance = np.zeros((len(requests), len(candidates)))
    cosines = np.zeros_like(relevance)
    if not requests or not candidates:
        return Judgement(requests, candidates, relevance, cosines)
    told = np.array([_is_told(one) for one in requests])
    if told.any():
        cosines[told] = gist_ahead([*compress(requests, told)], candidates)
        relevance[told] = _likely(_GIST_BIAS + _GIST * cosines[told])
    if not told.all():
        others = [*compress(requests, ~told)]
        found = features(others, candidates)
        glossed = np.array([not one.is_english and one.scene.is_drawn for one in others])
        relevance[~told] = _relevance(found, _GLOSSED * glossed[:, None])
        cosines[~told] = found["query"]
    own = [place for place, one in enumerate(candidates) if one.source == LOCAL]
    if own and not all(one.is_english for one in requests):
        # A person names their own clips as they speak.
        said = features([as_said(one) for one in requests], [candidates[place] for place in own])
        as_named = _relevance(said)
        is_nearer = as_named > relevance[:, own]
        cosines[:, own] = np.where(is_nearer, said["query"], cosines[:, own])
        relevance[:, own] = np.maximum(relevance[:, own], as_named)
    return Judgement(requests, candidates, relevance, cosines)


def _relevance(found: Mapping[str, Matrix], beside: Matrix | float = 0.0) -> Matrix:
    logits = _BIAS + beside + sum(weight * found[name] for name, weight in _WEIGHTS.items())
    return _likely(np.asarray(logits, np.float64))


def _likely(logits: Matrix) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-logits)), np.float64)


def _is_told(request: SceneRequest) -> bool:
    """Tell whether nothing but a narration in another language says what is to be seen."""
    return not request.is_english and request.scene.is_drawn and is_read(request.language)


def prepare(request: SceneRequest, candidates: Sequence[Candidate]) -> None:
    """Read candidates as they will be judged: while others are still searched for, it takes no time."""
    texts = [whole(one) for one in candidates]
    if _is_told(request):
        gists(texts)
    else:
        for text in texts:
            read(text)
