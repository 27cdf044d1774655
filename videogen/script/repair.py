"""What is wrong with a written script's length, and what can be mended without its writer; pure."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from videogen.domain import Brief, Scene
from videogen.language.sentences import normalized, sentences, word_count
from videogen.script.writers.base import Fault

log = logging.getLogger(__name__)

# Speed and pauses make up for about a seventh either way; a repair is asked for well before that.
TOTAL_TOLERANCE = 0.07
SCENE_SHORT, SCENE_LONG = 0.7, 1.4
# Where the whole is off, scenes that are off in the same direction by this much are named.
SCENE_TOLERANCE = 0.03
# A model that wrote little is asked for more in proportion, since sentences can be cut, not made.
MOST_BOOST = 1.7
# A scene that has to be made anew may be missing again, and the others must then make up for it.
NEW_SCENE_BOOST = 1.4
TRIM_ABOVE, TRIM_TO = 1.08, 1.03


@dataclass(frozen=True, slots=True)
class Draft:
    """Scenes with the seconds each lasts when spoken."""

    scenes: tuple[Scene, ...]
    seconds: tuple[float, ...]

    @classmethod
    def of(cls, scenes: Sequence[Scene], measure: Callable[[str], float]) -> Self:
        """Return the scenes as measured; a scene without words lasts no time."""
        seconds = (measure(scene.text) if normalized(scene.text) else 0.0 for scene in scenes)
        return cls(tuple(scenes), tuple(seconds))

    @property
    def repeats(self) -> dict[int, int]:
        """The index of each scene that says what an earlier one says, with that one's index."""
        first: dict[str, int] = {}
        indexed = ((index, normalized(scene.text)) for index, scene in enumerate(self.scenes))
        return {
            index: first[said]
            for index, said in indexed
            if said and first.setdefault(said, index) != index
        }

    @property
    def useful_seconds(self) -> float:
        """Seconds of speech, repeats left out."""
        return sum(self.seconds) - sum(self.seconds[index] for index in self.repeats)

    @property
    def words_per_second(self) -> float:
        """The rate at which this text is spoken; 0 where there is none."""
        spoken = sum(self.seconds)
        return _words(self.scenes) / spoken if spoken else 0.0

    def improved_by(self, other: Draft, brief: Brief) -> Draft:
        """Return, number by number, the scene that fills its time better, the other's if even."""
        best: dict[int, tuple[Scene, float]] = {}
        for draft in (other, self):
            for index, (scene, seconds) in enumerate(zip(draft.scenes, draft.seconds, strict=True)):
                useful = 0.0 if index in draft.repeats else seconds
                known = best.get(scene.number)
                if useful and (known is None or _fill(useful, brief) > _fill(known[1], brief)):
                    best[scene.number] = (scene, useful)
        kept = [best[number] for number in sorted(best)]
        return Draft(tuple(scene for scene, _ in kept), tuple(useful for _, useful in kept))


def _fill(seconds: float, brief: Brief) -> float:
    return min(seconds, brief.speech_per_scene)


def _words(scenes: Sequence[Scene]) -> int:
    return sum(word_count(scene.text) for scene in scenes)


def fits(draft: Draft, brief: Brief) -> bool:
    """Tell whether speed and pauses alone can make the draft as long as the brief."""
    return abs(_excess(draft, brief)) <= TOTAL_TOLERANCE


def _excess(draft: Draft, brief: Brief) -> float:
    return draft.useful_seconds / (brief.speech_per_scene * brief.scene_count) - 1


