"""Fit the weights of videogen.footage.judge to the calibration part of the labelled scenes.

Each topic counts twice, as written and as if no writer had named what is to be seen. A half right
candidate counts by a third as right. The regression is ridge logistic regression by Newton's method;
the weights are printed for the source, with what leaving out each topic in turn gives for the topic
that was left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from labelled_pictures import HALF, RIGHT, LabelledFilm, bare_films, labelled_films
from numpy.typing import NDArray

from videogen.footage.features import features
from videogen.footage.judge import FEATURES

_HALF_COUNTS = 0.33
_RIDGE = 3.0
_STEPS = 30

Matrix = NDArray[np.float64]


def main() -> None:
    """Print the weights, and what they are worth to a topic that they never saw."""
    written, bare = labelled_films("calibration"), bare_films("calibration")
    films = [*written, *bare]
    tables = [_table(film) for film in films]
    targets = [_targets(film.labels) for film in films]
    weights = fit(tables, targets)
    print(f"_BIAS = {weights[0]:.3f}")
    for name, weight in zip(FEATURES, weights[1:], strict=True):
        print(f'    "{name}": {weight:.3f},')
    judged = _left_out(films, tables, targets)
    for floor in (0.3, 0.4, 0.45, 0.5, 0.6, 0.7):
        as_written = _shown(written, judged[: len(written)], floor)
        print(f"floor {floor}: {as_written}; bare: {_shown(bare, judged[len(written) :], floor)}")


def fit(tables: Sequence[Matrix], targets: Sequence[Matrix]) -> Matrix:
    """Return the bias and the weights that make the labels most likely."""
    rows, wanted = np.concatenate(tables), np.concatenate(targets)
    scale = rows.std(axis=0)
    given = np.concatenate([np.ones((len(rows), 1)), rows / scale], axis=1)
    ridge = _RIDGE * np.eye(given.shape[1])
    ridge[0, 0] = 0.0
    weights = np.zeros(given.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-given @ weights))
        curvature = (given * (likely * (1 - likely))[:, None]).T @ given + ridge
        weights += np.linalg.solve(curvature, given.T @ (wanted - likely) - ridge @ weights)
    return np.concatenate([weights[:1], weights[1:] / scale])


def _table(film: LabelledFilm) -> Matrix:
    found = features(film.requests, film.candidates)
    return np.stack([found[name].ravel() for name in FEATURES], axis=1)


def _targets(labels: Matrix) -> Matrix:
    return np.where(labels == HALF, _HALF_COUNTS, (labels == RIGHT).astype(float)).ravel()


def _left_out(
    films: Sequence[LabelledFilm], tables: Sequence[Matrix], targets: Sequence[Matrix]
) -> list[Matrix]:
    """Return each film's relevance by weights that saw no film of its topic."""
    judged = []
    for film, table in zip(films, tables, strict=True):
        others = [place for place, one in enumerate(films) if one.name != film.name]
        weights = fit([tables[one] for one in others], [targets[one] for one in others])
        logits = weights[0] + table @ weights[1:]
        judged.append((1 / (1 + np.exp(-logits))).reshape(film.labels.shape))
    return judged


def _shown(films: Sequence[LabelledFilm], judged: Sequence[Matrix], floor: float) -> str:
    """Return what the best two candidates of each scene are worth."""
    shots = rightable = right = wrong = 0
    for film, relevance in zip(films, judged, strict=True):
        for labels, scores in zip(film.labels, relevance, strict=True):
            for place, best in enumerate(np.argsort(-scores)[:2]):
                shots += 1
                rightable += (labels == RIGHT).sum() > place
                if scores[best] >= floor:
                    right += labels[best] == RIGHT
                    wrong += labels[best] == 0
    return f"{right / rightable:.1%} right where one is, {wrong / shots:.1%} wrong"


if __name__ == "__main__":
    main()
