"""From choices to clips: every chosen piece is fetched; one that can't be had gives way to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace

from videogen.domain.footage import Choice, Clip, PlannedScene, SourcedScene, Suggestion
from videogen.footage.faults import Faults
from videogen.footage.fetch.pieces import takes_of
from videogen.footage.judge import FLOOR
from videogen.footage.origin import Key, key
from videogen.footage.sources.base import FootageSource
from videogen.footage.sources.cards import card_of

_AT_ONCE = 6
# Clips that fail cost time: past so many rounds, a shot does with a card.
_ROUNDS = 4

_Shot = tuple[int, int]  # the indices of a scene, and of a shot in it
_Moment = tuple[Key, int]


@dataclass(slots=True)
class Gathering:
    """The clips of one video as they come in."""

    scenes: Sequence[PlannedScene]
    sources: Mapping[str, FootageSource]
    faults: Faults
    tell: Callable[[SourcedScene], None]
    clips: dict[_Shot, Clip] = field(default_factory=dict)
    chosen: dict[_Shot, Choice] = field(default_factory=dict)
    useless: set[Key] = field(default_factory=set)

    def run(self) -> tuple[SourcedScene, ...]:
        """Return the scenes with their clips; each is told as it is complete.

        On any exception, an interrupt among them, the sources are closed, so that no call stays
        under way.
        """
        for index, scene in enumerate(self.scenes):
            self.chosen |= {(index, shot): choice for shot, choice in enumerate(scene.choices)}
        missing = list(self.chosen)
        for turn in range(_ROUNDS + 1):
            missing = self._fetch_all(missing)
            for shot in missing:
                self._give_card(shot)
                if turn < _ROUNDS - 1:
                    self._choose_anew(shot)
        return tuple(self._sourced(index) for index in range(len(self.scenes)))

    def _fetch_all(self, shots: Sequence[_Shot]) -> list[_Shot]:
        """Fetch what shots show; return those that got nothing, in their order."""
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="footage") as threads:
            try:
                futures: dict[Future[Clip | None], _Shot] = {
                    threads.submit(self._fetch, *shot): shot for shot in shots
                }
                for future in as_completed(futures):
                    clip, shot = future.result(), futures[future]
                    if clip is not None:
                        self.clips[shot] = clip
                        self._tell_if_complete(shot[0])
            except BaseException:
                threads.shutdown(wait=False, cancel_futures=True)
                for source in self.sources.values():
                    source.close()
                raise
        return [shot for shot in shots if shot not in self.clips]

    def _fetch(self, index: int, shot: int) -> Clip | None:
        choice, scene = self.chosen[index, shot], self.scenes[index]
        suggestion = choice.suggestion
        name = suggestion.candidate.source
        if self.faults.is_unavailable(name):
            return None
        clip = self.faults.attempt(
            name,
            lambda: self.sources[name].fetch(suggestion.candidate, scene.shot_seconds, choice.take),
            suggestion.candidate.id,
        )
        return clip and replace(clip, score=suggestion.score, reasons=suggestion.reasons)

    def _give_card(self, shot: _Shot) -> None:
        """Give a shot a card, and nobody what it showed: that can't be had."""
        failed = self.chosen[shot]
        self.useless.add(key(failed.suggestion.candidate))
        self.chosen[shot] = replace(failed, suggestion=self._card(shot), take=0)

    def _choose_anew(self, shot: _Shot) -> None:
        """Give a shot the best that its scene's searches found and that nobody shows yet."""
        scene = self.scenes[shot[0]]
        taken = {_moment(choice) for choice in self.chosen.values()}
        for one in scene.suggestions:
            candidate = one.candidate
            if one.relevance < FLOOR or key(candidate) in self.useless:
                continue
            if self.faults.is_unavailable(candidate.source):
                continue
            for take in range(takes_of(candidate.duration, scene.shot_seconds)):
                if (key(candidate), take) not in taken:
                    self.chosen[shot] = Choice(self.chosen[shot].words, one, take)
                    return

    def _card(self, shot: _Shot) -> Suggestion:
        scene = self.scenes[shot[0]]
        return card_of(scene.number, scene.phrases, shot[1], "what was chosen can't be had")

    def _tell_if_complete(self, index: int) -> None:
        if all((index, shot) in self.clips for shot in range(len(self.scenes[index].choices))):
            self.tell(self._sourced(index))

    def _sourced(self, index: int) -> SourcedScene:
        scene = self.scenes[index]
        shots = [(index, shot) for shot in range(len(scene.choices))]
        planned = replace(scene, choices=tuple(self.chosen[shot] for shot in shots))
        return SourcedScene(planned, tuple(self.clips[shot] for shot in shots))


def _moment(choice: Choice) -> _Moment:
    return key(choice.suggestion.candidate), choice.take
