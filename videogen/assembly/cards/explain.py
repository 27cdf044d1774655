"""What the cards of a video show: of what is said meanwhile, that which is worth the most.

Cards that follow each other are cut anew where sentences end, and each draws what its own sentence
states. No phrase and no icon comes twice in a video.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import groupby, pairwise

from videogen.assembly.cards.stretches import LONGEST_SECONDS, Stretch, stretches, together
from videogen.assembly.timeline import Drawing, Shot, TimedScene, Timeline, crossfaded
from videogen.barrier import Fault, attempt
from videogen.domain.footage import Card, Clip, ShownScene
from videogen.domain.script import Scene
from videogen.language.statements.choices import (
    essential,
    ideas,
    main_text,
    shown_texts,
    statements,
)
from videogen.language.statements.content import Content, Dates, Idea
from videogen.language.statements.told import Told

logger = logging.getLogger(__name__)

# What is said so long before a card ends can still be read; so long before it begins, still be new.
_READ_SECONDS, _JUST_SAID_SECONDS = 0.9, 0.3
# So many sentences may tell one thing between them, in so many seconds.
_MOST_TOGETHER, _LONGEST_TOGETHER = 4, 18.0
_OF_SEVERAL_PARTS = frozenset({"quotation", "process", "comparison", "list", "definition"})
_OF_SEVERAL_SENTENCES = frozenset({"process", "comparison", "dates"})
_LEAST_TOGETHER = 3  # dates of several sentences


def explained(timeline: Timeline, scenes: Sequence[ShownScene], language: str) -> Timeline:
    """Return a cut of these scenes, whose cards draw what is said while they are seen."""
    explainer = _Explainer(language, timeline.rate)
    drawn = []
    for timed, shown in zip(timeline.scenes, scenes, strict=True):
        scene = attempt(functools.partial(explainer.scene, timed, shown))
        if isinstance(scene, Fault):
            told = scene.told_of(f"scene {timed.number}")
            logger.warning("Cards of a scene show a phrase alone: %s", told)
            scene = timed
        drawn.append(scene)
    return crossfaded(replace(timeline, scenes=tuple(drawn)))


@dataclass(frozen=True, slots=True)
class _Beat:
    """What a card shows of a stretch; None where that says nothing new."""

    stretch: Stretch
    content: Content | None


@dataclass(slots=True)
class _Explainer:
    """Draws the cards of one video in their order and knows what was shown before."""

    language: str
    rate: Fraction
    shown: set[str] = field(default_factory=set)
    icons: set[str] = field(default_factory=set)
    last_kind: str = ""

    def scene(self, timed: TimedScene, shown: ShownScene) -> TimedScene:
        """Return a scene with its free cards drawn."""
        shots: list[Shot] = []
        at = 0
        pairs = zip(timed.shots, shown.clips[: len(timed.shots)], strict=True)
        for is_free, group in groupby(pairs, key=lambda pair: _is_free(*pair)):
            run = [shot for shot, _ in group]
            end = at + sum(shot.frames for shot in run)
            shots += self._cards(shown, run, at, end) if is_free else run
            at = end
        return replace(timed, shots=tuple(shots))

    def _cards(self, shown: ShownScene, run: list[Shot], start: int, end: int) -> list[Shot]:
        seconds = (float(start / self.rate), float(end / self.rate))
        said = stretches(shown.voiced, self.language, *seconds)
        beats = _without_empty(list(self._beats(said, shown.scene)))
        if not beats:
            return run
        edges = [start, *(round(Fraction(one.stretch.start) * self.rate) for one in beats[1:]), end]
        return [
            Shot(_drawing(beat, float(first / self.rate)), last - first, 0, 0)
            for beat, (first, last) in zip(beats, pairwise(edges), strict=True)
        ]

    def _beats(self, said: list[Stretch], scene: Scene) -> Iterator[_Beat]:
        at = 0
        while at < len(said):
            for count in range(min(_MOST_TOGETHER, len(said) - at), 1, -1):
                several = together(said[at : at + count])
                # It begins in the first sentence, and ends in the last one.
                edges = len(said[at].text), len(several.text) - len(said[at + count - 1].text)
                if content := self._of_several(several, edges, scene):
                    yield self._taken(several, content)
                    at += count
                    break
            else:
                yield from self._of_one(said[at], scene)
                at += 1

    def _of_several(self, several: Stretch, edges: tuple[int, int], scene: Scene) -> Content | None:
        if several.seconds > _LONGEST_TOGETHER:
            return None
        for content in self._stated(several, scene):
            if content.kind not in _OF_SEVERAL_SENTENCES:
                continue
            if isinstance(content, Dates) and len(content.moments) < _LEAST_TOGETHER:
                continue
            said = essential(content)
            if said[0].at < edges[0] and said[-1].at >= edges[1]:
                return content
        return None

    def _of_one(self, one: Stretch, scene: Scene) -> Iterator[_Beat]:
        stated = self._stated(one, scene)
        content = next(iter(stated), None)
        has_parts = content is not None and (
            content.kind in _OF_SEVERAL_PARTS or len(essential(content)) > 1
        )
        halves = one.halves() if one.seconds > LONGEST_SECONDS and not has_parts else None
        if halves:
            for half in halves:
                yield from self._of_one(half, scene)
            return
        if content is None:
            told = Told(one.text, self.language)
            content = next(ideas(told, scene, self.shown, self.icons), None)
        yield self._taken(one, content)

    def _stated(self, stretch: Stretch, scene: Scene) -> list[Content]:
        """Return what a stretch states that is new and can be read before its card is gone."""
        found = statements(Told(stretch.text, self.language), scene.on_screen, self.last_kind)
        return [
            content
            for content in found
            if main_text(content) not in self.shown and _is_in_time(stretch, content)
        ]

    def _taken(self, stretch: Stretch, content: Content | None) -> _Beat:
        if content is not None:
            self.shown.update(shown_texts(content))
            self.last_kind = content.kind
            if isinstance(content, Idea):
                self.icons.add(content.icon)
        return _Beat(stretch, content)


def _is_free(shot: Shot, clip: Clip) -> bool:
    """Tell a card that may show anything from one whose words a person wrote."""
    return isinstance(shot.source, Card) and clip.candidate.id != clip.candidate.title


def _is_in_time(stretch: Stretch, content: Content) -> bool:
    said = essential(content)
    first, last = stretch.second(said[0].at), stretch.second(said[-1].at)
    return stretch.start - _JUST_SAID_SECONDS <= first and last <= stretch.end - _READ_SECONDS


def _without_empty(beats: list[_Beat]) -> list[_Beat]:
    """Return beats without those that say nothing new: the card before stays, or the next is early."""
    kept: list[_Beat] = []
    for beat in beats:
        if kept and (beat.content is None or kept[-1].content is None):
            last = kept.pop()
            if last.content is None:
                stretch = replace(beat.stretch, start=last.stretch.start)
                kept.append(_Beat(stretch, beat.content))
            else:
                kept.append(_Beat(replace(last.stretch, end=beat.stretch.end), last.content))
        else:
            kept.append(beat)
    return [beat for beat in kept if beat.content is not None]


def _drawing(beat: _Beat, start: float) -> Drawing:
    assert beat.content is not None  # noqa: S101 - beats without content were left out
    words = tuple((at, max(0.0, round(second - start, 3))) for at, second in beat.stretch.words)
    return Drawing(beat.content, words)
