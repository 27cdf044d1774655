"""How well pictures are chosen: our way beside two simple ones, on the labelled scenes.

Prints, for the part that the weights were fitted to and for the one that they never saw, how many
shots show a right picture where there is one, and how many of all shots a wrong one; the same for
scripts whose writers named nothing that is to be seen; then what the floor costs, and what the whole
choosing takes for a long video. Draws docs/benchmarks/pictures.svg.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
from labelled_pictures import (
    HALF,
    PARTS,
    RIGHT,
    LabelledFilm,
    bare_films,
    labelled_films,
    translated_films,
)
from matplotlib import pyplot as plt
from numpy.typing import NDArray

from videogen.domain.video import Format
from videogen.footage.choose import choose
from videogen.footage.features import shared_words
from videogen.footage.judge import FLOOR, judge
from videogen.footage.origin import key
from videogen.footage.request import as_said
from videogen.footage.search import Pool
from videogen.footage.table import Film
from videogen.language.meaning import read

_OUTPUT = Format(Fraction(30), 1920, 1080)
_PLOT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks" / "pictures.svg"
_SCENES, _CANDIDATES = 25, 600
_CARD = -1

# The candidate that each shot of each scene shows, or _CARD.
Way = Callable[[LabelledFilm], list[list[int]]]


@dataclass(slots=True)
class Tally:
    """Shots by what they show; `rightable` are those that a right picture was left for."""

    shots: int = 0
    rightable: int = 0
    right: int = 0
    half: int = 0
    wrong: int = 0

    def add(self, labels: NDArray[np.float64], shown: Sequence[int]) -> None:
        """Count one scene's shots."""
        self.shots += len(shown)
        self.rightable += min(len(shown), int((labels == RIGHT).sum()))
        self.right += sum(labels[one] == RIGHT for one in shown if one != _CARD)
        self.half += sum(labels[one] == HALF for one in shown if one != _CARD)
        self.wrong += sum(labels[one] == 0 for one in shown if one != _CARD)

    def __str__(self) -> str:
        cards = self.shots - self.right - self.half - self.wrong
        return (
            f"{self.right / self.rightable:6.1%} right where one is, {self.wrong / self.shots:5.1%}"
            f" wrong, {self.half / self.shots:5.1%} half right, {cards / self.shots:5.1%} cards"
            f" ({self.shots} shots)"
        )


def main() -> None:
    """Measure, print and draw."""
    ways: dict[str, Way] = {"first answer": _first, "words only": _words, "videogen": _ours}
    for part in PARTS:
        films = labelled_films(part)
        print(f"{part}: {len(films)} topics, {sum(len(one.requests) for one in films)} scenes")
        for name, way in ways.items():
            print(f"  {name:13}{_tally(films, way)}")
        print(f"  {'nothing named':13}{_tally(bare_films(part), _ours)}")
        precision, recall = _precision(films)
        print(f"  at the floor: precision {precision:.2f}, recall {recall:.2f}")
    translated = translated_films()
    names = {film.name for film in translated}
    english = [film for film in bare_films("calibration") if film.name in names]
    print(f"nothing named, told in English              {_tally(english, _ours)}")
    print(f"in three other languages, by its own words  {_tally(translated, _own_words)}")
    print(f"in three other languages, as it is judged  {_tally(translated, _ours)}")
    _draw(labelled_films("unseen"))
    _time(labelled_films("calibration"))


def _tally(films: Sequence[LabelledFilm], way: Way) -> Tally:
    tally = Tally()
    for film in films:
        for labels, shown in zip(film.labels, way(film), strict=True):
            tally.add(labels, shown)
    return tally


def _first(film: LabelledFilm) -> list[list[int]]:
    """Show what each source answers first, source by source, no clip twice."""
    used: set[int] = set()
    return [_take(film, number, _found(film, number), used) for number in range(len(film.requests))]


