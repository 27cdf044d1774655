"""What a video will show, before anything of it is fetched, and what a person changes in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from videogen.domain.footage import Choice, PlannedScene, Suggestion
from videogen.domain.speech import PacedScene
from videogen.errors import UsageError
from videogen.footage.origin import key
from videogen.footage.overrides import PERSONS_CHOICE, ShotNumber, clip_key
from videogen.footage.sources.base import FootageSource
from videogen.footage.sources.cards import card_of
from videogen.footage.sources.chain import Chain
from videogen.footage.sources.local import LocalSource
from videogen.footage.table import NO_SEARCH


@dataclass(frozen=True, slots=True)
class Plan:
    """What all scenes will show, and in a line each what failed on the way."""

    scenes: tuple[PlannedScene, ...]
    faults: tuple[str, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """In a line each what went otherwise than wished."""
        return (*self.faults, *bare_shots(self.scenes))


def with_choices(planned: Plan, choices: Mapping[ShotNumber, Suggestion]) -> Plan:
    """Return the plan with what a person chose, by the numbers of scene and shot from 1.

    Where another shot shows the same moment already, the next one is taken.
    """
    taken = [
        key(choice.suggestion.candidate)
        for scene in planned.scenes
        for number, choice in enumerate(scene.choices, start=1)
        if (scene.number, number) not in choices
    ]

    def chosen(scene: PlannedScene, number: int, choice: Choice) -> Choice:
        wanted = choices.get((scene.number, number))
        if wanted is None or wanted == choice.suggestion:
            return choice
        take = taken.count(key(wanted.candidate))
        taken.append(key(wanted.candidate))
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


def merged(scenes: Sequence[PacedScene], earlier: Plan, fresh: Plan) -> Plan:
    """Return the plan of scenes: what is said as before shows what it showed, the rest is fresh."""
    known = {one.scene.text: one for one in (*earlier.scenes, *fresh.scenes)}
    planned = (
        replace(known[one.scene.text], scene=one.scene, seconds=one.seconds + one.pause)
        for one in scenes
    )
    return Plan(tuple(planned), fresh.faults)


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


def bare_shots(scenes: Sequence[PlannedScene]) -> list[str]:
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
            shots = f"shot{'s' * (len(cards) > 1)} {listed(cards)}"
            lines.append(f"Scene {scene.number}, {shots}: a card, for {scene.query!r} {why}")
    return lines


def listed(numbers: Sequence[int]) -> str:
    """Return ascending numbers as text, neighbours as a range: `1-3, 7`."""
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    ends = [[number for _, number in run] for _, run in runs]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in ends)
