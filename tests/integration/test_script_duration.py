"""The length that was asked for, whatever a model makes of the request."""

from __future__ import annotations

import pytest
from fakes.groq import KEY, FakeGroq
from fakes.pace import seconds, video_seconds

from videogen.domain import Brief, Script
from videogen.language.sentences import normalized
from videogen.script.write import write_script
from videogen.script.writers.groq import GroqWriter
from videogen.script.writers.outline import OutlineWriter

TARGETS = [30, 60, 180, 300, 600, 1800]
RATE = 2.9
# What a model got wrong at first, and what it does with the repair request.
LESSONS = [
    ("exact", "exact"),
    ("short", "exact"),
    ("short", "short"),
    ("long", "exact"),
    ("long", "long"),
    ("uneven", "exact"),
    ("uneven", "uneven"),
    ("missing", "exact"),
    ("missing", "missing"),
    ("misnumbered", "misnumbered"),
    ("prose", "prose"),
    ("duplicates", "exact"),
    ("duplicates", "duplicates"),
    ("empty", "empty"),
    ("cut off", "exact"),
]


def written(target: float, *behaviours: str, rate: float = RATE) -> tuple[Script, int]:
    """Return the script of a model with these habits, and how often it was asked."""
    with FakeGroq(*behaviours) as groq:
        writer = GroqWriter(KEY, groq.url, "", patience=1)
        script = write_script(Brief("Modern naval warfare", target, rate), writer, seconds)
        return script, len(groq.requests)


@pytest.mark.parametrize(("first", "second"), LESSONS)
@pytest.mark.parametrize("target", [30, 60, 300])
def test_a_model_with_bad_habits_fills_the_duration_after_one_repair(
    first: str, second: str, target: int
) -> None:
    script, asked = written(target, first, second)
    seen, pacing = video_seconds(script, target)
    assert seen == pytest.approx(target, rel=0.005)
    assert pacing.shortfall == 0
    assert 0.9 <= pacing.speed <= 1.12
    assert asked <= 2
    assert [scene.number for scene in script.scenes] == list(range(1, len(script.scenes) + 1))


@pytest.mark.parametrize("second", ["short", "exact"])
@pytest.mark.parametrize("target", [30, 60])
def test_words_that_last_longer_than_the_voice_was_said_to_need_spoil_no_repair(
    second: str, target: int
) -> None:
    script, _ = written(target, "short", second, rate=RATE * 1.25)
    seen, pacing = video_seconds(script, target)
    assert seen == pytest.approx(target, rel=0.005)
    assert pacing.shortfall == 0


@pytest.mark.parametrize(
    ("first", "target"),
    [
        ("short", 180),
        ("long", 180),
        ("uneven", 600),
        ("missing", 600),
        ("short", 1800),
        ("duplicates", 1800),
    ],
)
def test_long_films_fill_their_duration_as_well(first: str, target: int) -> None:
    script, asked = written(target, first, "exact")
    assert video_seconds(script, target)[0] == pytest.approx(target, rel=0.005)
    assert asked == 2
    said = [normalized(scene.text) for scene in script.scenes]
    assert len(said) == len(set(said))


@pytest.mark.parametrize("target", TARGETS)
def test_the_outline_fills_every_duration(target: int) -> None:
    script = write_script(Brief("Modern naval warfare", target, RATE), OutlineWriter(), seconds)
    assert video_seconds(script, target)[0] == pytest.approx(target, rel=0.005)


def test_a_model_that_counts_well_is_asked_once() -> None:
    assert written(300, "exact")[1] == 1


def test_what_a_model_will_not_write_is_missing_to_the_second() -> None:
    script, asked = written(30, "cut off", "cut off")
    seen, pacing = video_seconds(script, 30)
    assert (asked, len(script.scenes)) == (2, 1)
    assert pacing.shortfall == pytest.approx(30 - seen, abs=0.05)


def test_a_repair_that_fails_leaves_the_first_script_to_be_spoken() -> None:
    script, asked = written(60, "short", "too large")
    assert len(script.scenes) == 5
    assert asked == 2
    assert video_seconds(script, 60)[1].shortfall > 0