def find_faults(draft: Draft, brief: Brief) -> list[Fault]:
    """Return what is wrong, a fault a scene, each with the words that the scene should have."""
    rate = draft.words_per_second or brief.words_per_second
    wanted = max(1, round(brief.speech_per_scene * rate))
    boost = _boost(draft, brief)
    asked = _Asked(wanted, round(wanted * boost), round(wanted * max(boost, NEW_SCENE_BOOST)))
    missing = (
        Fault(number, f"is missing: write it in {asked.anew} words.")
        for number in _missing(draft, brief)
    )
    return [*_scene_faults(draft, brief, asked), *missing]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Words to ask for: of a scene that is too long, too short, or to be made anew."""

    shorter: int
    longer: int
    anew: int


def _boost(draft: Draft, brief: Brief) -> float:
    # By words, as they were asked for: the rate that turned seconds into them may have been wrong.
    present = sum(1 for seconds in draft.seconds if seconds)
    written = _words(draft.scenes) / max(1, present)
    short = 1 - written / brief.words_per_scene
    return min(MOST_BOOST, 1 / (1 - short)) if TOTAL_TOLERANCE < short < 1 else 1.0


def _missing(draft: Draft, brief: Brief) -> list[int]:
    there = {scene.number for scene in draft.scenes}
    return [number for number in range(1, brief.scene_count + 1) if number not in there]


def _scene_faults(draft: Draft, brief: Brief, asked: _Asked) -> Iterator[Fault]:
    off = _excess(draft, brief)
    short = 1 - SCENE_TOLERANCE if off < -TOTAL_TOLERANCE else SCENE_SHORT
    long = 1 + SCENE_TOLERANCE if off > TOTAL_TOLERANCE else SCENE_LONG
    repeats = draft.repeats
    for index, scene in enumerate(draft.scenes):
        has = f"it has {_words([scene])} words"
        share = draft.seconds[index] / brief.speech_per_scene
        if share == 0:
            yield Fault(scene.number, f"is empty: write it in {asked.anew} words.")
        elif index in repeats:
            earlier = draft.scenes[repeats[index]].number
            complaint = f"repeats scene {earlier}: write something new in {asked.anew} words."
            yield Fault(scene.number, complaint)
        elif share < short:
            yield Fault(scene.number, f"is too short: {has}, make it {asked.longer}.")
        elif share > long:
            yield Fault(scene.number, f"is too long: {has}, make it {asked.shorter}.")


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
    if dropped := _words(scenes) - _words(kept):
        log.info("Left out %d words that had been said before", dropped)
    return tuple(kept)


def trimmed(draft: Draft, brief: Brief) -> tuple[Scene, ...]:
    """Return the scenes without as many last sentences, from the longest scenes, as are too many.

    Nothing is cut while speaking faster can make up for it.
    """
    budget = brief.speech_per_scene * brief.scene_count
    if sum(draft.seconds) <= budget * TRIM_ABOVE:
        return draft.scenes
    said = [sentences(scene.text, brief.language) for scene in draft.scenes]
    lasts = [_by_words(one, total) for one, total in zip(said, draft.seconds, strict=True)]
    while (total := sum(map(sum, lasts))) > budget * TRIM_TO:
        index = _longest_to_cut(lasts, total - budget * (2 - TRIM_TO))
        if index is None and total > budget * TRIM_ABOVE:
            # Where sentences are long beside the whole, too little by some is nearer than too much.
            index = _longest_to_cut(lasts, total - budget * (1 - TOTAL_TOLERANCE))
        if index is None:
            break
        said[index].pop()
        lasts[index].pop()
    kept = [(scene, " ".join(one)) for scene, one in zip(draft.scenes, said, strict=True) if one]
    dropped = _words(draft.scenes) - sum(word_count(text) for _, text in kept)
    log.info("Left out %d words that the duration has no room for", dropped)
    return tuple(replace(scene, text=text) for scene, text in kept)


def _by_words(said: Sequence[str], seconds: float) -> list[float]:
    """Split a scene's seconds over its sentences; measuring each would take minutes in all."""
    words = [word_count(sentence) for sentence in said]
    return [seconds * count / max(1, sum(words)) for count in words]


def _longest_to_cut(lasts: Sequence[Sequence[float]], room: float) -> int | None:
    """Return the longest scene whose last sentence fits `room`; a scene's only sentence goes last.

    The first scene and the last are never cut down to nothing.
    """
    fitting = [index for index, one in enumerate(lasts) if one and one[-1] <= room]
    several = [index for index in fitting if len(lasts[index]) > 1]
    alone = [index for index in fitting if 0 < index < len(lasts) - 1]
    return max(several or alone, key=lambda index: sum(lasts[index]), default=None)
