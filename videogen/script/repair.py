"""What of a draft's length its writer is to mend; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from videogen.domain.script import Brief
from videogen.language.sentences import sentences
from videogen.language.words import word_count
from videogen.script.draft import Draft, MeasuredScene, is_long, is_short
from videogen.script.writers.base import Fault

# A model that wrote little is asked for more in proportion, since sentences can be cut, not made.
MOST_BOOST = 1.7
# Less than a short sentence is no scene's want, nor less than the shortest the film's.
FEWEST_WORDS, SHORTEST_SENTENCE = 8, 4


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

    def turn(one: MeasuredScene) -> float:
        is_last = one.scene.number == end
        return max(one.seconds, brief.speech_per_scene) if is_last else one.seconds

    if not missing and lacking < least:
        # A film that is too short lacks something, be it less than a scene is asked for otherwise.
        least = lacking = max(lacking, SHORTEST_SENTENCE / brief.words_per_second)
    for one in sorted(draft.measured, key=turn):
        scene = one.scene
        if lacking < least:
            return
        wants = max(brief.speech_per_scene - one.seconds, least)
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
    for one in sorted(draft.measured, key=lambda one: -one.seconds):
        scene, seconds = one.scene, one.seconds
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
