"""What a scene and a candidate have in common, by meaning and by words.

Meaning is read twice: as a whole, by the cosine of two texts, and piece by piece, by what of the
scene the candidate's words cover and what of the candidate the scene explains (the late interaction
of Khattab and Zaharia, 2020).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

from videogen.domain import Candidate
from videogen.footage.request import SceneRequest
from videogen.language.meaning import Reading, read
from videogen.language.minilm_graph import WIDTH

Matrix = NDArray[np.float64]

# A picture's description says first what is seen, and later who paid for it.
_DESCRIBED_WORDS = 24
_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """about also an and any are as at be been but by can for from had has have he her his how
        if in into is it its more most no not of off on one or our out over she so than that the
        their them then there these they this through to under was we were what when where which
        who why will with you your""",
    )
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
# The camera's own names, and dates: they say nothing of the picture.
_CODE = re.compile(r"\b(?:IMG|DSC[NF]?|GOPR|MVI|PXL|VID|MAH|P)[ _-]?\d+\b|\b[\d.,:/_-]{3,}\b")
_NOTHING = np.zeros((1, WIDTH), np.float32)


def features(
    requests: Sequence[SceneRequest], candidates: Sequence[Candidate]
) -> Mapping[str, Matrix]:
    """Return each feature as a matrix of scenes and candidates; there is one of each at least.

    A text that everything is near to is vague: from what a scene and a candidate have in common,
    what each has in common with pictures of anything is taken off.
    """
    wholes = [read(whole(one)) for one in candidates]
    anything = [read(caption) for caption in _captions()]
    found, pictures = means(wholes), means(anything)
    words = _Words([whole(one) for one in candidates])
    hub = (pictures.T @ found).mean(axis=0)
    pieces = _Pieces([one.pieces for one in wholes])
    others = _Pieces([one.pieces for one in anything])
    usual = pieces.explained_by(others).mean(axis=0)
    rows = []
    for request in requests:
        queries = [read(one) for one in _asked(request)]
        said = request.scene.text if request.is_english else request.text
        sentences = [read(one) for one in _SENTENCE_END.split(said)]
        text = read(request.text)
        asked = np.concatenate([text.pieces, *(one.pieces for one in queries)])
        explained = pieces.explained_by(_Pieces([asked]))[0]
        rows.append(
            {
                "query": np.mean([one.whole @ found for one in queries], axis=0),
                "text apart": text.whole @ found - hub,
                "sentence ahead": np.max(
                    [one.whole @ found - _vagueness(one, pictures) for one in sentences], axis=0
                ),
                "covered ahead": pieces.cover(text.pieces) - others.cover(text.pieces).mean(),
                "explained": explained,
                "explained apart": explained - usual,
                "shared": words.shared(_stems(" ".join(_asked(request)))),
                "talk": words.having(_TALK - _stems(_said(request))),
            }
        )
    return {name: np.stack([row[name] for row in rows]) for name in rows[0]}


def _vagueness(reading: Reading, pictures: NDArray[np.float32]) -> float:
    return float((reading.whole @ pictures).mean())


def _said(request: SceneRequest) -> str:
    return " ".join((request.scene.title, request.scene.text, *_asked(request)))


def means(readings: Sequence[Reading]) -> NDArray[np.float32]:
    """Return what texts mean as a whole, side by side: (WIDTH, texts)."""
    return np.stack([one.whole for one in readings]).T


@cache
def _captions() -> Sequence[str]:
    return files(__package__).joinpath("captions.txt").read_text(encoding="utf-8").splitlines()


def _asked(request: SceneRequest) -> tuple[str, ...]:
    return (*request.scene.queries, *request.scene.keywords) or request.queries[:1]


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


class _Words:
    """The telling words of all candidates, a rare one worth more than a common one."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._stems = [_stems(text) for text in texts]
        count = Counter(stem for stems in self._stems for stem in stems)
        most = math.log(len(texts) + 1)
        self._worth = {
            stem: math.log((len(texts) + 1) / (n + 0.5)) / most for stem, n in count.items()
        }

    def having(self, stems: frozenset[str]) -> Matrix:
        """Return 1 for each candidate with one of these words at least."""
        return np.array([float(bool(stems & known)) for known in self._stems])

    def shared(self, stems: frozenset[str]) -> Matrix:
        """Return what each candidate shares with some words, at most 2."""
        return np.array(
            [min(2.0, sum(self._worth[one] for one in stems & known)) for known in self._stems]
        )


def shared_words(request: SceneRequest, candidate: Candidate) -> tuple[str, ...]:
    """Return the words of a scene's queries that a candidate has too."""
    known = _stems(whole(candidate))
    asked = {_stem(word): word for query in _asked(request) for word in _telling(query)}
    return tuple(word for stem, word in asked.items() if stem in known)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[_\W]+", " ", _CODE.sub(" ", text)).split())


@lru_cache(maxsize=65536)
def whole(candidate: Candidate) -> str:
    """Return what a candidate says of itself: title, description, keywords."""
    description = " ".join(candidate.description.split()[:_DESCRIBED_WORDS])
    parts = (_plain(candidate.title), description, ", ".join(candidate.keywords))
    return ". ".join(part for part in parts if part)


def _telling(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+", text.casefold())
    return [word for word in words if len(word) > 1 and word not in _STOP_WORDS]


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(_stem, _telling(text)))


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    # A stemmer keeps the word it works on, so that threads can't share one.
    return str(snowballstemmer.stemmer("english").stemWord(word))


# People who speak of a thing, and its signs, are not the thing.
_TALK = frozenset(
    map(
        _stem,
        _telling(
            """interview lecture talk briefing conference hearing meeting council speech panel podcast
            episode discusses explains explained ceremony change command spot report host show
            trailer tribute band concert album logo sign poster chart diagram screenshot plaque
            advertisement commercial map graphic infographic slide seminar workshop webinar"""
        ),
    )
)
