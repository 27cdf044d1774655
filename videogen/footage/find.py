"""Footage: clips for every scene, from the first source in the chain that has any.

Scenes are sourced side by side. Within a scene each source is asked in turn; what it offers that
has to do with the scene is taken first, then what was offered at all, then clips that the
video shows already, and a card where nothing else is left.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import groupby

from videogen.domain import (
    Card,
    Format,
    PacedScene,
    Progress,
    ShownScene,
    SourcedScene,
    Tell,
    VoicedScene,
)
from videogen.footage.assign import Claims
from videogen.footage.judge import Key
from videogen.footage.overrides import ClipOverrides
from videogen.footage.scene import SceneSourcing
from videogen.footage.sources import Chain
from videogen.footage.sources.base import FootageSource, ShotRequest
from videogen.language.keywords import key_phrases

LONGEST_SHOT_SECONDS = 6.0
_SCENES_AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class Footage:
    """The footage of all scenes in order, and in a line each what went otherwise than wished."""

    scenes: tuple[SourcedScene, ...]
    warnings: tuple[str, ...]

    def shown_with(self, voiced: Sequence[VoicedScene]) -> tuple[ShownScene, ...]:
        """Return spoken scenes with their clips; those that nobody spoke are not shown."""
        clips = {sourced.scene: sourced.clips for sourced in self.scenes}
        return tuple(ShownScene(scene, clips[scene.scene]) for scene in voiced)


def find(
    scenes: Sequence[PacedScene],
    chain: Chain,
    output: Format,
    language: str,
    overrides: ClipOverrides,
    shown_earlier: frozenset[Key],
    tell: Tell,
) -> Footage:
    """Find and fetch clips for scenes that are, or will be, as long as paced.

    `language` is the narration's code. Each scene is told as it is complete.
    """
    requests = [_request(scene, output, language) for scene in scenes]
    return source_footage(
        requests,
        chain.sources,
        chain.last_resort,
        overrides=overrides,
        shown_earlier=shown_earlier,
        tell=tell,
    )


def providers_of(scenes: Iterable[SourcedScene]) -> str:
    """Return the names of the sources that scenes show clips of, with commas between them."""
    return ",".join(dict.fromkeys(clip.candidate.source for one in scenes for clip in one.clips))


def _request(paced: PacedScene, output: Format, language: str) -> ShotRequest:
    seconds = paced.seconds + paced.pause
    phrases = key_phrases(paced.scene, language)
    return ShotRequest(paced.scene, seconds, shots_for(seconds), *output.size, phrases)


def shots_for(seconds: float) -> int:
    """Return into how many shots a scene is cut, so that none is held for too long."""
    return max(1, math.ceil(seconds / LONGEST_SHOT_SECONDS))


def source_footage(
    requests: Sequence[ShotRequest],
    sources: Sequence[FootageSource],
    last_resort: FootageSource,
    *,
    overrides: ClipOverrides | None = None,
    shown_earlier: frozenset[Key] = frozenset(),
    tell: Tell = lambda _event: None,
) -> Footage:
    """Find and fetch clips for every scene; a scene that finds none gets cards.

    `sources` are asked in order, up to `last_resort` where that is among them. `shown_earlier` are
    clips of other videos, which count for less. Each scene and the progress are told in the
    caller's thread as the scene is complete. On any exception, an interrupt among them, the sources
    are closed, so that no call stays under way.
    """
    overrides = overrides or ClipOverrides()
    claims = Claims(overrides.bans)
    sourcing = SceneSourcing(tuple(sources), last_resort, overrides, shown_earlier, claims)
    with ThreadPoolExecutor(_SCENES_AT_ONCE, thread_name_prefix="footage") as pool:
        try:
            futures = [pool.submit(sourcing.source_scene, *turn) for turn in enumerate(requests)]
            for count, future in enumerate(as_completed(futures), start=1):
                scene = future.result()
                tell(scene)
                tell(Progress("footage", count, len(requests), scene.number))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for source in sources:
                source.close()
            raise
    scenes = tuple(future.result() for future in futures)
    return Footage(scenes, (*claims.faults(), *_shortfalls(scenes, claims, sourcing.searched)))


def _shortfalls(
    scenes: Sequence[SourcedScene], claims: Claims, searched: Sequence[FootageSource]
) -> list[str]:
    lines = []
    if claims.repeated:
        lines.append(f"{claims.repeated} clips are shown more than once: no other was found")
    bare = [one.number for one in scenes if all(isinstance(clip.media, Card) for clip in one.clips)]
    if bare and searched:
        lines.append(f"No footage was found for scene {_listed(bare)}: cards are shown")
    return lines


def _listed(numbers: Sequence[int]) -> str:
    """Return ascending numbers as text, neighbours as a range: `1-3, 7`."""
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    ends = [[number for _, number in run] for _, run in runs]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in ends)
