"""What a film will take, and what is left of it, beside real runs.

`tests/runs` holds runs of this program: what was told when, in processor seconds of all processes over
two cores, which is the time on two cores at rest.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest

from videogen.domain.events import Progress, Stage
from videogen.domain.video import Format, Quality
from videogen.forecast.left import Remaining
from videogen.forecast.pace import Spent, kept_pace, learn
from videogen.forecast.work import (
    Forecast,
    Part,
    Work,
    filmed_share,
    forecast,
    processor_seconds,
)

CORES = 2
RUNS = sorted((Path(__file__).parents[1] / "runs").glob("*.json"))
WORK = Work(60.0, 5, 0.5, Format(Fraction(30), 1920, 1080), "good")
PARTS = (Part(1, 30.0, 0.0), Part(2, 30.0, 1.0))
# A fifth of what is left, or so many seconds at rest where that is more.
FLOOR = 3.0


@dataclass(frozen=True)
class Run:
    """A real run: what was asked, what came of it, and what it told when."""

    asked: float
    work: Work
    processor: float
    bytes: int
    events: tuple[tuple[float, Progress], ...]

    @property
    def total(self) -> float:
        return self.processor / CORES

    def expected_at_first(self) -> Forecast:
        """Return the forecast before the script and the plan are there."""
        scenes = max(1, round(self.asked / 12))
        filmed = 0.5 if self.work.filmed else 0.0
        return forecast(replace(self.work, seconds=self.asked, scenes=scenes, filmed=filmed), CORES)

    def replayed(self, slower: float = 1.0) -> Iterator[tuple[float, float]]:
        """Yield what is left, really and as told, at each hundredth of the run."""
        remaining = Remaining(self.expected_at_first())
        events = list(self.events)
        for hundredth in range(1, 100):
            now = slower * self.total * hundredth / 100
            while events and slower * events[0][0] <= now:
                time, progress = events.pop(0)
                remaining.hear(progress, slower * time)
                if progress.stage == "script" and progress.share == 1:
                    remaining.expect(forecast(self.work, CORES))
            yield slower * self.total - now, remaining.left(now)


def read(path: Path) -> Run:
    found = json.loads(path.read_text(encoding="utf-8"))
    cut = Format(Fraction(30), found["width"], found["height"])
    quality: Quality = found["quality"]
    work = Work(found["seconds"], found["scenes"], found["filmed"], cut, quality, found["burned"])
    events = tuple((time, Progress(*told)) for time, *told in found["events"])
    return Run(found["asked"], work, found["processor"], found["bytes"], events)


def of_each_run(at_least: int = 1) -> pytest.MarkDecorator:
    """Give a test each run of so many scenes; one scene alone keeps only one core busy."""
    runs = {path.stem: read(path) for path in RUNS}
    chosen = {name: run for name, run in runs.items() if run.work.scenes >= at_least}
    return pytest.mark.parametrize("run", chosen.values(), ids=chosen.keys())


@of_each_run()
def test_what_a_run_takes_is_foretold_within_a_quarter(run: Run) -> None:
    told = forecast(run.work, CORES)
    assert told.processor == pytest.approx(run.processor, rel=0.25)
    assert told.file_bytes == pytest.approx(run.bytes, rel=0.25)


@of_each_run(at_least=2)
def test_after_a_tenth_the_time_left_is_right_within_a_fifth(run: Run) -> None:
    wrong = [
        (round(real, 1), round(told, 1))
        for real, told in list(run.replayed())[9:]
        if abs(told - real) > max(0.2 * real, FLOOR)
    ]
    assert wrong == []


@of_each_run(at_least=5)
def test_once_the_script_is_there_a_machine_four_times_as_slow_is_known_as_such(run: Run) -> None:
    slower = 4.0
    script = next(time for time, told in run.events if (told.stage, told.share) == ("script", 1.0))
    wrong = [
        (round(real, 1), round(told, 1))
        for real, told in run.replayed(slower)
        if slower * (run.total - script) >= real
        if abs(told - real) > max(0.25 * real, slower * FLOOR)
    ]
    assert wrong == []


def cut_in_lanes(told: Forecast, slower: float) -> Iterator[tuple[float, int]]:
    """Yield when each scene is through where so many are drawn at once, in seconds of the cut."""
    lanes = [0.0] * told.lanes
    for number, seconds in told.cut.items():
        at = heapq.heappop(lanes) + slower * seconds
        heapq.heappush(lanes, at)
        yield at, number


@pytest.mark.parametrize("slower", [1.0, 1.5])
@pytest.mark.parametrize(
    "filmed", [(0,) * 9, (0, 1, 0, 0, 1, 0, 0, 0, 1), (0,) * 8 + (1,), (1,) * 3, (0,) * 24 + (1,)]
)
def test_of_the_cut_is_left_what_the_longest_lane_has_before_it(
    filmed: tuple[int, ...], slower: float
) -> None:
    parts = tuple(
        Part(number, 14.0 - number / 5, float(is_filmed))
        for number, is_filmed in enumerate(filmed, start=1)
    )
    seconds = sum(part.seconds for part in parts)
    work = replace(WORK, seconds=seconds, scenes=len(parts), filmed=filmed_share(parts))
    told = forecast(replace(work, parts=parts), CORES)
    remaining = Remaining(told)
    now = 0.0
    stages: tuple[Stage, ...] = ("script", "voiceover", "footage")
    for stage in stages:
        remaining.hear(Progress(stage, 0, 1), now)
        now += slower * told.stages[stage]
        remaining.hear(Progress(stage, 1, 1), now)
    events = sorted(cut_in_lanes(told, slower))
    end = now + events[-1][0] + slower * told.end
    remaining.hear(Progress("assembly", 0, seconds), now)
    done, wrong = 0.0, []
    for hundredth in range(100):
        at = now + (end - now) * hundredth / 100
        while events and now + events[0][0] <= at:
            finished, number = events.pop(0)
            done += parts[number - 1].seconds
            whole = seconds if not events else done
            remaining.hear(Progress("assembly", whole, seconds, number), now + finished)
        real, left = end - at, remaining.left(at)
        if abs(left - real) > max(0.2 * real, FLOOR):
            wrong.append((round(real, 1), round(left, 1)))
    assert wrong == []


def test_a_cut_of_which_scenes_were_kept_is_counted_in_frames() -> None:
    remaining = Remaining(forecast(replace(WORK, parts=PARTS), CORES))
    remaining.hear(Progress("footage", 1, 1), 0.0)
    remaining.hear(Progress("assembly", 900, 1800), 0.1)
    remaining.hear(Progress("assembly", 1800, 1800, 2), 5.0)
    assert remaining.left(5.0) == pytest.approx(forecast(WORK, CORES).end, abs=2.0)


def test_what_an_earlier_run_has_made_is_no_work_and_no_sign_of_speed() -> None:
    told = forecast(WORK, CORES)
    remaining = Remaining(told)
    stages: tuple[Stage, ...] = ("script", "voiceover", "footage")
    for number, stage in enumerate(stages):
        remaining.hear(Progress(stage, 0, 5), 0.02 * number)
        remaining.hear(Progress(stage, 5, 5), 0.02 * number + 0.01)
    remaining.hear(Progress("assembly", 0, 1800), 0.1)
    assert remaining.left(0.1) == pytest.approx(told.stages["assembly"] + told.end, rel=0.2)


def test_the_time_left_only_shrinks_while_nothing_new_is_told_or_says_that_it_is_slower() -> None:
    remaining = Remaining(forecast(WORK, CORES))
    remaining.hear(Progress("script", 0, 1), 0.0)
    first = remaining.left(0.0)
    assert remaining.left(2.0) == pytest.approx(first - 2.0)
    assert remaining.left(1000.0) > first


def spent(processor: float, voice: float = 1.0) -> Spent:
    """A film three times as large as foretold, whose voice took so much more of the time."""
    told = forecast(WORK, CORES)
    timings = {**told.stages, "assembly": told.stages["assembly"] + told.end}
    timings["voiceover"] *= voice
    return Spent(processor, round(3 * told.file_bytes), timings)


def test_finished_films_say_how_fast_a_machine_is_and_how_large_files_get(tmp_path: Path) -> None:
    usual = sum(processor_seconds(WORK).values())
    for factor in (1.9, 2.0, 9.0):
        learn(tmp_path, WORK, CORES, spent(factor * usual))
    pace = kept_pace(tmp_path, WORK)
    assert pace.processor == pytest.approx(2.0)
    assert pace.films == 3
    assert pace.size == pytest.approx(3.0, rel=0.01)
    other = kept_pace(tmp_path, replace(WORK, quality="draft"))
    assert other.processor == pytest.approx(2.0)
    assert other.size == 1.0


def test_where_the_voice_takes_more_of_the_time_the_cut_takes_less_of_it(tmp_path: Path) -> None:
    learn(tmp_path, WORK, CORES, spent(sum(processor_seconds(WORK).values()), voice=2.0))
    usual = forecast(WORK, CORES)
    told = forecast(replace(WORK, parts=PARTS), CORES, kept_pace(tmp_path, WORK))
    assert told.seconds == pytest.approx(usual.seconds)
    assert told.stages["voiceover"] / told.stages["assembly"] == pytest.approx(
        2 * usual.stages["voiceover"] / usual.stages["assembly"], rel=0.1
    )
    assert sum(told.cut.values()) < sum(forecast(replace(WORK, parts=PARTS), CORES).cut.values())


def test_a_short_film_teaches_nothing(tmp_path: Path) -> None:
    learn(tmp_path, replace(WORK, seconds=9.0), CORES, spent(100.0))
    assert kept_pace(tmp_path, WORK).films == 0


def test_a_cache_that_cannot_be_written_costs_a_film_nothing(tmp_path: Path) -> None:
    (tmp_path / "forecasts").write_text("a file")
    learn(tmp_path, WORK, CORES, spent(10.0))
    assert kept_pace(tmp_path, WORK).films == 0
