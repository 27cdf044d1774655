"""One scene's footage: which source is asked when, and what is taken of its answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from videogen.domain import CROSSFADE_SECONDS, Candidate, Clip, SourcedScene, Suggestion
from videogen.errors import FootageError, SourceUnavailable
from videogen.footage.assign import Claim, Claims
from videogen.footage.judge import Key, rank
from videogen.footage.overrides import ClipOverrides
from videogen.footage.sources.base import FootageSource, ShotRequest
from videogen.footage.sources.cards import cards_of

# A shot keeps running while the next one fades in over it.
_TAIL_SECONDS = float(CROSSFADE_SECONDS)
# A piece is cut at whole frames and may miss its length by a few of them.
_ROUNDING = 0.2
_QUERIES_PER_SOURCE = 3
_SUGGESTIONS_PER_QUERY = 12
# Clips that fail cost time: past so many a shot, a scene does with what it has.
_TRIES_PER_SHOT = 4


@dataclass(slots=True)
class _SceneInWork:
    request: ShotRequest
    clips: list[Clip] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    unavailable: set[str] = field(default_factory=set)

    @property
    def piece_seconds(self) -> float:
        return self.request.seconds / self.request.shots + _TAIL_SECONDS

    @property
    def is_covered(self) -> bool:
        return self.would_be_covered([])

    def would_be_covered(self, claims: Sequence[Claim]) -> bool:
        """Tell whether the clips would do together with those claimed, were they to be had."""
        shots = self.request.shots
        lengths = [clip.duration for clip in self.clips]
        lengths += [self._expected(claim.suggestion.candidate) for claim in claims]
        seconds = sum(max(0.0, length - _TAIL_SECONDS) for length in lengths)
        # Short clips may need company, but twice the shots is as restless as a cut should be.
        return len(lengths) >= shots and (
            seconds >= self.request.seconds - _ROUNDING or len(lengths) >= 2 * shots
        )

    def _expected(self, candidate: Candidate) -> float:
        if candidate.duration is None:
            return self.piece_seconds
        return min(candidate.duration, self.piece_seconds)

    def offered(self, *, relevant: bool) -> list[Suggestion]:
        """Return what sources offer that can be had: what has to do with the scene, or all."""
        return [
            one
            for one in self.suggestions
            if one.candidate.source not in self.unavailable and (one.relevance > 0 or not relevant)
        ]


@dataclass(frozen=True, slots=True)
class SceneSourcing:
    """How one run's scenes are sourced; `source_scene` is called from several threads."""

    sources: tuple[FootageSource, ...]
    last_resort: FootageSource
    overrides: ClipOverrides
    shown_earlier: frozenset[Key]
    claims: Claims

    @property
    def searched(self) -> tuple[FootageSource, ...]:
        """The sources before the last resort: nothing after it is ever reached."""
        if self.last_resort not in self.sources:
            return self.sources
        return self.sources[: self.sources.index(self.last_resort)]

    @property
    def _by_name(self) -> dict[str, FootageSource]:
        return {source.name: source for source in (*self.sources, self.last_resort)}

    def source_scene(self, turn: int, request: ShotRequest) -> SourcedScene:
        """Return one scene's footage; what fails is noted, and the next thing is tried."""
        scene = _SceneInWork(request)
        choices = self._choices(scene)
        planned: list[Claim] = []
        with self.claims.turn(turn) as wait_for_turn:
            for source in self.searched[:1]:
                self._search(scene, source)
            wait_for_turn()
            pinned = self._claim_pins(scene)
            while not scene.would_be_covered(pinned + planned):
                claim = next(choices, None)
                if claim is None:
                    break
                planned.append(claim)
        for claim in pinned + planned:
            self._fetch(scene, claim)
        tries = _TRIES_PER_SHOT * request.shots
        while not scene.is_covered and tries and (claim := next(choices, None)):
            self._fetch(scene, claim)
            tries -= 1
        self._fill(scene)
        return SourcedScene(
            request.scene, request.queries[0], tuple(scene.suggestions), tuple(scene.clips)
        )

    def _choices(self, scene: _SceneInWork) -> Iterator[Claim]:
        """Yield claims, the best first; a source is asked only once those before it are used up."""
        for source in self.searched:
            self._search(scene, source)
            yield from self._claims(scene, relevant=True)
        yield from self._claims(scene, relevant=False)
        if self.last_resort not in self.sources:
            yield from self._claims(scene, relevant=False, allow_repeats=True)

    def _claims(
        self, scene: _SceneInWork, *, relevant: bool, allow_repeats: bool = False
    ) -> Iterator[Claim]:
        while claim := self.claims.claim(
            scene.offered(relevant=relevant), allow_repeats=allow_repeats
        ):
            yield claim

    def _claim_pins(self, scene: _SceneInWork) -> list[Claim]:
        claims = []
        for name, identifier in self.overrides.pins.get(scene.request.scene.number, ()):
            try:
                candidate = self._by_name[name].lookup(identifier)
            except FootageError as exc:
                self.claims.note(f"{name}, pinned {identifier}", exc)
                continue
            pinned = Suggestion(candidate, "", 1.0, 1.0, ("pinned by the user",))
            if claim := self.claims.claim([pinned], allow_repeats=True):
                claims.append(claim)
        return claims

    def _search(self, scene: _SceneInWork, source: FootageSource) -> None:
        """Ask a source by the scene's queries, unless it was asked."""
        if source.name in scene.asked:
            return
        scene.asked.add(source.name)
        request = scene.request
        most = max(_SUGGESTIONS_PER_QUERY, 2 * request.shots)
        for query in request.queries[:_QUERIES_PER_SOURCE]:
            try:
                candidates = source.search(request.query(query))
            except FootageError as exc:
                self._note(scene, source.name, exc)
                continue
            scene.suggestions += rank(candidates, query, request, self.shown_earlier)[:most]

    def _fetch(self, scene: _SceneInWork, claim: Claim) -> None:
        suggestion = claim.suggestion
        name = suggestion.candidate.source
        try:
            clip = self._by_name[name].fetch(suggestion.candidate, scene.piece_seconds, claim.take)
        except FootageError as exc:
            self.claims.give_back(claim, useless=not isinstance(exc, SourceUnavailable))
            self._note(scene, name, exc)
        else:
            scene.clips.append(replace(clip, score=suggestion.score, reasons=suggestion.reasons))

    def _fill(self, scene: _SceneInWork) -> None:
        request = scene.request
        for card in cards_of(request.scene.number, request.phrases, request.shots):
            if scene.is_covered:
                break
            clip = self.last_resort.fetch(card, scene.piece_seconds)
            scene.clips.append(replace(clip, reasons=("nothing else was found",)))

    def _note(self, scene: _SceneInWork, name: str, fault: FootageError) -> None:
        self.claims.note(name, fault)
        if isinstance(fault, SourceUnavailable):
            scene.unavailable.add(name)
