"""The length that was asked for, whatever a model makes of the request."""

from __future__ import annotations

import pytest
from fakes.groq import KEY, FakeGroq
from fakes.model import BEHAVIOURS
from fakes.pace import seconds, video_seconds

from videogen.domain.script import Brief, Script
from videogen.language.sentences import sentences
from videogen.language.words import normalized
from videogen.script.write import write_script
from videogen.script.writers.chat import ChatWriter
from videogen.script.writers.groq import GroqChat
from videogen.script.writers.outline import OutlineWriter

TARGETS = [30, 60, 120, 300, 600, 1800]
RATE = 2.9
HABITS = [habit for habit in BEHAVIOURS if habit != "cut off"]
# What a model got wrong at first, and what it does with every further request.
LESSONS = [
    ("short", "exact"),
    ("long", "exact"),
    ("missing", "exact"),
    ("duplicates", "exact"),
    ("cut off", "exact"),
]
# Groq's free plan, which admits a request with all that it may write.
FREE_PLAN = 8_000


def written(
    target: float, *behaviours: str, rate: float = RATE, plan: int = 250_000
) -> tuple[Script, int]:
    """Return the script of a model with these habits, and how often it was asked."""
    with FakeGroq(*behaviours, tokens_a_minute=plan, minute=0.05) as groq:
        writer = ChatWriter(GroqChat(KEY, groq.url, "", patience=5))
        script = write_script(Brief("Modern naval warfare", target, rate), writer, seconds)
        return script, len(groq.requests)


@pytest.mark.parametrize("habits", [*((habit,) for habit in HABITS), *LESSONS])
@pytest.mark.parametrize("target", TARGETS)
def test_whatever_habits_a_model_has_the_duration_is_filled(
    habits: tuple[str, ...], target: int
) -> None:
    script, asked = written(target, *habits)
    seen, pacing = video_seconds(script, target)
    assert seen == pytest.approx(target, rel=0.005)
    assert pacing.shortfall == 0
    assert all(0.9 <= scene.speed <= 1.12 for scene in pacing.scenes)
    assert asked <= 4
    assert [scene.number for scene in script.scenes] == list(range(1, len(script.scenes) + 1))
    said = [normalized(scene.text) for scene in script.scenes]
    assert len(said) == len(set(said))
    assert not any("this video" in text or "stay tuned" in text for text in said)


@pytest.mark.parametrize("habits", [*((habit,) for habit in HABITS), *LESSONS])
@pytest.mark.parametrize("target", [12, 17])
def test_a_film_of_one_scene_is_filled_too(habits: tuple[str, ...], target: int) -> None:
    script, asked = written(target, *habits)
    seen, pacing = video_seconds(script, target)
    assert seen == pytest.approx(target, rel=0.005)
    assert pacing.shortfall == 0
    assert asked <= 4


@pytest.mark.parametrize("habit", ["exact", "short", "lazy repeats", "long"])
@pytest.mark.parametrize("target", [60, 120, 600, 1800])
def test_a_plan_that_admits_little_at_once_is_asked_in_parts(habit: str, target: int) -> None:
    script, _ = written(target, habit, plan=FREE_PLAN)
    seen, pacing = video_seconds(script, target)
    assert seen == pytest.approx(target, rel=0.005)
    assert pacing.shortfall == 0


@pytest.mark.parametrize("habit", ["short", "exact"])
@pytest.mark.parametrize("target", [30, 60])
def test_words_that_last_longer_than_the_voice_was_said_to_need_spoil_nothing(
    habit: str, target: int
) -> None:
    script, _ = written(target, "short", habit, rate=RATE * 1.25)
    seen, pacing = video_seconds(script, target)
    assert seen == pytest.approx(target, rel=0.005)
    assert pacing.shortfall == 0


@pytest.mark.parametrize("target", TARGETS)
def test_what_speed_and_pauses_can_do_asks_for_nothing(target: int) -> None:
    assert written(target, "exact")[1] == 1
    assert written(target, "uneven")[1] == 1


def test_what_is_cut_for_length_is_told_and_no_scene_loses_its_first_or_last_sentence() -> None:
    with FakeGroq("long") as groq:
        writer = ChatWriter(GroqChat(KEY, groq.url, "", patience=1))
        brief = Brief("Modern naval warfare", 60, RATE)
        whole = writer.write(brief).scenes
    script, _ = written(60, "long", "too large")
    assert script.cuts
    told = " ".join(script.cuts)
    for scene, full in zip(script.scenes, whole, strict=True):
        spoken, were = sentences(scene.text, "en-us"), sentences(full.text, "en-us")
        assert (spoken[0], spoken[-1]) == (were[0], were[-1])
        assert all(sentence in told for sentence in set(were) - set(spoken))


@pytest.mark.parametrize("target", TARGETS)
def test_the_outline_fills_every_duration(target: int) -> None:
    script = write_script(Brief("Modern naval warfare", target, RATE), OutlineWriter(), seconds)
    assert video_seconds(script, target)[0] == pytest.approx(target, rel=0.005)


def test_what_a_model_will_not_write_is_missing_to_the_second() -> None:
    script, asked = written(30, "cut off")
    seen, pacing = video_seconds(script, 30)
    assert (asked, len(script.scenes)) == (3, 1)
    assert pacing.shortfall == pytest.approx(30 - seen, abs=0.05)


def test_a_request_that_fails_leaves_what_was_written_to_be_spoken() -> None:
    script, asked = written(60, "short", "too large")
    assert len(script.scenes) == 5
    assert asked == 2
    assert video_seconds(script, 60)[1].shortfall > 0
