"""Footage: what every scene shows, planned for all of them at once, then fetched.

All sources are asked, what they offer is judged by one measure, and every shot gets the moment that
serves the whole video best; where nothing fits, a card.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from videogen.domain import (
    CARDS,
    Choice,
    Clip,
    Format,
    PacedScene,
    PlannedScene,
    Progress,
    ShownScene,
    SourcedScene,
    Suggestion,
    Tell,
    VoicedScene,
)
from videogen.errors import UsageError
from videogen.footage.choose import choose
from videogen.footage.faults import Faults
from videogen.footage.gather import Gathering
from videogen.footage.licenses import family_of
from videogen.footage.overrides import ClipOverrides, ShotNumber, clip_key
from videogen.footage.request import SceneRequest, scene_request
from videogen.footage.search import Key, Pool, Searcher
from videogen.footage.sources import PERSONS_CHOICE, Chain
from videogen.footage.sources.base import FootageSource
from videogen.footage.sources.cards import card_of
from videogen.footage.sources.local import LocalSource
from videogen.footage.table import NO_SEARCH, Film

_QUERIES = 3  # that a scene may ask; each broader than the one before


@dataclass(frozen=True, slots=True)
class Plan:
    """What all scenes will show, and in a line each what failed on the way."""

    scenes: tuple[PlannedScene, ...]
    faults: tuple[str, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """In a line each what went otherwise than wished."""
        return (*self.faults, *_bare_shots(self.scenes))


@dataclass(frozen=True, slots=True)
class Footage:
    """The footage of all scenes in order, and in a line each what went otherwise than wished."""

    scenes: tuple[SourcedScene, ...]
    warnings: tuple[str, ...]

    def shown_with(self, voiced: Sequence[VoicedScene]) -> tuple[ShownScene, ...]:
        """Return spoken scenes with their clips; those that nobody spoke are not shown."""
        clips = {sourced.scene: sourced.clips for sourced in self.scenes}
        return tuple(ShownScene(scene, clips[scene.scene]) for scene in voiced)


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
    searcher = Searcher([one for one in chain.sources if one.name != CARDS], output, faults)
    pins = _looked_up(overrides, chain, faults)
    film = Film(requests, pool, output, pins, overrides.bans, shown_earlier)
    planned: tuple[PlannedScene, ...] = ()
    open_requests = list(requests)
    for turn in range(_QUERIES):
        asked = [(one, one.queries[turn]) for one in open_requests if len(one.queries) > turn]
        if turn and not (asked and searcher.sources):
            break
        told = _Count(tell, len(asked) if not turn else 0)
        searcher.ask(asked, pool, told.one_more)
        planned = choose(film)
        bare = {one.number for one in planned if any(choice.is_card for choice in one.choices)}
        open_requests = [one for one in requests if one.number in bare]
    return Plan(planned, faults.lines())


def fetch(planned: Plan, chain: Chain, tell: Tell) -> Footage:
    """Fetch what was planned; each scene and the progress are told as the scene is complete."""
    faults = Faults()
    count = _Count(tell, len(planned.scenes))

    def hear(scene: SourcedScene) -> None:
        tell(scene)
        count.one_more(scene.number)

    # A person's own file needs no folder that was given.
    sources = {LocalSource.name: LocalSource(Path.cwd()), **chain.by_name}
    scenes = Gathering(planned.scenes, sources, faults, hear).run()
    shown = _bare_shots([one.planned for one in scenes])
    return Footage(scenes, (*planned.faults, *faults.lines(), *shown, *_share_alike(scenes)))


def with_choices(planned: Plan, choices: Mapping[tuple[int, int], Suggestion]) -> Plan:
    """Return the plan with what a person chose, by the numbers of scene and shot from 1.

    Where another shot shows the same moment already, the next one is taken.
    """
    taken = [
        (choice.suggestion.candidate.source, choice.suggestion.candidate.id)
        for scene in planned.scenes
        for number, choice in enumerate(scene.choices, start=1)
        if (scene.number, number) not in choices
    ]

    def chosen(scene: PlannedScene, number: int, choice: Choice) -> Choice:
        wanted = choices.get((scene.number, number))
        if wanted is None or wanted == choice.suggestion:
            return choice
        key = (wanted.candidate.source, wanted.candidate.id)
        take = taken.count(key)
        taken.append(key)
        return Choice(choice.words, wanted, take, "person")

    scenes = tuple(
        replace(
            scene,
            choices=tuple(
                chosen(scene, number, choice)
                for number, choice in enumerate(scene.choices, start=1)
            ),
        )
        for scene in planned.scenes
    )
    return replace(planned, scenes=scenes)


def providers_of(scenes: Iterable[SourcedScene]) -> str:
    """Return the names of the sources that scenes show clips of, with commas between them."""
    return ",".join(dict.fromkeys(clip.candidate.source for one in scenes for clip in one.clips))


class _Count:
    """Tells the progress of a stage scene by scene."""

    def __init__(self, tell: Tell, total: int) -> None:
        self._tell = tell
        self._total = total
        self._done = 0

    def one_more(self, scene: int) -> None:
        """Tell that another scene is done."""
        self._done += 1
        if self._done <= self._total:
            self._tell(Progress("footage", self._done, self._total, scene))


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


def looked_up(source: FootageSource, identifier: str) -> Suggestion:
    """Return the suggestion that a person named.

    Raises:
        FootageError: there is no such clip.
    """
    return Suggestion(source.lookup(identifier), "", 1.0, 1.0, (PERSONS_CHOICE,))


def named(planned: Plan, chain: Chain, shot: ShotNumber, clip: str) -> Suggestion:
    """Return what a person names for a shot: `SOURCE:ID`, a file of their own, or `card`.

    Raises:
        UsageError: the plan has no such shot, or the name is no clip's.
        FootageError: the source knows no such clip.
    """
    scenes = {scene.number: scene for scene in planned.scenes}
    scene = scenes.get(shot[0])
    if scene is None or shot[1] > len(scene.choices):
        raise UsageError(
            f"The plan has no shot {shot[0]}.{shot[1]}", cure="videogen plan shows all shots."
        )
    if clip == "card":
        return card_of(scene.number, scene.phrases, shot[1] - 1, PERSONS_CHOICE)
    if Path(clip).is_file():
        return looked_up(LocalSource(Path(clip).parent), str(Path(clip).resolve()))
    known = {f"{one.candidate.source}:{one.candidate.id}": one for one in scene.suggestions}
    if clip in known:
        return replace(known[clip], reasons=(PERSONS_CHOICE,))
    source, identifier = clip_key(clip, [*chain.by_name])
    return looked_up(chain.by_name[source], identifier)


def _bare_shots(scenes: Sequence[PlannedScene]) -> list[str]:
    """Return a line for each scene that shows cards since nothing fits."""
    lines = []
    for scene in scenes:
        cards = [
            number
            for number, choice in enumerate(scene.choices, start=1)
            if choice.is_card
            and choice.chosen_by == "program"
            and choice.suggestion.reasons[0] != NO_SEARCH
        ]
        if cards:
            why = scene.choices[cards[0] - 1].suggestion.reasons[0]
            shots = f"shot{'s' * (len(cards) > 1)} {_listed(cards)}"
            lines.append(f"Scene {scene.number}, {shots}: a card, for {scene.query!r} {why}")
    return lines


def _share_alike(scenes: Sequence[SourcedScene]) -> list[str]:
    shown = [one.number for one in scenes if any(_binds(clip) for clip in one.clips)]
    if not shown:
        return []
    told = f"Scene {_listed(shown)} shows share-alike footage (CC BY-SA)"
    return [f"{told}: the whole video may be published under the same licence only"]


def _binds(clip: Clip) -> bool:
    return family_of(clip.candidate.license, clip.candidate.license_url) == "by-sa"


def _listed(numbers: Sequence[int]) -> str:
    """Return ascending numbers as text, neighbours as a range: `1-3, 7`."""
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    ends = [[number for _, number in run] for _, run in runs]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in ends)
