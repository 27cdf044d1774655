"""What is wrong with a written script's length, and what can be mended without its writer; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Self

from videogen.domain import Brief, Scene
from videogen.language.sentences import normalized, sentences, word_count
from videogen.script.pacing import reach
from videogen.script.writers.base import Fault

# What is measured before anything is spoken may be off by some frames a scene.
MARGIN = 0.01
# A model that wrote little is asked for more in proportion, since sentences can be cut, not made.
MOST_BOOST = 1.7
# Less than a short sentence is no scene's want.
FEWEST_WORDS = 8


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
    return reach(draft.total, len(draft.scenes))[1] < brief.seconds * (1 + MARGIN)


def is_long(draft: Draft, brief: Brief) -> bool:
    """Tell whether even the fastest voice and the shortest pauses need more time."""
    return reach(draft.total, len(draft.scenes))[0] > brief.seconds * (1 - MARGIN)


def find_faults(draft: Draft, brief: Brief, asked: int) -> list[Fault]:
    """Return what is to be mended, a fault a scene; nothing where speed and pauses can do it.

    `asked` is how many words the draft's writer was asked for: one that wrote fewer is asked for
    more than is needed.
    """
    if is_long(draft, brief):
        return list(_too_long(draft, brief))
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


def _words(seconds: float, brief: Brief) -> int:
    return max(1, round(seconds * brief.words_per_second))


def _too_short(draft: Draft, brief: Brief, boost: float, missing: int) -> Iterator[Fault]:
    """Yield the scenes that have least, until what they lack is what the film lacks."""
    least = FEWEST_WORDS / brief.words_per_second
    lacking = brief.speech_per_scene * (brief.scene_count - missing) - draft.total
    for seconds, scene in sorted(_timed(draft), key=lambda pair: pair[0]):
        if lacking < least:
            return
        wants = max(brief.speech_per_scene - seconds, least)
        lacking -= wants
        yield Fault(scene.number, "short", round(_words(wants, brief) * boost))


def _too_long(draft: Draft, brief: Brief) -> Iterator[Fault]:
    """Yield the scenes that have most, until what they can lose is what the film has too much."""
    excess = draft.total - brief.speech_per_scene * brief.scene_count
    for seconds, scene in sorted(_timed(draft), key=lambda pair: -pair[0]):
        inner = sentences(scene.text, brief.language)[1:-1]
        if excess <= 0 or not inner:
            continue
        words = word_count(scene.text)
        loses = min(excess, seconds * sum(map(word_count, inner)) / words)
        excess -= loses
        stays = round(words * (1 - loses / seconds))
        yield Fault(scene.number, "long", stays, max(inner, key=word_count))


def _timed(draft: Draft) -> Iterable[tuple[float, Scene]]:
    return zip(draft.seconds, draft.scenes, strict=True)


def without_repeats(scenes: Sequence[Scene], language: str) -> tuple[Scene, ...]:
    """Return the scenes without sentences that were said before, nor scenes left empty by that."""
    said: set[str] = set()
    kept = []
    for scene in scenes:
        fresh = []
        for sentence in sentences(scene.text, language):
            mark = normalized(sentence)
            if mark and mark not in said:
                fresh.append(sentence)
                said.add(mark)
        if fresh:
            kept.append(replace(scene, text=" ".join(fresh)))
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Trimmed:
    """Scenes that fit, and the sentences that were cut for it, in their order."""

    scenes: tuple[Scene, ...]
    cuts: tuple[str, ...] = ()


def trimmed(draft: Draft, brief: Brief) -> Trimmed:
    """Return the scenes without as many sentences as are too many, from the longest scenes.

    A scene keeps its first sentence and its last, which is what it was told for; where that does
    not do, whole scenes go, never the first or the last. Nothing goes that a faster voice saves.
    """
    said = {one.number: sentences(one.text, brief.language) for one in draft.scenes}
    lasts = {
        scene.number: _by_words(said[scene.number], seconds)
        for scene, seconds in zip(draft.scenes, draft.seconds, strict=True)
    }
    cut: list[tuple[int, int]] = []
    while _is_over(lasts, cut, brief):
        found = _sentence_to_cut(lasts, cut) or _scene_to_cut(lasts, cut)
        if not found:
            break
        cut += found
    kept = []
    for scene in draft.scenes:
        stays = [one for n, one in enumerate(said[scene.number]) if (scene.number, n) not in cut]
        if stays:
            is_whole = len(stays) == len(said[scene.number])
            kept.append(scene if is_whole else replace(scene, text=" ".join(stays)))
    return Trimmed(tuple(kept), tuple(said[number][index] for number, index in sorted(cut)))


_Lasts = dict[int, list[float]]
_Cut = Sequence[tuple[int, int]]


def _left(lasts: _Lasts, cut: _Cut, number: int) -> list[int]:
    """Return which sentences a scene still has."""
    return [index for index in range(len(lasts[number])) if (number, index) not in cut]


def _is_over(lasts: _Lasts, cut: _Cut, brief: Brief) -> bool:
    left = {number: _left(lasts, cut, number) for number in lasts}
    speech = sum(lasts[number][index] for number, indexes in left.items() for index in indexes)
    shortest, _ = reach(speech, sum(1 for indexes in left.values() if indexes))
    return shortest > brief.seconds * (1 - MARGIN)


def _sentence_to_cut(lasts: _Lasts, cut: _Cut) -> list[tuple[int, int]]:
    """Return the longest inner sentence of the longest scene that has one."""
    inner = {number: _left(lasts, cut, number)[1:-1] for number in lasts}
    longest = max(
        (number for number in lasts if inner[number]),
        key=lambda number: sum(lasts[number][index] for index in _left(lasts, cut, number)),
        default=None,
    )
    if longest is None:
        return []
    return [(longest, max(inner[longest], key=lambda index: lasts[longest][index]))]


def _scene_to_cut(lasts: _Lasts, cut: _Cut) -> list[tuple[int, int]]:
    """Return all of the longest scene that is neither the first nor the last."""
    there = [number for number in sorted(lasts) if _left(lasts, cut, number)]
    inner = {number: _left(lasts, cut, number) for number in there[1:-1]}
    longest = max(
        inner,
        key=lambda number: sum(lasts[number][index] for index in inner[number]),
        default=None,
    )
    return [] if longest is None else [(longest, index) for index in inner[longest]]


def _by_words(said: Sequence[str], seconds: float) -> list[float]:
    """Split a scene's seconds over its sentences; measuring each would take minutes in all."""
    words = [word_count(sentence) for sentence in said]
    return [seconds * count / max(1, sum(words)) for count in words]
