from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.domain.speech import scene_frames
from videogen.script.pacing import (
    FASTEST,
    SLOWEST,
    Pacing,
    as_written,
    fit,
    fit_pauses,
    shortfall_note,
)

RATE = Fraction(30)
NTSC = Fraction(30000, 1001)


def finished(seconds: Sequence[float], pacing: Pacing, rate: Fraction) -> Fraction:
    frames = sum(scene_frames(s, p, rate) for s, p in zip(seconds, pacing.pauses, strict=True))
    return frames / rate


class Scenes:
    """Speech that scales with speed but not quite, as the voice's whole frames do."""

    def __init__(self, *seconds: float) -> None:
        self.seconds = seconds
        self.calls = 0

    def __call__(self, speed: float) -> list[float]:
        self.calls += 1
        return [round(one / speed * 40) / 40 for one in self.seconds]


@pytest.mark.parametrize("rate", [RATE, NTSC, Fraction(24)])
@pytest.mark.parametrize("factor", [0.87, 0.93, 1.0, 1.07, 1.13])
@pytest.mark.parametrize("target", [30, 60, 180, 300, 600, 1800])
def test_speech_within_an_eighth_of_the_target_is_met_within_half_a_percent(
    target: int, factor: float, rate: Fraction
) -> None:
    count = round(target / 12)
    speech = target - 0.6 * count
    uneven = [0.8 + 0.4 * (i % 2) for i in range(count)]
    scenes = Scenes(*[speech * factor * one / sum(uneven) for one in uneven])
    pacing = fit(scenes, target, rate)
    seen = finished(scenes(pacing.speed), pacing, rate)
    assert abs(seen / target - 1) < 0.005
    assert abs(pacing.shortfall) < 0.005 * target
    assert SLOWEST <= pacing.speed <= FASTEST
    assert all(0.29 <= pause <= 1.21 for pause in pacing.pauses)


def test_a_voice_that_nearly_fits_keeps_its_own_speed() -> None:
    scenes = Scenes(11.4, 11.5, 11.3)
    pacing = fit(scenes, 36.0, RATE)
    assert pacing.speed == 1.0
    assert scenes.calls == 1
    assert finished(scenes(1.0), pacing, RATE) == 36


def test_the_voice_is_measured_three_times_at_most() -> None:
    scenes = Scenes(*[12.9] * 10)
    fit(scenes, 120.0, RATE)
    assert scenes.calls <= 3


def test_what_cannot_be_met_is_said_in_seconds() -> None:
    short = fit(Scenes(*[6.0] * 5), 60.0, RATE)
    assert short.speed == SLOWEST
    assert short.shortfall == pytest.approx(60 - 5 * (6 / 0.9 + 1.2), abs=0.2)
    long = fit(Scenes(*[20.0] * 5), 60.0, RATE)
    assert long.speed == FASTEST
    assert long.shortfall == pytest.approx(60 - 5 * (20 / 1.12 + 0.3), abs=0.2)


@pytest.mark.parametrize(
    ("shortfall", "said"),
    [(0.0, ""), (1.1, ""), (-1.1, ""), (4.2, "4 s short of the 60 s"), (-7.0, "7 s over the 60 s")],
)
def test_a_miss_of_more_than_two_percent_is_put_in_words(shortfall: float, said: str) -> None:
    note = shortfall_note(shortfall, 60.0)
    assert said in note
    assert bool(note) == bool(said)


def test_a_text_spoken_as_it_is_keeps_the_speed_asked_for_and_the_usual_pauses() -> None:
    assert as_written(3, 1.3) == Pacing(1.3, (0.6, 0.6, 0.6), 0.0)


@given(
    seconds=st.lists(st.floats(0.1, 40), min_size=1, max_size=60),
    slack=st.floats(0.31, 1.19),
    rate=st.sampled_from([RATE, NTSC, Fraction(25), Fraction(60)]),
)
def test_pauses_meet_any_reachable_target_to_the_frame(
    seconds: list[float], slack: float, rate: Fraction
) -> None:
    spoken = sum(scene_frames(one, 0, rate) for one in seconds) / rate
    target = float(spoken) + slack * len(seconds)
    pacing = fit_pauses(seconds, 1.0, target, rate)
    if abs(pacing.shortfall) > 0:
        # Bounds in whole frames may differ by one frame a scene from those in seconds.
        assert slack < 0.34 or slack > 1.16
        return
    assert abs(finished(seconds, pacing, rate) - Fraction(target)) <= 1 / rate
    assert max(pacing.pauses) - min(pacing.pauses) <= float(1 / rate) + 1e-9
