from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest
from fakes.groq import KEY, FakeGroq

from videogen.domain.script import Brief
from videogen.errors import ScriptError, WriterUnavailable
from videogen.script.writers.base import Fault
from videogen.script.writers.chat import ChatWriter
from videogen.script.writers.groq import DEFAULT_MODEL, GroqChat
from videogen.script.writers.service import Answer, Question

BRIEF = Brief("Modern naval warfare", 36, 2.9)
Serve = Callable[..., FakeGroq]


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as running:
        yield lambda *behaviours, **options: running.enter_context(FakeGroq(*behaviours, **options))


def test_the_request_asks_for_words_against_a_strict_schema(serve: Serve) -> None:
    groq = serve("exact")
    script = ChatWriter(GroqChat(KEY, groq.url, "", 1)).write(BRIEF)
    asked = groq.requests[0].json
    assert asked["model"] == DEFAULT_MODEL
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert f"Words in all: {3 * BRIEF.words_per_scene}." in asked["messages"][1]["content"]
    assert (script.title, script.writer, len(script.scenes)) == ("A Film", "groq", 3)
    assert script.scenes[0].keywords == ("carrier at sea", "harbor")
    assert (script.thumbnail_text, script.description) == ("Ships at War", "How ships fight.")
    assert script.scenes[0].queries == ("aircraft carrier", "harbor")


def test_a_repair_replaces_the_named_scenes_and_no_other(serve: Serve) -> None:
    groq = serve("exact", "misnumbered")
    mine = ChatWriter(GroqChat(KEY, groq.url, "", 1))
    first = mine.write(BRIEF)
    second = mine.revise(BRIEF, first, [Fault(2, "missing", 40)])
    changed = [a.text != b.text for a, b in zip(first.scenes, second.scenes, strict=True)]
    assert changed == [False, True, False]
    assert len(second.scenes[1].text.split()) == 40


def test_what_was_answered_is_not_asked_for_again_by_a_writer_that_keeps_answers(
    serve: Serve,
) -> None:
    groq = serve("exact")
    kept: dict[Question, Answer] = {}

    def keep(question: Question, ask: Callable[[], Answer]) -> Answer:
        return kept.get(question) or kept.setdefault(question, ask())

    scripts = [
        ChatWriter(GroqChat(KEY, groq.url, "", 1)).keeping(keep).write(BRIEF) for _ in range(2)
    ]
    assert scripts[0] == scripts[1]
    assert len(groq.requests) == 1


def test_an_answer_that_holds_no_script_is_not_kept(serve: Serve) -> None:
    groq = serve("declined")
    kept: list[Answer] = []

    def keep(_question: Question, ask: Callable[[], Answer]) -> Answer:
        kept.append(ask())
        return kept[-1]

    with pytest.raises(ScriptError, match="no usable script"):
        ChatWriter(GroqChat(KEY, groq.url, "", 1)).keeping(keep).write(BRIEF)
    assert kept == []


def test_a_model_without_schemas_is_asked_for_a_plain_object_from_then_on(serve: Serve) -> None:
    groq = serve("no schema", "exact", "exact")
    mine = ChatWriter(GroqChat(KEY, groq.url, "", 1))
    assert len(mine.write(BRIEF).scenes) == 3
    mine.write(BRIEF)
    assert groq.formats == ["json_schema", "json_object", "json_object"]


def test_the_tokens_of_an_answer_are_asked_for_with_little_reasoning(serve: Serve) -> None:
    groq = serve("exact")
    ChatWriter(GroqChat(KEY, groq.url, "", 1)).write(Brief("Bees", 300, 2.9))
    asked = groq.requests[0].json
    # 825 words in 25 scenes, and the reasoning.
    assert 4_000 < asked["max_completion_tokens"] < 6_000
    assert (asked["reasoning_effort"], asked["temperature"]) == ("low", 0.7)


def test_models_that_do_not_reason_are_asked_for_no_effort(serve: Serve) -> None:
    groq = serve("exact")
    ChatWriter(GroqChat(KEY, groq.url, "qwen/qwen3-32b", 1)).write(BRIEF)
    assert "reasoning_effort" not in groq.requests[0].json


def test_what_failed_its_schema_is_kept_as_far_as_it_came(serve: Serve) -> None:
    groq = serve("invalid json")
    writer = ChatWriter(GroqChat(KEY, groq.url, "", 1))
    brief = Brief("Bees", 36, 2.9 * 40)  # more words than tokens were reckoned for
    assert 0 < len(writer.write(replace(brief, language="ja")).scenes) < 3


def test_a_plan_that_admits_less_is_asked_for_consecutive_parts_with_the_outline(
    serve: Serve,
) -> None:
    groq = serve("exact", tokens_a_minute=3_000, minute=0.05)
    script = ChatWriter(GroqChat(KEY, groq.url, "", 5)).write(Brief("Bees", 240, 2.9))
    assert [scene.number for scene in script.scenes] == list(range(1, 21))
    prompts = [request.json["messages"][1]["content"] for request in groq.requests]
    # The one that was refused says how much is admitted, so that no other is.
    assert sum("numbered 1 to" in prompt for prompt in prompts) == 2
    assert "Outline of all 20 scenes" in prompts[-2] or "Outline of the film" in prompts[-2]
    assert "1. Part 1 tells more" in prompts[-1]
    assert "The scene before" in prompts[-1]


def test_a_model_that_writes_less_at_once_is_asked_for_parts(serve: Serve) -> None:
    groq = serve("exact")
    script = ChatWriter(GroqChat(KEY, groq.url, "qwen/qwen3.6-27b", 1)).write(
        Brief("Bees", 1800, 2.9)
    )
    assert [scene.number for scene in script.scenes] == list(range(1, 151))
    assert 2 <= len(groq.requests) <= 5


