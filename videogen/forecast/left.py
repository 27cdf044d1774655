"""How long a run still takes: foretold stage by stage, and put right by what it has really done."""

from __future__ import annotations

from typing import get_args

from videogen.domain.events import Progress, Stage
from videogen.forecast.lanes import Lanes
from videogen.forecast.work import Forecast

_STAGES: tuple[Stage, ...] = get_args(Stage)
# Scenes that are under way at once beyond those that are told to be done.
_AT_ONCE = 2
# How far a stage may be from its forecast without a word about the others.
_DOUBT = 1.1
# Less than so many foretold seconds say nothing of a machine.
_LEAST = 1.0
# What is told so much faster than foretold was made by an earlier run.
_KEPT = 10.0


class Remaining:
    """The seconds that a run still takes; all times are seconds of one clock, from any zero.

    What was told bounds how much is done: at least that, at most what can be under way beside it. The
    run is as slow against its forecast as it was held to be, or as little otherwise as the bounds
    allow. What an earlier run has made counts neither as work nor as done.
    """

    def __init__(self, forecast: Forecast) -> None:
        self._forecast = forecast
        self._seconds = dict(forecast.stages)
        self._kept = dict.fromkeys(_STAGES, 0.0)
        self._started = self._stage_began = 0.0
        self._has_begun = False
        self._stage, self._share = _STAGES[0], 0.0
        self._slowness = 1.0
        # Where the run was, in foretold seconds, when that was last known exactly.
        self._sure = self._sure_at = 0.0
        self._lanes: Lanes | None = None

    def expect(self, forecast: Forecast) -> None:
        """Take in a better forecast; what is done stays as it was."""
        done = _STAGES[: _STAGES.index(self._stage)]
        self._seconds |= {one: s for one, s in forecast.stages.items() if one not in done}
        self._forecast = forecast

    def hear(self, progress: Progress, now: float) -> None:
        """Take in how far a stage is; stages follow each other, whatever is done beside them."""
        if not self._has_begun:
            self._has_begun = True
            self._started = self._stage_began = self._sure_at = now
        if _STAGES.index(progress.stage) < _STAGES.index(self._stage):
            return
        if progress.stage != self._stage:
            self._stage, self._stage_began = progress.stage, now
        self._share = progress.share
        if self._stage == "assembly":
            self._hear_cut(progress, now)
        at_once = 0.0 if self._stage == "script" else self._at_once
        seconds = self._seconds[self._stage]
        if (self._share - at_once) * seconds > _KEPT * (now - self._stage_began):
            self._kept[self._stage] = self._share
        beside = 0.0 if self._stage == "script" else self._under_way()
        self._slowness = self._slowness_at(now, beside)
        if self._share == 1:
            # What stages took otherwise than foretold is no more to come.
            self._sure, self._sure_at = self._done(), now

    def left(self, now: float) -> float:
        """Return the seconds that are left; before anything was heard, all that was foretold."""
        if not self._has_begun:
            return self._forecast.seconds
        done, further = self._done(), self._under_way()
        slowness = self._slowness_at(now, further)
        total = sum(map(self._work, _STAGES)) + self._forecast.end
        place = self._sure + (now - self._sure_at) / slowness
        left = max(0.0, total - min(max(place, done), done + further)) * slowness
        if self._lanes is None or self._share == 1:
            return left
        return max(left, self._lanes.left(now, slowness) + slowness * self._forecast.end)

    def _hear_cut(self, progress: Progress, now: float) -> None:
        """Count scenes by what each takes, where all are known and none was kept."""
        if progress.scene is None:
            known = self._forecast.cut if not progress.done else {}
            self._lanes = Lanes(known, self._forecast.lanes) if known else None
        if self._lanes:
            self._lanes.hear(progress.scene, now)
            self._share = 1.0 if progress.share == 1 else self._lanes.share

    @property
    def _at_once(self) -> float:
        return min(1.0, _AT_ONCE / self._forecast.scenes)

    def _work(self, stage: Stage) -> float:
        """Return a stage's foretold seconds, without what was made before."""
        return self._seconds[stage] * (1 - self._kept[stage])

    def _slowness_at(self, now: float, beside: float) -> float:
        """Return the slowness where at most `beside` foretold seconds are done beyond those told."""
        elapsed, done = now - self._started, self._done()
        slowness = max(self._slowness, elapsed / max(done + beside, _LEAST) / _DOUBT)
        return min(slowness, _DOUBT * elapsed / done) if done >= _LEAST else slowness

    def _done(self) -> float:
        """Return what was told to be done by this run, in foretold seconds."""
        before = sum(map(self._work, _STAGES[: _STAGES.index(self._stage)]))
        return before + self._seconds[self._stage] * (self._share - self._kept[self._stage])

    def _under_way(self) -> float:
        """Return the foretold seconds that can have been done since without another word."""
        left = 1 - self._share
        follows = _STAGES[_STAGES.index(self._stage) + 1 :]
        ahead = sum(self._at_once * self._work(one) for one in follows[:1])
        if left and self._stage == "script":
            return left * self._work("script") + ahead
        if left:
            return min(left, self._at_once) * self._seconds[self._stage]
        return ahead or self._forecast.end
