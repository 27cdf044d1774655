"""Footage: clips for every scene, from the first source in the chain that has any.

Scenes are sourced side by side. Within a scene each source is asked in turn; what it offers that
shares a word with the scene is taken first, then what was offered at all, then clips that the
video shows already, and a card where nothing else is left.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace

from videogen.domain import Candidate, Card, Clip, Progress, Search, Suggestion
from videogen.errors import FootageError, SourceUnavailable
from videogen.providers.base import FootageSource, ShotRequest
from videogen.stages.choosing import Key, rank
from videogen.stages.ledger import Claim, Ledger
from videogen.stages.wishes import Wishes

LONGEST_SHOT_SECONDS = 6.0
# A shot keeps running while the next one fades in over it.
_TAIL_SECONDS = 0.5
_SCENES_AT_ONCE = 6
_QUERIES_PER_SOURCE = 3
_SUGGESTIONS_PER_QUERY = 12
# Clips that fail cost time: past so many a shot, a scene does with what it has.
_TRIES_PER_SHOT = 4

Remembered = Callable[[str, str, int], Sequence[Candidate] | None]


@dataclass(frozen=True, slots=True)
class SceneFootage:
    """A scene's clips in showing order, and what they were chosen from."""

    scene_number: int
    clips: tuple[Clip, ...]
    searches: tuple[Search, ...]


@dataclass(frozen=True, slots=True)
class Footage:
    """The footage of all scenes in order, and in a line each what went otherwise than wished."""

    scenes: tuple[SceneFootage, ...]
    warnings: tuple[str, ...]


def shots_for(seconds: float) -> int:
    """Return into how many shots a scene is cut, so that none is held for too long."""
    return max(1, math.ceil(seconds / LONGEST_SHOT_SECONDS))


def source_footage(
    requests: Sequence[ShotRequest],
    sources: Sequence[FootageSource],
    last_resort: FootageSource,
    *,
    wishes: Wishes | None = None,
    shown_earlier: frozenset[Key] = frozenset(),
    shown_already: Iterable[Clip] = (),
    remembered: Remembered = lambda _source, _query, _scene_number: None,
    done: Callable[[SceneFootage, Progress], None] = lambda _footage, _progress: None,
) -> Footage:
    """Find and fetch clips for every scene; a scene that finds none gets cards.

    `sources` are asked in order, up to `last_resort` where that is among them. `shown_earlier` are
    clips of other videos, `shown_already` clips of this one's scenes that are not requested again.
    `remembered` returns what a source answered to a query before, for that scene where the record
    is kept by scene, and None where it never was asked.
    `done` is called in the caller's thread as each scene is complete. On any exception, an
    interrupt among them, the sources are closed, so that no call stays under way.
    """
    wishes = wishes or Wishes()
    ledger = Ledger(wishes.bans, shown_already)
    sourcing = _Sourcing(tuple(sources), last_resort, wishes, remembered, shown_earlier, ledger)
    found: dict[int, SceneFootage] = {}
    with ThreadPoolExecutor(_SCENES_AT_ONCE, thread_name_prefix="footage") as pool:
        try:
            futures = [pool.submit(sourcing.source_scene, request) for request in requests]
            for count, future in enumerate(as_completed(futures), start=1):
                scene = future.result()
                found[scene.scene_number] = scene
                done(scene, Progress("footage", count, len(requests), scene.scene_number))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for source in sources:
                source.close()
            raise
    scenes = tuple(found[request.scene.number] for request in requests)
    return Footage(scenes, (*ledger.faults(), *_shortfalls(scenes, ledger, sourcing.searched)))


def _shortfalls(
    scenes: Sequence[SceneFootage], ledger: Ledger, searched: Sequence[FootageSource]
) -> list[str]:
    lines = []
    if ledger.repeated:
        lines.append(f"{ledger.repeated} clips are shown more than once: no other was found")
    bare = [
        str(scene.scene_number)
        for scene in scenes
        if all(isinstance(clip.media, Card) for clip in scene.clips)
    ]
    if bare and searched:
        lines.append(f"No footage was found for scene {', '.join(bare)}: cards are shown")
    return lines


@dataclass(slots=True)
class _SceneInWork:
    request: ShotRequest
    clips: list[Clip] = field(default_factory=list)
    searches: list[Search] = field(default_factory=list)
    unavailable: set[str] = field(default_factory=set)
    tries_left: int = 0

    @property
    def is_covered(self) -> bool:
        shots = self.request.shots
        seconds = sum(max(0.0, clip.duration - _TAIL_SECONDS) for clip in self.clips)
        # Short clips may need company, but twice the shots is as restless as a cut should be.
        return len(self.clips) >= shots and (
            seconds >= self.request.seconds or len(self.clips) >= 2 * shots
        )

    @property
    def piece_seconds(self) -> float:
        return self.request.seconds / self.request.shots + _TAIL_SECONDS

    @property
    def suggestions(self) -> list[Suggestion]:
        return [
            one
            for search in self.searches
            if search.source not in self.unavailable
            for one in search.suggestions
        ]


