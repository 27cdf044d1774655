"""Footage: what every scene shows, planned for all of them at once, then fetched.

All sources are asked, what they offer is judged by one measure, and every shot gets the moment that
serves the whole video best; where nothing fits, a card.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from videogen.digests import has_digest, is_whole
from videogen.domain.events import Progress, Tell
from videogen.domain.footage import (
    Clip,
    MediaFile,
    PlannedScene,
    ShownScene,
    SourcedScene,
    Suggestion,
)
from videogen.domain.speech import PacedScene, VoicedScene
from videogen.domain.video import Format
from videogen.footage.faults import Faults
from videogen.footage.gather import Gathering
from videogen.footage.licenses import family_of
from videogen.footage.measure import Measuring
from videogen.footage.origin import Key
from videogen.footage.overrides import ClipOverrides
from videogen.footage.plans import Plan, bare_shots, listed, looked_up
from videogen.footage.request import SceneRequest, scene_request
from videogen.footage.search import Pool, Searcher
from videogen.footage.sources.chain import Chain
from videogen.footage.sources.local import LocalSource
from videogen.footage.table import Film

_QUERIES = 3  # that a scene may ask; each broader than the one before


@dataclass(frozen=True, slots=True)
class Footage:
    """The footage of all scenes in order, and in a line each what went otherwise than wished."""

    scenes: tuple[SourcedScene, ...]
    warnings: tuple[str, ...]

    def shown_with(self, voiced: Sequence[VoicedScene]) -> tuple[ShownScene, ...]:
        """Return spoken scenes with their clips; those that nobody spoke are not shown."""
        clips = {sourced.scene: sourced.clips for sourced in self.scenes}
        return tuple(ShownScene(scene, clips[scene.scene]) for scene in voiced)

    def is_whole(self) -> bool:
        """Tell whether each clip's file is there, those that were fetched as they were then."""
        clips = (clip.media for one in self.scenes for clip in one.clips)
        paths = [media.path for media in clips if isinstance(media, MediaFile)]
        # What a person gave is theirs to change.
        return all(is_whole(path) if has_digest(path) else path.is_file() for path in paths)


def plan(
    scenes: Sequence[PacedScene],
    chain: Chain,
    output: Format,
    language: str,
    overrides: ClipOverrides,
    shown_earlier: frozenset[Key],
    tell: Tell,
) -> Plan:
    """Choose what scenes show that are, or will be, as long as paced.

    `language` is the narration's code; `shown_earlier` are clips of other videos, which count for
    less.
    """
    requests = [scene_request(scene, language) for scene in scenes]
    return plan_requests(requests, chain, output, overrides, shown_earlier, tell)


def plan_requests(
    requests: Sequence[SceneRequest],
    chain: Chain,
    output: Format,
    overrides: ClipOverrides,
    shown_earlier: frozenset[Key],
    tell: Tell,
) -> Plan:
    """Choose what requests show; narrow queries first, broader ones for what stays bare."""
    faults, pool = Faults(), Pool()
    searcher = Searcher(chain.sources, output, faults)
    measuring = Measuring(chain.by_name, faults)
    pins = _looked_up(overrides, chain, faults)
    film = Film(requests, pool, output, pins, overrides.bans, shown_earlier)
    if chain.sight:
        film = replace(film, look=functools.partial(chain.sight.looked_at, faults=faults))
    planned: tuple[PlannedScene, ...] = ()
    open_requests = list(requests)
    for turn in range(_QUERIES):
        asked = [(one, one.queries[turn]) for one in open_requests if len(one.queries) > turn]
        if turn and not (asked and searcher.sources):
            break
        told = _Count(tell, "search", len(asked) if not turn else 0)
        searcher.ask(asked, pool, told.one_more)
        planned = measuring.choose(film)
        bare = {one.number for one in planned if any(choice.is_card for choice in one.choices)}
        open_requests = [one for one in requests if one.number in bare]
    return Plan(planned, faults.lines())


def fetch(planned: Plan, chain: Chain, tell: Tell) -> Footage:
    """Fetch what was planned; each scene and the progress are told as the scene is complete."""
    faults = Faults()
    count = _Count(tell, "fetch", len(planned.scenes))

    def hear(scene: SourcedScene) -> None:
        tell(scene)
        count.one_more(scene.number)

    # A person's own file needs no folder that was given.
    sources = {LocalSource.name: LocalSource(Path.cwd()), **chain.by_name}
    scenes = Gathering(planned.scenes, sources, faults, hear).run()
    shown = bare_shots([one.planned for one in scenes])
    return Footage(scenes, (*planned.faults, *faults.lines(), *shown, *_share_alike(scenes)))


def providers_of(scenes: Iterable[SourcedScene]) -> str:
    """Return the names of the sources that scenes show clips of, with commas between them."""
    return ",".join(dict.fromkeys(clip.candidate.source for one in scenes for clip in one.clips))


class _Count:
    """Tells the progress of a stage scene by scene: searching is its first half, fetching the other."""

    def __init__(self, tell: Tell, half: Literal["search", "fetch"], total: int) -> None:
        self._tell = tell
        self._total = total
        self._before = total if half == "fetch" else 0
        self._done = 0

    def one_more(self, scene: int) -> None:
        """Tell that another scene is done."""
        self._done += 1
        if self._done <= self._total:
            done = self._before + self._done
            self._tell(Progress("footage", done, 2 * self._total, scene))


def _looked_up(
    overrides: ClipOverrides, chain: Chain, faults: Faults
) -> dict[tuple[int, int], Suggestion]:
    sources = chain.by_name
    found = {}
    for shot, (name, identifier) in overrides.pins.items():
        source = sources[name]
        pin = faults.attempt(
            name, functools.partial(looked_up, source, identifier), f"pinned {identifier}"
        )
        if pin:
            found[shot] = pin
    return found


def _share_alike(scenes: Sequence[SourcedScene]) -> list[str]:
    shown = [one.number for one in scenes if any(_binds(clip) for clip in one.clips)]
    if not shown:
        return []
    told = f"Scene {listed(shown)} shows share-alike footage (CC BY-SA)"
    return [f"{told}: the whole video may be published under the same licence only"]


def _binds(clip: Clip) -> bool:
    return family_of(clip.candidate.license, clip.candidate.license_url) == "by-sa"
