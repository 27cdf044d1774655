"""Which moment each shot shows, for all scenes at once.

Shots and moments are an assignment problem: the sum of what the moments are worth to their shots is
maximal, no moment is shown twice, and a shot that nothing fits shows a card. Then exchanges take back
what only neighbours see, such as two pieces of one clip side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from videogen.footage.matching import matched

CARD = -1

_FORBIDDEN = -1e6
# What two neighbours lose together, on the scale of a score.
_SAME_CLIP, _ALIKE, _SAME_KIND = 0.2, 0.08, 0.02
_SWEEPS = 4


@dataclass(frozen=True, slots=True)
class Moment:
    """The `take`-th piece of the candidate at `clip`, an index."""

    clip: int
    take: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Shots in showing order and what they may show.

    `worth[shot, moment]` is above 0 where the moment may be shown, and -inf elsewhere; a card is
    worth 0. `fixed[shot]` is the moment that it must show, None where it is free.
    `alike[moment]` is equal for moments whose clips are parts of one series, `kinds[moment]` for
    those of one kind.
    """

    worth: NDArray[np.float64]
    moments: Sequence[Moment]
    fixed: Sequence[int | None]
    alike: NDArray[np.int64]
    kinds: NDArray[np.int64]


def assign(problem: Problem) -> list[int]:
    """Return the moment that each shot shows, as an index, or CARD."""
    chosen = _solve(problem)
    for _ in range(_SWEEPS):
        if not _sweep(problem, chosen):
            break
    return chosen


def _solve(problem: Problem) -> list[int]:
    shots, moments = problem.worth.shape
    worth = problem.worth.copy()
    for shot, moment in enumerate(problem.fixed):
        if moment is not None:
            worth[shot] = worth[:, moment] = -np.inf
    # A card for every shot stands beside the moments.
    gains = np.concatenate([worth, np.zeros((shots, shots))], axis=1)
    costs = np.where(np.isfinite(gains), -gains, -_FORBIDDEN)
    found = [int(column) if column < moments else CARD for column in matched(costs)]
    return [
        taken if moment is None else moment
        for taken, moment in zip(found, problem.fixed, strict=True)
    ]


def _sweep(problem: Problem, chosen: list[int]) -> bool:
    """Exchange moments while that gains; tell whether anything was exchanged."""
    changed = False
    free = [shot for shot, moment in enumerate(problem.fixed) if moment is None]
    for shot in free:
        before, after = shot - 1, shot + 1
        if not any(
            0 <= other < len(chosen) and _strain(problem, chosen[shot], chosen[other]) >= _ALIKE
            for other in (before, after)
        ):
            continue
        changed |= _replace(problem, chosen, shot) or _exchange(problem, chosen, shot, free)
    return changed


def _replace(problem: Problem, chosen: list[int], shot: int) -> bool:
    """Give a shot an unused moment where all gain by it."""
    used = set(chosen)
    allowed = np.flatnonzero(problem.worth[shot] > 0)
    here = _value(problem, chosen, [shot])
    best, gain = chosen[shot], 1e-9
    kept = chosen[shot]
    for moment in allowed:
        if moment in used:
            continue
        chosen[shot] = int(moment)
        found = _value(problem, chosen, [shot]) - here
        if found > gain:
            best, gain = int(moment), found
    chosen[shot] = best
    return best != kept


def _exchange(problem: Problem, chosen: list[int], shot: int, free: Sequence[int]) -> bool:
    """Let a shot and another change their moments where all gain by it."""
    best, gain = None, 1e-9
    for other in free:
        mine, theirs = chosen[shot], chosen[other]
        if CARD in (mine, theirs) or mine == theirs:
            continue
        if problem.worth[shot, theirs] <= 0 or problem.worth[other, mine] <= 0:
            continue
        here = _value(problem, chosen, [shot, other])
        chosen[shot], chosen[other] = theirs, mine
        found = _value(problem, chosen, [shot, other]) - here
        chosen[shot], chosen[other] = mine, theirs
        if found > gain:
            best, gain = other, found
    if best is not None:
        chosen[shot], chosen[best] = chosen[best], chosen[shot]
    return best is not None


def _value(problem: Problem, chosen: Sequence[int], shots: Sequence[int]) -> float:
    """Return what some shots are worth, less the strain between them and their neighbours."""
    worth = sum(problem.worth[shot, chosen[shot]] for shot in shots if chosen[shot] != CARD)
    edges = {edge for shot in shots for edge in (shot, shot + 1) if 0 < edge < len(chosen)}
    return float(worth) - sum(_strain(problem, chosen[edge - 1], chosen[edge]) for edge in edges)


def _strain(problem: Problem, one: int, other: int) -> float:
    if CARD in (one, other):
        return 0.0
    if problem.moments[one].clip == problem.moments[other].clip:
        return _SAME_CLIP
    if problem.alike[one] == problem.alike[other]:
        return _ALIKE
    return _SAME_KIND if problem.kinds[one] == problem.kinds[other] else 0.0
