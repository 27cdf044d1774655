"""How many scenes each part of an article gives; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from videogen.script.sections import Importance

# A reader of any film wants the introduction, yet more than that where there is more.
INTRODUCTION_SHARE = 0.4
_WEIGHTS = {
    Importance.INTRODUCTION: 3.0,
    Importance.STORY: 2.0,
    Importance.USUAL: 1.0,
    Importance.ASIDE: 1.0,
}
_TOPIC = 3.0  # against an article that was only found with it
_ALMOST = 0.25  # of a scene may be missing


@dataclass(frozen=True, slots=True)
class Claim:
    """A part of an article with room for so many scenes; `is_topic` where it is the topic's own."""

    importance: Importance
    room: float
    is_topic: bool

    @property
    def most(self) -> int:
        """Whole scenes that it can fill."""
        return int(self.room + _ALMOST)

    @property
    def weight(self) -> float:
        """How much of it is wanted."""
        return self.room * _WEIGHTS[self.importance] * (_TOPIC if self.is_topic else 1.0)


def shares(claims: Sequence[Claim], scenes: int) -> list[int]:
    """Return how many of so many scenes each claim is given, none more than it can fill.

    The first is given one, whatever its weight; asides are for what nothing else fills.
    """
    given = [int(index == 0) for index in range(len(claims))]
    some = max(1, round(INTRODUCTION_SHARE * scenes))
    introductions = [one.importance is Importance.INTRODUCTION for one in claims]
    asides = [one.importance is Importance.ASIDE for one in claims]
    first = [
        0 if aside else min(one.most, some if introduction else scenes)
        for one, introduction, aside in zip(claims, introductions, asides, strict=True)
    ]
    then = [0 if aside else one.most for one, aside in zip(claims, asides, strict=True)]
    for most in (first, then, [one.most for one in claims]):
        _hand_out(claims, most, scenes, given)
    return given


def _hand_out(claims: Sequence[Claim], most: Sequence[int], scenes: int, given: list[int]) -> None:
    """Give scene after scene to whom most is still due, by the method of Sainte-Lague."""
    while sum(given) < scenes:
        open_claims = [index for index, count in enumerate(given) if count < most[index]]
        if not open_claims:
            return
        index = max(open_claims, key=lambda one: claims[one].weight / (2 * given[one] + 1))
        given[index] += 1
