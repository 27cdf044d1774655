"""How a run's progress is told."""

from __future__ import annotations

from fractions import Fraction

import pytest

from videogen.cli.display import Countdown, Lines, lasting
from videogen.domain.events import Progress
from videogen.domain.video import Format
from videogen.forecast.work import Work, forecast

WORK = Work(1200.0, 100, 0.0, Format(Fraction(30), 1920, 1080), "good")


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        *((0.0, "about 5 s"), (31.0, "about 35 s"), (89.0, "about 90 s")),
        *(
            (101.0, "about 105 s"),
            (180.0, "about 3 min"),
            (205.0, "about 3 min 30 s"),
            (584.0, "about 9 min 30 s"),
            (586.0, "about 10 min"),
            (3540.0, "about 59 min"),
            (3600.0, "about 1 h 0 min"),
        ),
    ],
)
def test_a_time_is_told_as_a_person_would(seconds: float, told: str) -> None:
    assert lasting(seconds) == told


def test_each_line_tells_what_is_left_of_the_whole_run(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines()
    lines.watch(Progress("script", 0, 1))
    lines.expect(forecast(WORK, 2))
    lines.watch(Progress("script", 1, 1))
    lines.watch(Progress("voiceover", 25, 100, 25))
    unknown, *known = capsys.readouterr().err.splitlines()
    assert unknown == "Script: 0%"
    assert known[0].startswith("Script: 100%, about ")
    assert all(line.endswith(" left") for line in known)
    assert known[1].startswith("Voice: 25%, scene 25, about ")


def test_a_countdown_that_ended_says_nothing() -> None:
    countdown = Countdown()
    countdown.expect(forecast(WORK, 2))
    assert str(countdown)
    countdown.end()
    assert str(countdown) == ""
