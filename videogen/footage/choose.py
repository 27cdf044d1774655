"""From what was found to what each shot shows: candidates are judged, moments assigned to shots."""

from __future__ import annotations

import math

from videogen.domain.footage import PlannedScene
from videogen.footage.request import TAIL_SECONDS, SceneRequest, with_shots
from videogen.footage.table import Film, Table

# A piece is cut at whole frames and may miss its length by a few of them.
_ROUNDING = 0.2


def choose(film: Film) -> tuple[PlannedScene, ...]:
    """Return what every shot shows; a scene whose clips are short gets more shots, up to twice."""
    table = Table(film)
    first = [_room_for_pins(one, film) for one in film.requests]
    requests = first
    while True:
        scenes = table.planned(requests)
        wanted = [
            with_shots(one, one.shots + 1)
            # Short clips may need company, but twice the shots is as restless as a cut should be.
            if _is_short(one, scene) and one.shots < 2 * asked.shots
            else one
            for one, scene, asked in zip(requests, scenes, first, strict=True)
        ]
        if wanted == requests:
            return scenes
        requests = wanted


def _room_for_pins(request: SceneRequest, film: Film) -> SceneRequest:
    last = max((shot for scene, shot in film.pins if scene == request.number), default=0)
    return with_shots(request, max(request.shots, last))


def _is_short(request: SceneRequest, scene: PlannedScene) -> bool:
    """Tell whether clips end before their scene does."""
    lengths = [choice.suggestion.candidate.duration or math.inf for choice in scene.choices]
    filled = sum(min(length, request.shot_seconds) - TAIL_SECONDS for length in lengths)
    return filled < request.seconds - _ROUNDING