@dataclass(frozen=True, slots=True)
class _Sourcing:
    """How one run's scenes are sourced; `source_scene` is called from several threads."""

    sources: tuple[FootageSource, ...]
    last_resort: FootageSource
    wishes: Wishes
    remembered: Remembered
    shown_earlier: frozenset[Key]
    ledger: Ledger

    @property
    def searched(self) -> tuple[FootageSource, ...]:
        """The sources before the last resort: nothing after it is ever reached."""
        if self.last_resort not in self.sources:
            return self.sources
        return self.sources[: self.sources.index(self.last_resort)]

    @property
    def _by_name(self) -> dict[str, FootageSource]:
        return {source.name: source for source in (*self.sources, self.last_resort)}

    def source_scene(self, request: ShotRequest) -> SceneFootage:
        """Return one scene's footage; what fails is noted, and the next thing is tried."""
        scene = _SceneInWork(request, tries_left=_TRIES_PER_SHOT * request.shots)
        self._take_pins(scene)
        for source in self.searched:
            if scene.is_covered:
                break
            self._search(scene, source)
            self._take(scene, [one for one in scene.suggestions if one.relevance > 0])
        self._take(scene, scene.suggestions)
        if self.last_resort not in self.sources:
            self._take(scene, scene.suggestions, allow_repeats=True)
        self._fill(scene)
        return SceneFootage(request.scene.number, tuple(scene.clips), tuple(scene.searches))

    def _search(self, scene: _SceneInWork, source: FootageSource) -> None:
        request = scene.request
        for query in request.queries[:_QUERIES_PER_SOURCE]:
            candidates = (
                self.remembered(source.name, query, request.scene.number)
                if source.is_remote
                else None
            )
            if candidates is None:
                try:
                    candidates = source.search(query, request)
                except FootageError as exc:
                    self._note(scene, source.name, exc)
                    continue
            most = max(_SUGGESTIONS_PER_QUERY, 2 * request.shots)
            ranked = rank(candidates, query, request, self.shown_earlier)[:most]
            scene.searches.append(Search(source.name, query, tuple(ranked)))

    def _take_pins(self, scene: _SceneInWork) -> None:
        for name, identifier in self.wishes.pins.get(scene.request.scene.number, ()):
            try:
                candidate = self._by_name[name].lookup(identifier)
            except FootageError as exc:
                self.ledger.note(f"{name}, pinned {identifier}", exc)
                continue
            pinned = Suggestion(candidate, 1.0, 1.0, ("pinned by the user",))
            if claim := self.ledger.claim([pinned], allow_repeats=True):
                self._fetch(scene, claim)

    def _take(
        self,
        scene: _SceneInWork,
        suggestions: Sequence[Suggestion],
        *,
        allow_repeats: bool = False,
    ) -> None:
        while not scene.is_covered and scene.tries_left > 0:
            usable = [one for one in suggestions if one.candidate.source not in scene.unavailable]
            claim = self.ledger.claim(usable, allow_repeats=allow_repeats)
            if claim is None:
                return
            scene.tries_left -= 1
            self._fetch(scene, claim)

    def _fetch(self, scene: _SceneInWork, claim: Claim) -> None:
        suggestion = claim.suggestion
        name = suggestion.candidate.source
        try:
            clip = self._by_name[name].fetch(suggestion.candidate, scene.piece_seconds, claim.take)
        except FootageError as exc:
            self.ledger.give_back(claim, useless=not isinstance(exc, SourceUnavailable))
            self._note(scene, name, exc)
        else:
            scene.clips.append(replace(clip, score=suggestion.score, reasons=suggestion.reasons))

    def _fill(self, scene: _SceneInWork) -> None:
        request = scene.request
        for card in self.last_resort.search(request.phrases[0], request):
            if scene.is_covered:
                break
            clip = self.last_resort.fetch(card, scene.piece_seconds)
            scene.clips.append(replace(clip, reasons=("nothing else was found",)))

    def _note(self, scene: _SceneInWork, name: str, fault: FootageError) -> None:
        self.ledger.note(name, fault)
        if isinstance(fault, SourceUnavailable):
            scene.unavailable.add(name)
