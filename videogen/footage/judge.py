"""How well a candidate fits a scene: a score from 0 to 1 with its reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from videogen.domain import Candidate, Suggestion
from videogen.footage.sources.base import ShotRequest
from videogen.language import meaning as embeddings

_RELEVANCE, _DURATION, _SIZE, _SHAPE = 0.7, 0.12, 0.1, 0.08
_SHOWN_EARLIER = -0.15
# What a word is worth by where it was found, and how many in the title say all.
_TITLE, _KEYWORDS, _DESCRIPTION = 1.0, 0.8, 0.5
_ENOUGH = 3.0
_ALIKE_TITLES = 0.85
# Cosines of all-MiniLM-L6-v2: unrelated texts stay below the first, paraphrases reach the second.
_UNRELATED, _SAME = 0.4, 0.8
_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """about also an and any are as at be been but by can for from had has have he her his how
        if in into is it its more most no not of off on one or our out over she so than that the
        their them then there these they this through to under was we were what when where which
        who why will with you your""",
    )
)

Key = tuple[str, str]


class _Mark(NamedTuple):
    points: float
    reason: str = ""


def key(candidate: Candidate) -> Key:
    """Return what a candidate is known by: its source and its id there."""
    return candidate.source, candidate.id


def rank(
    candidates: Iterable[Candidate], query: str, request: ShotRequest, shown_earlier: frozenset[Key]
) -> list[Suggestion]:
    """Return the candidates as suggestions, best first; equals keep their order.

    `shown_earlier` are clips of other videos, which count for less. What a candidate means counts
    beside its words where the extra `semantic` is installed.
    """
    found = list(candidates)
    terms = _terms(" ".join((query, *request.scene.keywords, request.phrases[0])))
    suggestions = [
        _suggest(
            one,
            query,
            max(_relevance(one, terms), meaning, key=lambda mark: mark.points),
            request,
            shown_earlier,
        )
        for one, meaning in zip(found, _meanings(found, query), strict=True)
    ]
    return sorted(suggestions, key=lambda suggestion: -suggestion.score)


def is_alike(candidate: Candidate, titles: Sequence[str]) -> bool:
    """Tell whether a candidate's title is nearly one of the titles, as parts of a series are."""
    return any(_likeness(candidate.title, title) >= _ALIKE_TITLES for title in titles)


def _likeness(one: str, other: str) -> float:
    """Return the share of letters, from 0 to 1, in the longest common subsequence of two titles.

    Their words count in any order. Bits stand for the first title's letters (Hyyrö 2004).
    """
    first, second = (" ".join(sorted(title.split())) for title in (one, other))
    places: Counter[str] = Counter()
    for place, letter in enumerate(first):
        places[letter] |= 1 << place
    every = unmatched = (1 << len(first)) - 1
    for letter in second:
        hits = unmatched & places[letter]
        unmatched = ((unmatched + hits) | (unmatched - hits)) & every
    both = len(first) + len(second)
    return 2 * (len(first) - unmatched.bit_count()) / both if both else 1.0


def _suggest(
    candidate: Candidate,
    query: str,
    relevance: _Mark,
    request: ShotRequest,
    shown_earlier: frozenset[Key],
) -> Suggestion:
    marks = [
        _Mark(_RELEVANCE * relevance.points, relevance.reason),
        _duration_fit(candidate, request),
        _picture_fit(candidate, request),
        _freshness(candidate, shown_earlier),
    ]
    return Suggestion(
        candidate,
        query,
        relevance=round(relevance.points, 4),
        score=round(min(1.0, max(0.0, sum(mark.points for mark in marks))), 4),
        reasons=tuple(mark.reason for mark in marks if mark.reason),
    )


@lru_cache(maxsize=4096)
def _terms(text: str) -> Mapping[str, str]:
    """Return the telling words of a text by their stems, so that "launches" meets "launching"."""
    words = re.findall(r"[^\W_]+", text.casefold())
    telling = [word for word in words if len(word) > 1 and word not in _STOP_WORDS]
    # The services describe their videos in English, whatever language the narration is in. A
    # stemmer keeps the word it works on, so that threads can't share one.
    stemmer = snowballstemmer.stemmer("english")
    by_stem: dict[str, str] = {}
    for word in telling:
        by_stem.setdefault(stemmer.stemWord(word), word)
    return by_stem


def _relevance(candidate: Candidate, terms: Mapping[str, str]) -> _Mark:
    fields = {
        "title": (_TITLE, candidate.title),
        "keywords": (_KEYWORDS, " ".join(candidate.keywords)),
        "description": (_DESCRIPTION, candidate.description),
    }
    found, reasons, left = 0.0, [], dict(terms)
    for name, (worth, text) in fields.items():
        hits = [stem for stem in left if stem in _terms(text)]
        found += worth * len(hits)
        if hits:
            reasons.append(f"{name}: {', '.join(left.pop(stem) for stem in hits)}")
    # A scene of one or two telling words can't be asked for three.
    enough = min(_ENOUGH, max(1, len(terms)))
    return _Mark(min(1.0, found / enough), "; ".join(reasons) or "no word in common")


def _meanings(candidates: Sequence[Candidate], query: str) -> list[_Mark]:
    if not embeddings.are_installed():
        return [_Mark(0.0)] * len(candidates)
    texts = [f"{one.title}. {one.description}" for one in candidates]
    return [
        _Mark(
            min(1.0, max(0.0, (cosine - _UNRELATED) / (_SAME - _UNRELATED))),
            f"means much the same ({cosine:.2f})",
        )
        for cosine in embeddings.similarities(query, texts)
    ]


def _duration_fit(candidate: Candidate, request: ShotRequest) -> _Mark:
    if candidate.duration is None:
        return _Mark(_DURATION / 2)
    if candidate.duration >= request.seconds / request.shots:
        return _Mark(_DURATION, "long enough")
    return _Mark(0.0, f"only {candidate.duration:.0f} s long")


def _picture_fit(candidate: Candidate, request: ShotRequest) -> _Mark:
    if not candidate.width or not candidate.height:
        return _Mark((_SIZE + _SHAPE) / 2)
    shape = candidate.width / candidate.height
    wanted = request.width / request.height
    points = _SHAPE * min(shape, wanted) / max(shape, wanted)
    if candidate.width >= request.width and candidate.height >= request.height:
        return _Mark(points + _SIZE, "covers the picture")
    return _Mark(points, f"only {candidate.width}x{candidate.height}")


def _freshness(candidate: Candidate, shown_earlier: frozenset[Key]) -> _Mark:
    if key(candidate) in shown_earlier:
        return _Mark(_SHOWN_EARLIER, "shown in an earlier video")
    return _Mark(0.0)
