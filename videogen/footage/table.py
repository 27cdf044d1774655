"""All candidates of a video beside all its scenes, and what every shot shows of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from videogen.domain.footage import Candidate, Choice, PlannedScene, Suggestion
from videogen.domain.video import Format
from videogen.footage.assign import CARD, Moment, Problem, assign
from videogen.footage.features import Matrix
from videogen.footage.fetch.pieces import takes_of
from videogen.footage.judge import FLOOR, Judgement, judge
from videogen.footage.origin import Key, key
from videogen.footage.quality import quality
from videogen.footage.request import SceneRequest
from videogen.footage.search import Pool
from videogen.footage.sources.cards import card_of

NO_SEARCH = "no footage was asked for"

_SUGGESTIONS = 12  # that a scene keeps to choose among
_TAKE_PRICE = 0.12
_WORDS_BONUS = 0.1  # for what is said in the very shot
_LEAST_WORTH = 0.01

_Shot = tuple[int, int]  # the indices of a scene, and of a shot in it


@dataclass(frozen=True, slots=True)
class Film:
    """The scenes of one video, what was found for them, and what is settled beforehand.

    `pins` are suggestions that a person wants in a shot, by the numbers of scene and shot from 1;
    clips in `shown_earlier` were shown in other videos. `look` adds to a judgement what pictures say.
    """

    requests: Sequence[SceneRequest]
    pool: Pool
    output: Format
    pins: Mapping[tuple[int, int], Suggestion]
    bans: frozenset[Key]
    shown_earlier: frozenset[Key]
    look: Callable[[Judgement], Judgement] = lambda read: read


class Table:
    """Candidates judged once, while the number of shots may still change."""

    def __init__(self, film: Film) -> None:
        self._film = film
        pinned = {key(one.candidate): one.candidate for one in film.pins.values()}
        found = {**film.pool.candidates, **pinned}
        self._candidates = [one for known, one in found.items() if known not in film.bans]
        self._judgement = film.look(judge(film.requests, self._candidates))
        self._marks = [quality(one, film.output, film.shown_earlier) for one in self._candidates]
        relevance = self._judgement.relevance
        marks = np.array([mark.points for mark in self._marks])
        self._scores: Matrix = np.clip(relevance + marks, 0.0, 1.0)
        self._alike = _groups([_series(one) for one in self._candidates])
        self._kinds = _groups([one.kind for one in self._candidates])

    def planned(self, requests: Sequence[SceneRequest]) -> tuple[PlannedScene, ...]:
        """Return the scenes as planned for so many shots each."""
        shots = [(scene, shot) for scene, one in enumerate(requests) for shot in range(one.shots)]
        moments, fixed = self._moments(requests, shots)
        clips = np.array([moment.clip for moment in moments], np.int64)
        problem = Problem(
            self._worth(requests, shots, moments),
            moments,
            fixed,
            self._alike[clips],
            self._kinds[clips],
        )
        choices: list[list[Choice]] = [[] for _ in requests]
        for (scene, shot), found in zip(shots, assign(problem), strict=True):
            moment = None if found == CARD else moments[found]
            choices[scene].append(self._choice(requests[scene], scene, shot, moment))
        return tuple(self._scene(index, one, choices[index]) for index, one in enumerate(requests))

    def _moments(
        self, requests: Sequence[SceneRequest], shots: Sequence[_Shot]
    ) -> tuple[list[Moment], list[int | None]]:
        """Return what may be shown at all, and for each shot what a person wants there."""
        seconds = max(one.shot_seconds for one in requests)
        fits = np.any(self._judgement.relevance >= FLOOR, axis=0)
        moments = [
            Moment(clip, take)
            for clip, one in enumerate(self._candidates)
            if fits[clip]
            for take in range(takes_of(one.duration, seconds))
        ]
        places = {moment: place for place, moment in enumerate(moments)}
        index = {key(one): clip for clip, one in enumerate(self._candidates)}
        taken: set[Moment] = set()
        fixed: list[int | None] = []
        for scene, shot in shots:
            pin = self._film.pins.get((requests[scene].number, shot + 1))
            if pin is None or key(pin.candidate) not in index:
                fixed.append(None)
                continue
            clip = index[key(pin.candidate)]
            take = sum(one.clip == clip for one in taken)
            moment = Moment(clip, take)
            taken.add(moment)
            if moment not in places:
                places[moment] = len(moments)
                moments.append(moment)
            fixed.append(places[moment])
        return moments, fixed

    def _worth(
        self,
        requests: Sequence[SceneRequest],
        shots: Sequence[_Shot],
        moments: Sequence[Moment],
    ) -> NDArray[np.float64]:
        clips = np.array([moment.clip for moment in moments], np.int64)
        takes = np.array([moment.take for moment in moments], float)
        scenes = np.array([scene for scene, _ in shots], np.int64)
        near = self._judgement.nearness([(requests[scene], shot) for scene, shot in shots])
        worth = self._scores[scenes][:, clips] - _TAKE_PRICE * takes + _WORDS_BONUS * near[:, clips]
        fits = self._judgement.relevance[scenes][:, clips] >= FLOOR
        return np.where(fits, np.maximum(worth, _LEAST_WORTH), -np.inf)

    def _choice(
        self, request: SceneRequest, scene: int, shot: int, moment: Moment | None
    ) -> Choice:
        words = request.words[shot]
        if moment is None:
            return Choice(words, card_of(request.number, request.cards, shot, self._why(scene)), 0)
        candidate = self._candidates[moment.clip]
        pin = self._film.pins.get((request.number, shot + 1))
        if pin is not None and key(pin.candidate) == key(candidate):
            return Choice(words, pin, moment.take, "person")
        return Choice(words, self._suggestion(scene, moment.clip), moment.take)

    def _why(self, scene: int) -> str:
        """Return why a shot shows a card."""
        if not self._film.pool.hits:
            return NO_SEARCH
        if not self._candidates:
            return "nothing was found"
        best = int(self._judgement.relevance[scene].argmax())
        score = self._judgement.relevance[scene, best]
        if score >= FLOOR:
            return "what fits is shown already"
        return f"nothing fits; the nearest is {self._candidates[best].title!r} ({score:.2f})"

    def _scene(self, index: int, request: SceneRequest, choices: list[Choice]) -> PlannedScene:
        return PlannedScene(
            request.scene,
            request.seconds,
            request.queries[0],
            request.cards,
            self._suggestions(index, choices),
            tuple(choices),
        )

    def _suggestions(self, scene: int, choices: Sequence[Choice]) -> tuple[Suggestion, ...]:
        """Return the best of what the scene's own searches found, and all that it shows."""
        hits = self._film.pool.hits.get(self._film.requests[scene].number, {})
        shown = {key(choice.suggestion.candidate) for choice in choices}
        own = [
            clip
            for clip in np.argsort(-self._scores[scene], kind="stable")
            if key(self._candidates[clip]) in hits
        ]
        kept = set(own[:_SUGGESTIONS])
        kept |= {c for c, one in enumerate(self._candidates) if key(one) in shown}
        order = sorted(kept, key=lambda clip: -self._scores[scene, clip])
        return tuple(self._suggestion(scene, int(clip)) for clip in order)

    def _suggestion(self, scene: int, clip: int) -> Suggestion:
        candidate, mark = self._candidates[clip], self._marks[clip]
        hits = self._film.pool.hits.get(self._film.requests[scene].number, {})
        return Suggestion(
            candidate,
            hits.get(key(candidate), ""),
            round(float(self._judgement.relevance[scene, clip]), 4),
            round(float(self._scores[scene, clip]), 4),
            (self._judgement.reason(scene, clip), *mark.reasons),
        )


def _series(candidate: Candidate) -> str:
    """Return what the parts of a series have in common: the title without its numbers."""
    words = re.findall(r"[^\W\d_]+", candidate.title.casefold())
    return " ".join(word for word in words if word not in {"part", "pt", "no"}) or candidate.id


def _groups(names: Sequence[str]) -> NDArray[np.int64]:
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names], np.int64)
