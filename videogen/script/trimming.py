"""A script that is too long, cut by whole sentences and scenes without its writer; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from videogen.domain.script import Brief, Scene
from videogen.language.sentences import sentences
from videogen.language.words import word_count
from videogen.script.draft import Draft, missed
from videogen.script.pacing import HASTENED

_FIRST_AND_LAST = 2


@dataclass(frozen=True, slots=True)
class Trimmed:
    """Scenes that fit, and the sentences that were cut for it, in their order."""

    scenes: tuple[Scene, ...]
    cuts: tuple[str, ...] = ()


def trimmed(draft: Draft, brief: Brief) -> Trimmed:
    """Return the scenes without as many sentences as are too many, from the longest scenes.

    A scene keeps its first sentence and its last, which is what it was told for; where that does
    not do, whole scenes go, never the first or the last. Nothing goes that a faster voice saves,
    nor what would then be missed more than it was too much.
    """
    said = {one.number: sentences(one.text, brief.language) for one in draft.scenes}
    left: _Left = {
        one.scene.number: dict(enumerate(_by_words(said[one.scene.number], one.seconds)))
        for one in draft.measured
    }
    while (over := _missed_by(left, brief)) > 0:
        fewer = _without_a_sentence(left, over * HASTENED) or _without_a_scene(left)
        if fewer is None or -_missed_by(fewer, brief) > over:
            break
        left = fewer
    kept = []
    for scene in draft.scenes:
        stays = left[scene.number]
        if len(stays) == len(said[scene.number]):
            kept.append(scene)
        elif stays:
            kept.append(replace(scene, text=" ".join(said[scene.number][n] for n in stays)))
    cuts = (one for number in said for n, one in enumerate(said[number]) if n not in left[number])
    return Trimmed(tuple(kept), tuple(cuts))


# By the number of a scene, the sentences that it still has, by their index, in seconds.
_Left = Mapping[int, Mapping[int, float]]


def _total(lasts: Mapping[int, float]) -> float:
    return sum(lasts.values())


def _missed_by(left: _Left, brief: Brief) -> float:
    return missed(sum(map(_total, left.values())), sum(map(bool, left.values())), brief)


def _without_a_sentence(left: _Left, excess: float) -> _Left | None:
    """Return what is left without an inner sentence of the longest scene that has one.

    It is the shortest that lasts as long as the excess, else the longest; None where there is none.
    """
    several = [number for number, lasts in left.items() if len(lasts) > _FIRST_AND_LAST]
    if not several:
        return None
    longest = max(several, key=lambda number: _total(left[number]))
    lasts = left[longest]
    inner = sorted(list(lasts)[1:-1], key=lasts.__getitem__)
    cut = next((index for index in inner if lasts[index] >= excess), inner[-1])
    return {**left, longest: {n: seconds for n, seconds in lasts.items() if n != cut}}


def _without_a_scene(left: _Left) -> _Left | None:
    """Return what is left without the longest scene that is neither the first nor the last."""
    inner = [number for number, lasts in sorted(left.items()) if lasts][1:-1]
    if not inner:
        return None
    return {**left, max(inner, key=lambda number: _total(left[number])): {}}


def _by_words(said: Sequence[str], seconds: float) -> list[float]:
    """Split a scene's seconds over its sentences; measuring each would take minutes in all."""
    words = [word_count(sentence) for sentence in said]
    return [seconds * count / max(1, sum(words)) for count in words]
