"""Anthropic's messages."""

from __future__ import annotations

import pytest
from fakes.anthropic import KEY, FakeAnthropic
from fakes.pace import seconds, video_seconds

from videogen.domain.script import Brief
from videogen.errors import ScriptError, WriterUnavailable
from videogen.script.write import write_script
from videogen.script.writers.anthropic import AnthropicChat
from videogen.script.writers.chat import ChatWriter

BRIEF = Brief("Modern naval warfare", 36, 2.9)


def writer(service: FakeAnthropic, model: str = "", key: str = KEY) -> ChatWriter:
    return ChatWriter(AnthropicChat(key, service.url, model, 1))


def test_the_script_is_the_input_of_a_tool_that_the_newest_sonnet_has_to_use() -> None:
    with FakeAnthropic() as service:
        script = writer(service).write(BRIEF)
        (asked,) = service.messages
    assert asked["model"] == "claude-sonnet-5"
    assert asked["max_tokens"] > 1000
    assert (script.writer, script.title, len(script.scenes)) == ("anthropic", "A Film", 3)


def test_a_model_that_takes_no_temperature_is_asked_without_from_then_on() -> None:
    with FakeAnthropic("no temperature") as service:
        mine = writer(service)
        mine.write(BRIEF)
        mine.write(BRIEF)
        assert ["temperature" in asked for asked in service.messages] == [True, False, False]


def test_a_model_that_thinks_is_not_made_to_use_the_tool_from_then_on() -> None:
    with FakeAnthropic("always thinking") as service:
        mine = writer(service)
        assert len(mine.write(BRIEF).scenes) == 3
        mine.write(BRIEF)
        assert ["tool_choice" in asked for asked in service.messages] == [True, False, False]


def test_a_model_that_writes_prose_around_its_script_is_read() -> None:
    with FakeAnthropic("prose") as service:
        assert len(writer(service).write(BRIEF).scenes) == 3


def test_an_overloaded_service_is_asked_again() -> None:
    with FakeAnthropic("overloaded", "exact") as service:
        assert len(writer(service, "claude-sonnet-5").write(BRIEF).scenes) == 3
        assert len(service.messages) == 2


@pytest.mark.parametrize(
    ("behaviour", "model", "key", "kind", "words"),
    [
        ("refusal", "", KEY, ScriptError, "declines"),
        ("exact", "claude-9", KEY, WriterUnavailable, "claude-9"),
        ("exact", "", "sk-ant-secret", WriterUnavailable, "key"),
        ("overloaded", "claude-sonnet-5", KEY, ScriptError, "Overloaded"),
    ],
)
def test_every_fault_is_one_clear_error(
    behaviour: str, model: str, key: str, kind: type[ScriptError], words: str
) -> None:
    with FakeAnthropic(behaviour) as service, pytest.raises(kind, match=words) as seen:
        writer(service, model, key).write(BRIEF)
    assert seen.value.cure
    assert "secret" not in str(seen.value) + repr(seen.value.__cause__)


@pytest.mark.parametrize("habit", ["short", "long", "missing", "duplicates"])
def test_bad_habits_fill_the_duration_too(habit: str) -> None:
    with FakeAnthropic(habit) as service:
        script = write_script(Brief("Bees", 60, 2.9), writer(service), seconds)
    assert video_seconds(script, 60)[0] == pytest.approx(60, rel=0.005)