def _words(film: LabelledFilm) -> list[list[int]]:
    """Show what shares the most words with the query, no clip twice; without one, a card."""
    used: set[int] = set()
    shown = []
    for number, request in enumerate(film.requests):
        words = [shared_words(request, one) for one in film.candidates]
        order = sorted(_found(film, number), key=lambda one: -len(words[one]))
        shown.append(_take(film, number, [one for one in order if words[one]], used))
    return shown


def _found(film: LabelledFilm, number: int) -> list[int]:
    hits = film.pool.hits[film.requests[number].number]
    return [index for index, one in enumerate(film.candidates) if key(one) in hits]


def _take(film: LabelledFilm, number: int, order: Sequence[int], used: set[int]) -> list[int]:
    shots = film.requests[number].shots
    free = [one for one in order if one not in used][:shots]
    used.update(free)
    return [*free, *[_CARD] * (shots - len(free))]


def _ours(film: LabelledFilm) -> list[list[int]]:
    index = {key(one): number for number, one in enumerate(film.candidates)}
    planned = choose(Film(film.requests, film.pool, _OUTPUT, {}, frozenset(), frozenset()))
    return [
        [index.get(key(choice.suggestion.candidate), _CARD) for choice in scene.choices]
        for scene in planned
    ]


def _own_words(film: LabelledFilm) -> list[list[int]]:
    """Show what the narration's own words are near to, whatever its language."""
    return _ours(replace(film, requests=tuple(map(as_said, film.requests))))


def _precision(films: Sequence[LabelledFilm]) -> tuple[float, float]:
    """Return which share of what passes the floor is not wrong, and of what is right passes."""
    passed = [
        (film.labels, judge(film.requests, film.candidates).relevance >= FLOOR) for film in films
    ]
    labels = np.concatenate([one.ravel() for one, _ in passed])
    fits = np.concatenate([one.ravel() for _, one in passed])
    return float((labels[fits] > 0).mean()), float(fits[labels == RIGHT].mean())


def _draw(films: Sequence[LabelledFilm]) -> None:
    judged = [judge(film.requests, film.candidates).relevance for film in films]
    figure, axes = plt.subplots(figsize=(7, 4))
    floors = np.linspace(0.05, 0.95, 37)
    right, wrong = [], []
    for floor in floors:
        tally = Tally()
        for film, relevance in zip(films, judged, strict=True):
            for labels, scores in zip(film.labels, relevance, strict=True):
                best = np.argsort(-scores)[:2]
                tally.add(labels, [int(one) if scores[one] >= floor else _CARD for one in best])
        right.append(tally.right / tally.rightable)
        wrong.append(tally.wrong / tally.shots)
    axes.plot(floors, right, label="right, of the shots that a right picture was found for")
    axes.plot(floors, wrong, label="wrong, of all shots")
    axes.axvline(FLOOR, color="grey", linestyle=":", label="the floor")
    axes.set(xlabel="floor", ylabel="share of shots", ylim=(0, 1), title="The unseen part")
    axes.legend(loc="center left")
    figure.savefig(_PLOT, metadata={"Date": None})


def _time(films: Sequence[LabelledFilm]) -> None:
    """Time a video of 25 scenes and 600 candidates, all read for the first time."""
    every = [request for film in films for request in film.requests][:_SCENES]
    requests = [
        replace(one, scene=replace(one.scene, number=number)) for number, one in enumerate(every, 1)
    ]
    found = [replace(one, id=f"{film.name} {one.id}") for film in films for one in film.candidates]
    pool = Pool()
    for number, request in enumerate(requests):
        mine = [one for place, one in enumerate(found) if place % _SCENES == number]
        pool.add(request.number, request.queries[0], mine[: _CANDIDATES // _SCENES])
    read.cache_clear()
    began = time.process_time()
    choose(Film(requests, pool, _OUTPUT, {}, frozenset(), frozenset()))
    took = time.process_time() - began
    print(f"{len(requests)} scenes, {len(pool.candidates)} candidates: {took:.1f} s of processor")


if __name__ == "__main__":
    main()
