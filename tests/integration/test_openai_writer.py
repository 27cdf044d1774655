"""Services that speak as OpenAI's does, each with its own refusals."""

from __future__ import annotations

import pytest
from fakes.openai import KEY, Dialect, FakeOpenAI
from fakes.pace import seconds, video_seconds

from videogen.domain.script import Brief
from videogen.errors import ScriptError, WriterUnavailable
from videogen.script.write import write_script
from videogen.script.writers.chat import ChatWriter
from videogen.script.writers.openai import OpenAIChat

BRIEF = Brief("Modern naval warfare", 36, 2.9)


def writer(service: FakeOpenAI, model: str = "", key: str = KEY) -> ChatWriter:
    return ChatWriter(OpenAIChat(key, service.base, model, 1))


@pytest.mark.parametrize(
    ("dialect", "model", "formats"),
    [
        ("openai", "gpt-4o", ["json_schema"]),
        ("deepseek", "deepseek-chat", ["json_schema", "json_object"]),
        ("lm studio", "qwen3-8b", ["json_schema"]),
    ],
)
def test_each_is_asked_in_the_strictest_form_that_it_takes(
    dialect: Dialect, model: str, formats: list[str]
) -> None:
    with FakeOpenAI(dialect=dialect) as service:
        mine = writer(service, model)
        assert len(mine.write(BRIEF).scenes) == 3
        assert [chat["response_format"]["type"] for chat in service.chats] == formats
        mine.write(BRIEF)
        assert service.chats[-1]["response_format"]["type"] == formats[-1]


def test_a_reasoning_model_is_asked_again_without_what_it_refuses() -> None:
    with FakeOpenAI() as service:
        mine = writer(service, "gpt-5-mini")
        mine.write(BRIEF)
        mine.write(BRIEF)
    last = service.chats[-1]
    assert "temperature" not in last
    assert "max_tokens" not in last
    assert last["max_completion_tokens"] > 1000
    assert last["reasoning_effort"] == "low"
    # Its limit's other name and the temperature were learned once.
    assert len(service.chats) == 4


def test_a_long_script_names_the_tokens_that_its_answer_may_take() -> None:
    with FakeOpenAI(dialect="deepseek") as service:
        script = writer(service, "deepseek-chat").write(Brief("Bees", 900, 2.9))
        assert len(script.scenes) == 75
        assert service.chats[-1]["max_tokens"] > 4096


def test_a_model_that_writes_less_at_once_is_asked_for_parts_and_keeps_its_limit() -> None:
    with FakeOpenAI() as service:
        script = writer(service, "gpt-4o").write(Brief("Bees", 1800, 2.9))
        assert [scene.number for scene in script.scenes] == list(range(1, 151))
        assert all(chat["max_tokens"] > 1000 for chat in service.chats)


def test_a_local_server_needs_no_key_and_its_only_model_no_name() -> None:
    with FakeOpenAI(dialect="lm studio") as service:
        writer(service, key="").write(BRIEF)
        assert service.chats[0]["model"] == "qwen3-8b"
        assert "authorization" not in service.requests[-1].headers


def test_where_there_are_several_models_one_has_to_be_named() -> None:
    with FakeOpenAI(dialect="deepseek") as service, pytest.raises(WriterUnavailable) as seen:
        writer(service).write(BRIEF)
    assert "deepseek-chat, deepseek-reasoner" in seen.value.what
    assert "--model" in seen.value.cure


def test_a_refused_key_is_named_but_never_shown() -> None:
    with FakeOpenAI() as service, pytest.raises(WriterUnavailable, match="key") as seen:
        writer(service, "gpt-4o", key="sk-secret").write(BRIEF)
    assert "OPENAI_API_KEY" in seen.value.cure
    assert "sk-secret" not in str(seen.value) + repr(seen.value.__cause__)


@pytest.mark.parametrize(
    ("behaviour", "model", "words"),
    [
        ("server error", "gpt-4o", "The server had an error"),
        ("not json", "gpt-4o", "not what was agreed"),
        ("exact", "gpt-9", "gpt-9"),
    ],
)
def test_every_fault_is_one_clear_error(behaviour: str, model: str, words: str) -> None:
    with FakeOpenAI(behaviour) as service, pytest.raises(ScriptError, match=words) as seen:
        writer(service, model).write(BRIEF)
    assert seen.value.cure


@pytest.mark.parametrize("habit", ["short", "long", "missing", "prose"])
def test_bad_habits_fill_the_duration_too(habit: str) -> None:
    with FakeOpenAI(habit, dialect="deepseek") as service:
        script = write_script(Brief("Bees", 60, 2.9), writer(service, "deepseek-chat"), seconds)
    assert video_seconds(script, 60)[0] == pytest.approx(60, rel=0.005)
