"""What a scene and a candidate have in common, by meaning and by words.

Meaning is read twice: as a whole, by the cosine of two texts, and piece by piece, by what of the
scene the candidate's words cover and what of the candidate the scene explains (the late interaction
of Khattab and Zaharia, 2020).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from videogen.domain.footage import Candidate
from videogen.footage.request import SceneRequest
from videogen.footage.words import TALK, Words, common, stems
from videogen.language.gist import gists
from videogen.language.meaning import Reading, read
from videogen.language.minilm_graph import WIDTH

Matrix = NDArray[np.float64]

# A picture's description says first what is seen, and later who paid for it.
_DESCRIBED_WORDS = 24
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_CLAUSE_END = re.compile(r"(?<=[.!?;:,])\s+")
_SHORTEST_CLAUSE = 3  # words
# The camera's own names, and dates: they say nothing of the picture.
_CODE = re.compile(r"\b(?:IMG|DSC[NF]?|GOPR|MVI|PXL|VID|MAH|P)[ _-]?\d+\b|\b[\d.,:/_-]{3,}\b")
_NOTHING = np.zeros((1, WIDTH), np.float32)


def features(
    requests: Sequence[SceneRequest], candidates: Sequence[Candidate]
) -> Mapping[str, Matrix]:
    """Return each feature as a matrix of scenes and candidates; there is one of each at least."""
    pool = _Pool(candidates)
    rows = [pool.features(request) for request in requests]
    return {name: np.stack([row[name] for row in rows]) for name in rows[0]}


def gist_ahead(requests: Sequence[SceneRequest], candidates: Sequence[Candidate]) -> Matrix:
    """Return how near what is told, in the narration's language, is to each candidate.

    What it has in common with pictures of anything is taken off.
    """
    told = gists([f"{one.scene.title}. {one.scene.text}".removeprefix(". ") for one in requests])
    vagueness = (told @ gists(captions()).T).mean(axis=1, keepdims=True)
    return np.asarray(told @ gists([whole(one) for one in candidates]).T - vagueness, np.float64)


def means(readings: Sequence[Reading]) -> NDArray[np.float32]:
    """Return what texts mean as a whole, side by side: (WIDTH, texts)."""
    return np.stack([one.whole for one in readings]).T


def shared_words(request: SceneRequest, candidate: Candidate) -> tuple[str, ...]:
    """Return the words by which a scene asks for pictures that a candidate has too."""
    return common(" ".join(request.asked) or request.text, whole(candidate))


def sayings(request: SceneRequest) -> Sequence[str]:
    """Return what is to be seen, as a writer asked for it, else the sentences of the scene.

    There is nothing where a scene's language is not ours and nothing of it is known in English.
    """
    return request.asked or [*filter(None, _SENTENCE_END.split(_said(request)))]


def _said(request: SceneRequest) -> str:
    return request.scene.text if request.is_english else request.text


@lru_cache(maxsize=65536)
def whole(candidate: Candidate) -> str:
    """Return what a candidate says of itself: title, description, keywords."""
    description = " ".join(candidate.description.split()[:_DESCRIBED_WORDS])
    parts = (_plain(candidate.title), description, ", ".join(candidate.keywords))
    return ". ".join(part for part in parts if part)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[_\W]+", " ", _CODE.sub(" ", text)).split())


class _Pool:
    """Candidates as read, beside pictures of anything.

    A text that everything is near to is vague: from what a scene and a candidate have in common,
    what each has in common with pictures of anything is taken off.
    """

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        texts = [whole(one) for one in candidates]
        found = [read(one) for one in texts]
        anything = [read(caption) for caption in captions()]
        self._words = Words(texts)
        self._means = means(found)
        self._pictures = means(anything)
        self._pieces = _Pieces([one.pieces for one in found])
        self._others = _Pieces([one.pieces for one in anything])
        self._usual = self._pieces.explained_by(self._others).mean(axis=0)

    def features(self, request: SceneRequest) -> Mapping[str, Matrix]:
        """Return each feature for one scene; what a writer asked for stands for what is said."""
        said = _said(request)
        text = read(request.text)
        sentences = [read(one) for one in _SENTENCE_END.split(said)]
        asked = [read(one) for one in request.asked]
        parts = asked or [read(one) for one in _clauses(said)]
        known = np.concatenate([text.pieces, *(one.pieces for one in asked)])
        words = " ".join(request.asked)
        return {
            "asked": np.full(len(self._usual), float(bool(asked))),
            "query": np.mean([one.whole @ self._means for one in asked or sentences], axis=0),
            "sentence ahead": np.max([self._ahead(one) for one in sentences], axis=0),
            "covered ahead": self._covered(text),
            "part covered": np.max([self._covered(one) for one in parts], axis=0),
            "explained": self._pieces.explained_by(_Pieces([known]))[0] - self._usual,
            "shared": self._words.shared(stems(words or request.text)),
            "talk": self._words.having(TALK - stems(f"{request.text} {words}")),
        }

    def _ahead(self, text: Reading) -> Matrix:
        vagueness = (text.whole @ self._pictures).mean()
        return np.asarray(text.whole @ self._means - vagueness, np.float64)

    def _covered(self, text: Reading) -> Matrix:
        usual = self._others.cover(text.pieces).mean()
        return np.asarray(self._pieces.cover(text.pieces) - usual, np.float64)


@cache
def captions() -> Sequence[str]:
    """Return what pictures of anything show."""
    return files(__package__).joinpath("captions.txt").read_text(encoding="utf-8").splitlines()


def _clauses(text: str) -> list[str]:
    found = [one for one in _CLAUSE_END.split(text) if len(one.split()) >= _SHORTEST_CLAUSE]
    return found or [text]


class _Pieces:
    """The pieces of many texts below each other, of which each text has one at least."""

    def __init__(self, texts: Sequence[NDArray[np.float32]]) -> None:
        parts = [one if len(one) else _NOTHING for one in texts]
        self._every = np.concatenate(parts).T
        self._lengths = np.array([len(part) for part in parts])
        self._starts = np.cumsum([0, *self._lengths[:-1]])

    def cover(self, pieces: NDArray[np.float32]) -> Matrix:
        """Return, for each text, how near its nearest piece is to each of these, on the mean."""
        if not len(pieces):
            return np.zeros(len(self._starts))
        nearest = np.maximum.reduceat(pieces @ self._every, self._starts, axis=1)
        return np.asarray(nearest.mean(axis=0), np.float64)

    def explained_by(self, others: _Pieces) -> Matrix:
        """Return how near each text's pieces are to another's nearest, on the mean: others, texts."""
        nearest = np.maximum.reduceat(others._every.T @ self._every, others._starts, axis=0)
        return np.asarray(
            np.add.reduceat(nearest, self._starts, axis=1) / self._lengths, np.float64
        )
