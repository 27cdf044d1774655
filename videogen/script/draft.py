"""A script as it would be spoken: how long its scenes last, and whether that can be made to fit; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Self

from videogen.domain.script import Brief, Scene
from videogen.language.words import word_count
from videogen.script.pacing import reach

# What is measured before anything is spoken may be off by some frames a scene.
MARGIN = 0.01


@dataclass(frozen=True, slots=True)
class MeasuredScene:
    """A scene and the seconds that it lasts when spoken."""

    scene: Scene
    seconds: float


@dataclass(frozen=True, slots=True)
class Draft:
    """Scenes as they would be spoken."""

    measured: tuple[MeasuredScene, ...]

    @classmethod
    def of(cls, scenes: Sequence[Scene], measure: Callable[[str], float]) -> Self:
        """Return the scenes as measured."""
        return cls(tuple(MeasuredScene(scene, measure(scene.text)) for scene in scenes))

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """The scenes alone."""
        return tuple(one.scene for one in self.measured)

    @property
    def total(self) -> float:
        """Seconds of speech."""
        return sum(one.seconds for one in self.measured)

    @property
    def words(self) -> int:
        """Words in all."""
        return sum(word_count(scene.text) for scene in self.scenes)

    @property
    def words_per_second(self) -> float:
        """The rate at which this text is spoken; 0 where there is none."""
        return self.words / self.total if self.total else 0.0

    def better_of(self, other: Draft, named: AbstractSet[int], brief: Brief) -> Draft:
        """Return the better of each scene where only the named ones are other ones, or of the two.

        Sentences lean on those before them, so that what was written anew is never mixed.
        """
        mine = {scene.number: scene.text for scene in self.scenes}
        theirs = {scene.number: scene.text for scene in other.scenes}
        if all(theirs.get(number) == text for number, text in mine.items() if number not in named):
            return self.improved_by(other, brief)
        wanted = brief.speech_per_scene * brief.scene_count
        return min(other, self, key=lambda draft: abs(draft.total - wanted))

    def improved_by(self, other: Draft, brief: Brief) -> Draft:
        """Return, number by number, the scene that fills its time better, the other's if even."""
        best: dict[int, MeasuredScene] = {}
        for one in (*other.measured, *self.measured):
            known = best.get(one.scene.number)
            if known is None or _fill(one.seconds, brief) > _fill(known.seconds, brief):
                best[one.scene.number] = one
        return Draft(tuple(best[number] for number in sorted(best)))


def _fill(seconds: float, brief: Brief) -> float:
    return min(seconds, brief.speech_per_scene)


def is_short(draft: Draft, brief: Brief) -> bool:
    """Tell whether even the slowest voice and the longest pauses leave time over."""
    return missed(draft.total, len(draft.scenes), brief) < 0


def is_long(draft: Draft, brief: Brief) -> bool:
    """Tell whether even the fastest voice and the shortest pauses need more time."""
    return missed(draft.total, len(draft.scenes), brief) > 0


def missed(speech: float, scene_count: int, brief: Brief) -> float:
    """Return the seconds that speed and pauses can't make up for, negative where they are missing."""
    shortest, longest = reach(speech, scene_count)
    over, under = shortest - brief.seconds * (1 - MARGIN), brief.seconds * (1 + MARGIN) - longest
    return over if over > 0 else -max(0.0, under)