def test_the_next_part_waits_until_the_plan_admits_it(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    groq = serve("exact", tokens_a_minute=3_000, minute=0.3)
    ChatWriter(GroqChat(KEY, groq.url, "", 5)).write(Brief("Bees", 240, 2.9))
    assert "The plan's tokens of this minute are used" in caplog.text
    assert "is busy" not in caplog.text


def test_a_wait_beyond_the_patience_says_when_to_come_back(serve: Serve) -> None:
    groq = serve("exact", tokens_a_minute=3_000, minute=60)
    with pytest.raises(WriterUnavailable, match="left alone") as seen:
        ChatWriter(GroqChat(KEY, groq.url, "", 1)).write(Brief("Bees", 240, 2.9))
    assert re.search(r"Come back at \d\d:\d\d:\d\d", seen.value.cure)


@pytest.mark.parametrize("fault", ["decommissioned", "context"])
def test_a_400_that_is_not_about_the_format_changes_no_format(serve: Serve, fault: str) -> None:
    groq = serve(fault)
    with pytest.raises(ScriptError, match=r"decommissioned|length"):
        ChatWriter(GroqChat(KEY, groq.url, "", 1)).write(BRIEF)
    assert set(groq.formats) == {"json_schema"}


def test_a_rate_limit_within_the_patience_is_waited_out(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    groq = serve("rate limited", "rate limited", "exact")
    with caplog.at_level(logging.WARNING):
        assert len(ChatWriter(GroqChat(KEY, groq.url, "", 1)).write(BRIEF).scenes) == 3
    assert len(groq.requests) == 3
    assert caplog.text.count("is busy") == 2


@pytest.mark.parametrize("retry_after", ["90", "nonsense", "inf"])
def test_a_longer_rate_limit_says_when_to_come_back_at_once(serve: Serve, retry_after: str) -> None:
    groq = serve("rate limited", retry_after=retry_after)
    with pytest.raises(WriterUnavailable, match="left alone") as seen:
        ChatWriter(GroqChat(KEY, groq.url, "", patience=10)).write(BRIEF)
    assert re.search(r"Come back at \d\d:\d\d:\d\d", seen.value.cure)
    assert len(groq.requests) == 1


def test_patience_is_spent_once_however_many_waits_there_are(serve: Serve) -> None:
    groq = serve("rate limited", retry_after="0.2")
    with pytest.raises(WriterUnavailable, match="left alone"):
        ChatWriter(GroqChat(KEY, groq.url, "", patience=0.7)).write(BRIEF)
    assert len(groq.requests) == 3


def test_a_server_error_is_tried_again(serve: Serve) -> None:
    groq = serve("server error", "exact")
    assert len(ChatWriter(GroqChat(KEY, groq.url, "", 1)).write(BRIEF).scenes) == 3
    assert len(groq.requests) == 2


def test_a_refused_key_is_named_but_never_shown(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    groq = serve("exact")
    with pytest.raises(WriterUnavailable, match="key") as seen:
        ChatWriter(GroqChat("gsk_wrong_secret", groq.url, "", 1)).write(BRIEF)
    assert "GROQ_API_KEY" in seen.value.cure
    assert "gsk_wrong_secret" not in caplog.text + str(seen.value) + repr(seen.value.__cause__)


@pytest.mark.parametrize(
    ("behaviour", "kind", "words"),
    [
        ("too large", ScriptError, "413"),
        ("hang", WriterUnavailable, "No answer came in time"),
        ("endless", WriterUnavailable, "Groq can't be used"),
        ("cut connection", WriterUnavailable, "Groq can't be used"),
        ("not json", ScriptError, "not what was agreed"),
        ("no choices", ScriptError, "not what was agreed"),
    ],
)
def test_every_fault_is_one_clear_error(
    serve: Serve, behaviour: str, kind: type[ScriptError], words: str
) -> None:
    # Three scenes add three seconds to the time-out; only what never ends need not be waited for.
    timeout = -2.9 if behaviour in {"hang", "endless"} else 30.0
    with pytest.raises(kind, match=words) as seen:
        ChatWriter(GroqChat(KEY, serve(behaviour).url, "", 1, timeout)).write(BRIEF)
    assert seen.value.cure


def test_a_retired_model_is_named_with_one_that_works(serve: Serve) -> None:
    with pytest.raises(WriterUnavailable, match="llama") as seen:
        ChatWriter(GroqChat(KEY, serve("exact").url, "llama-3.3-70b-versatile", 1)).write(BRIEF)
    assert DEFAULT_MODEL in seen.value.cure


def test_a_server_that_is_not_there_is_said_so() -> None:
    with FakeGroq("exact") as gone:
        url = gone.url
    with pytest.raises(WriterUnavailable, match="Groq can't be used"):
        ChatWriter(GroqChat(KEY, url, "", 1)).write(BRIEF)


@pytest.mark.parametrize("url", ["nowhere", "http://[", "ftp://example.org", "http://a b"])
def test_an_address_that_is_none_is_said_so(url: str) -> None:
    with pytest.raises(WriterUnavailable, match="Groq can't be used") as seen:
        ChatWriter(GroqChat(KEY, url, "", 1)).write(BRIEF)
    assert "GROQ_BASE_URL" in seen.value.cure


def test_tokens_and_their_cost_are_logged(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    ChatWriter(GroqChat(KEY, serve("exact").url, "", 1)).write(BRIEF)
    assert "500 tokens in, 2000 out, about $0.0013" in caplog.text
