"""What is wrong with a written script's length, and what can be mended without its writer; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Self

from videogen.domain.script import Brief, Scene
from videogen.language.sentences import sentences, word_count
from videogen.script.pacing import HASTENED, reach
from videogen.script.writers.base import Fault

# What is measured before anything is spoken may be off by some frames a scene.
MARGIN = 0.01
# A model that wrote little is asked for more in proportion, since sentences can be cut, not made.
MOST_BOOST = 1.7
# Less than a short sentence is no scene's want, nor less than the shortest the film's.
FEWEST_WORDS, SHORTEST_SENTENCE = 8, 4
_FIRST_AND_LAST = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """Scenes with the seconds each lasts when spoken."""

    scenes: tuple[Scene, ...]
    seconds: tuple[float, ...]

    @classmethod
    def of(cls, scenes: Sequence[Scene], measure: Callable[[str], float]) -> Self:
        """Return the scenes as measured."""
        return cls(tuple(scenes), tuple(measure(scene.text) for scene in scenes))

    @property
    def total(self) -> float:
        """Seconds of speech."""
        return sum(self.seconds)

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
        best: dict[int, tuple[Scene, float]] = {}
        for draft in (other, self):
            for scene, seconds in zip(draft.scenes, draft.seconds, strict=True):
                known = best.get(scene.number)
                if known is None or _fill(seconds, brief) > _fill(known[1], brief):
                    best[scene.number] = (scene, seconds)
        kept = [best[number] for number in sorted(best)]
        return Draft(tuple(scene for scene, _ in kept), tuple(seconds for _, seconds in kept))


def _fill(seconds: float, brief: Brief) -> float:
    return min(seconds, brief.speech_per_scene)


def is_short(draft: Draft, brief: Brief) -> bool:
    """Tell whether even the slowest voice and the longest pauses leave time over."""
    return _missed(draft.total, len(draft.scenes), brief) < 0


def is_long(draft: Draft, brief: Brief) -> bool:
    """Tell whether even the fastest voice and the shortest pauses need more time."""
    return _missed(draft.total, len(draft.scenes), brief) > 0


def _missed(speech: float, scene_count: int, brief: Brief) -> float:
    """Return the seconds that speed and pauses can't make up for, negative where they are missing."""
    shortest, longest = reach(speech, scene_count)
    over, under = shortest - brief.seconds * (1 - MARGIN), brief.seconds * (1 + MARGIN) - longest
    return over if over > 0 else -max(0.0, under)


def find_faults(draft: Draft, brief: Brief, asked: int) -> list[Fault]:
    """Return what is to be mended, a fault a scene; nothing where speed and pauses can do it.

    `asked` is how many words the draft's writer was asked for: one that wrote fewer is asked for
    more than is needed, one that wrote more for less.
    """
    if is_long(draft, brief):
        return list(_too_long(draft, brief, min(1.0, asked / max(1, draft.words))))
    there = {scene.number for scene in draft.scenes}
    missing = [number for number in range(1, brief.scene_count + 1) if number not in there]
    if not is_short(draft, brief):
        # A film without its end is none, however long it is.
        missing = [number for number in missing if number > max(there, default=0)]
        return [
            Fault(number, "missing", _words(brief.speech_per_scene, brief)) for number in missing
        ]
    boost = min(MOST_BOOST, max(1.0, asked / max(1, draft.words)))
    anew = round(_words(brief.speech_per_scene, brief) * boost)
    faults = [Fault(number, "missing", anew) for number in missing]
    return [*faults, *_too_short(draft, brief, boost, len(missing))]


def words_asked(draft: Draft, faults: Sequence[Fault]) -> int:
    """Return how many words a draft has whose faults are mended as they ask."""
    shortened = {fault.scene for fault in faults if fault.kind == "long"}
    stay = sum(word_count(one.text) for one in draft.scenes if one.number not in shortened)
    return stay + sum(fault.words for fault in faults)


def _words(seconds: float, brief: Brief) -> int:
    return max(1, round(seconds * brief.words_per_second))


def _too_short(draft: Draft, brief: Brief, boost: float, missing: int) -> Iterator[Fault]:
    """Yield the scenes that have least, until what they lack is what the film lacks.

    The film's last scene comes after all that have less than their share, and keeps its last
    sentence at its end.
    """
    least = FEWEST_WORDS / brief.words_per_second
    lacking = brief.speech_per_scene * (brief.scene_count - missing) - draft.total
    end = max(brief.scene_count, *(scene.number for scene in draft.scenes))

    def turn(timed: tuple[float, Scene]) -> float:
        seconds, scene = timed
        return max(seconds, brief.speech_per_scene) if scene.number == end else seconds

    if not missing and lacking < least:
        # A film that is too short lacks something, be it less than a scene is asked for otherwise.
        least = lacking = max(lacking, SHORTEST_SENTENCE / brief.words_per_second)
    for seconds, scene in sorted(_timed(draft), key=turn):
        if lacking < least:
            return
        wants = max(brief.speech_per_scene - seconds, least)
        lacking -= wants
        last = sentences(scene.text, brief.language)[-1] if scene.number == end else ""
        yield Fault(scene.number, "short", round(_words(wants, brief) * boost), last)


def _too_long(draft: Draft, brief: Brief, share: float) -> Iterator[Fault]:
    """Yield the scenes that have most, until what they can lose is what the film has too much.

    Where none has a sentence that can go, all are to be said in fewer words. `share` is how much of
    what is to stay is asked for.
    """
    wanted = brief.speech_per_scene * brief.scene_count
    excess = draft.total - wanted
    inner = {one.number: sentences(one.text, brief.language)[1:-1] for one in draft.scenes}
    for seconds, scene in sorted(_timed(draft), key=lambda pair: -pair[0]):
        words, may_go = word_count(scene.text), inner[scene.number]
        if not any(inner.values()):
            stays = words * wanted / draft.total
            yield Fault(scene.number, "long", max(1, round(stays * share)))
        elif excess > 0 and may_go:
            loses = min(excess, seconds * sum(map(word_count, may_go)) / words)
            excess -= loses
            stays = words * (1 - loses / seconds)
            yield Fault(
                scene.number, "long", max(1, round(stays * share)), max(may_go, key=word_count)
            )


def _timed(draft: Draft) -> Iterable[tuple[float, Scene]]:
    return zip(draft.seconds, draft.scenes, strict=True)


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
        scene.number: dict(enumerate(_by_words(said[scene.number], seconds)))
        for seconds, scene in _timed(draft)
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
    return _missed(sum(map(_total, left.values())), sum(map(bool, left.values())), brief)


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
