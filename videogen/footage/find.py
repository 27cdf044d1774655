"""Footage: clips for every scene, from the first source in the chain that has any.

Scenes are sourced side by side. Within a scene each source is asked in turn; what it offers that
has to do with the scene is taken first, then what was offered at all, then clips that the
video shows already, and a card where nothing else is left.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import groupby

from videogen.domain import Card, Progress
from videogen.footage.assign import Claims
from videogen.footage.judge import Key
from videogen.footage.overrides import Wishes
from videogen.footage.scene import Remembered, SceneFootage, SceneSourcing
from videogen.footage.sources.base import FootageSource, ShotRequest

LONGEST_SHOT_SECONDS = 6.0
_SCENES_AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class Footage:
    """The footage of all scenes in order, and in a line each what went otherwise than wished."""

    scenes: tuple[SceneFootage, ...]
    warnings: tuple[str, ...]


def shots_for(seconds: float) -> int:
    """Return into how many shots a scene is cut, so that none is held for too long."""
    return max(1, math.ceil(seconds / LONGEST_SHOT_SECONDS))


def source_footage(
    requests: Sequence[ShotRequest],
    sources: Sequence[FootageSource],
    last_resort: FootageSource,
    *,
    wishes: Wishes | None = None,
    shown_earlier: frozenset[Key] = frozenset(),
    remembered: Remembered = lambda _source, _query, _scene_number: None,
    done: Callable[[SceneFootage, Progress], None] = lambda _footage, _progress: None,
) -> Footage:
    """Find and fetch clips for every scene; a scene that finds none gets cards.

    `sources` are asked in order, up to `last_resort` where that is among them. `shown_earlier` are
    clips of other videos, which count for less. `remembered` returns what a source answered to a query before, for that scene where the record
    is kept by scene, and None where it never was asked.
    `done` is called in the caller's thread as each scene is complete. On any exception, an
    interrupt among them, the sources are closed, so that no call stays under way.
    """
    wishes = wishes or Wishes()
    claims = Claims(wishes.bans)
    sourcing = SceneSourcing(tuple(sources), last_resort, wishes, remembered, shown_earlier, claims)
    found: dict[int, SceneFootage] = {}
    with ThreadPoolExecutor(_SCENES_AT_ONCE, thread_name_prefix="footage") as pool:
        try:
            futures = [pool.submit(sourcing.source_scene, *turn) for turn in enumerate(requests)]
            for count, future in enumerate(as_completed(futures), start=1):
                scene = future.result()
                found[scene.scene_number] = scene
                done(scene, Progress("footage", count, len(requests), scene.scene_number))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for source in sources:
                source.close()
            raise
    scenes = tuple(found[request.scene.number] for request in requests)
    return Footage(scenes, (*claims.faults(), *_shortfalls(scenes, claims, sourcing.searched)))


def _shortfalls(
    scenes: Sequence[SceneFootage], claims: Claims, searched: Sequence[FootageSource]
) -> list[str]:
    lines = []
    if claims.repeated:
        lines.append(f"{claims.repeated} clips are shown more than once: no other was found")
    bare = [
        scene.scene_number
        for scene in scenes
        if all(isinstance(clip.media, Card) for clip in scene.clips)
    ]
    if bare and searched:
        lines.append(f"No footage was found for scene {_listed(bare)}: cards are shown")
    return lines


def _listed(numbers: Sequence[int]) -> str:
    """Return ascending numbers as text, neighbours as a range: `1-3, 7`."""
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    ends = [[number for _, number in run] for _, run in runs]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in ends)
