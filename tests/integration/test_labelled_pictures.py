"""What the judge is worth on labelled scenes that its weights never saw."""

from __future__ import annotations

from fractions import Fraction

from labelled_pictures import RIGHT, LabelledFilm, labelled_films

from videogen.domain.video import Format
from videogen.footage.choose import choose
from videogen.footage.origin import key
from videogen.footage.table import Film

OUTPUT = Format(Fraction(30), 1920, 1080)


def shown(film: LabelledFilm) -> list[list[float]]:
    """Return the label of each shot's picture by scene, cards left out."""
    index = {key(one): number for number, one in enumerate(film.candidates)}
    planned = choose(Film(film.requests, film.pool, OUTPUT, {}, frozenset(), frozenset()))
    return [
        [
            float(labels[index[key(choice.suggestion.candidate)]])
            for choice in scene.choices
            if not choice.is_card
        ]
        for labels, scene in zip(film.labels, planned, strict=True)
    ]


def test_most_shots_show_a_right_picture_and_few_a_wrong_one() -> None:
    films = labelled_films("unseen")
    labels = [label for film in films for scene in shown(film) for label in scene]
    shots = sum(request.shots for film in films for request in film.requests)
    rightable = sum(
        min(request.shots, int((row == RIGHT).sum()))
        for film in films
        for request, row in zip(film.requests, film.labels, strict=True)
    )
    assert labels.count(RIGHT) / rightable >= 0.95
    assert labels.count(0.0) / shots <= 0.02
