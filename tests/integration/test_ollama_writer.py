from __future__ import annotations

import pytest
from fakes.ollama import CHAT, EMBEDDING, THINKING, FakeOllama
from fakes.pace import seconds, video_seconds

from videogen.domain.script import Brief
from videogen.errors import ScriptError, WriterUnavailable
from videogen.script.write import write_script
from videogen.script.writers.chat import ChatWriter
from videogen.script.writers.ollama import OllamaChat, address

pytestmark = pytest.mark.usefixtures("loaded_machine")

BRIEF = Brief("Modern naval warfare", 60, 2.9)


def test_the_newest_model_that_can_chat_writes_where_none_is_named() -> None:
    models = {"nomic-embed-text:latest": EMBEDDING, "qwen3:8b": THINKING, "llama3.2": CHAT}
    with FakeOllama(models=models) as ollama:
        script = ChatWriter(OllamaChat(ollama.url, "")).write(BRIEF)
        assert ollama.chats[0].json["model"] == "qwen3:8b"
    assert (script.writer, len(script.scenes)) == ("ollama", 5)


def test_an_older_ollama_that_tells_no_abilities_is_judged_by_names() -> None:
    models = {"mxbai-embed-large": EMBEDDING, "llama3.2": CHAT}
    with FakeOllama(models=models, is_old=True) as ollama:
        ChatWriter(OllamaChat(ollama.url, "")).write(BRIEF)
        assert ollama.chats[0].json["model"] == "llama3.2"


def test_a_model_that_thinks_is_told_not_to_and_no_other_is() -> None:
    with FakeOllama(models={"qwen3:8b": THINKING, "llama3.2": CHAT}) as ollama:
        for model in ("qwen3:8b", "llama3.2"):
            assert len(ChatWriter(OllamaChat(ollama.url, model)).write(BRIEF).scenes) == 5
        assert [chat.json.get("think") for chat in ollama.chats] == [False, None]


def test_a_model_that_says_nothing_in_a_format_is_asked_once_more_without() -> None:
    with FakeOllama("mute") as ollama:
        assert len(ChatWriter(OllamaChat(ollama.url, "")).write(BRIEF).scenes) == 5
        assert ["format" in chat.json for chat in ollama.chats] == [True, False]
        assert "JSON schema" in ollama.chats[1].json["messages"][0]["content"]


def test_a_model_that_cannot_chat_says_so_itself() -> None:
    named = "nomic-embed-text"
    with (
        FakeOllama(models={named: EMBEDDING}) as ollama,
        pytest.raises(ScriptError, match="does not support chat"),
    ):
        ChatWriter(OllamaChat(ollama.url, named)).write(BRIEF)


def test_the_context_holds_the_request_and_its_answer() -> None:
    with FakeOllama() as ollama:
        ChatWriter(OllamaChat(ollama.url, "")).write(Brief("Bees", 1800, 2.9))
        options = ollama.chats[0].json["options"]
    # An answer of 150 scenes is some 16,000 tokens; the service's own default is 4,096.
    assert options["num_ctx"] >= 20_000


@pytest.mark.parametrize("habit", ["short", "long", "uneven", "missing", "prose"])
def test_a_local_model_with_bad_habits_fills_the_duration_too(habit: str) -> None:
    with FakeOllama(habit, "exact") as ollama:
        script = write_script(BRIEF, ChatWriter(OllamaChat(ollama.url, "")), seconds)
        assert len(ollama.chats) <= 4
    assert video_seconds(script, 60)[0] == pytest.approx(60, rel=0.005)


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        ("hang", WriterUnavailable, "No answer came in time"),
        ("endless", WriterUnavailable, "can't be used"),
        ("cut connection", WriterUnavailable, "can't be used"),
        ("not json", ScriptError, "not what was agreed"),
        ("server error", ScriptError, "answered 500"),
    ],
)
def test_every_fault_is_one_clear_error(fault: str, kind: type[ScriptError], words: str) -> None:
    with FakeOllama(fault) as ollama:
        # Five scenes add a hundred seconds to the time-out; what never ends gets a fifth of one.
        loading = -99.8 if fault in {"hang", "endless"} else 60.0
        writer = ChatWriter(OllamaChat(ollama.url, "llama3.2:latest", loading_seconds=loading))
        with pytest.raises(kind, match=words) as seen:
            writer.write(BRIEF)
    assert seen.value.cure


def test_a_model_that_is_not_there_is_named_with_its_cure() -> None:
    with FakeOllama() as ollama, pytest.raises(WriterUnavailable, match="'phi9'") as seen:
        ChatWriter(OllamaChat(ollama.url, "phi9")).write(BRIEF)
    assert seen.value.cure == "Run: ollama pull phi9"


def test_an_ollama_without_models_says_how_to_get_one() -> None:
    with FakeOllama(models={}) as ollama, pytest.raises(WriterUnavailable) as seen:
        ChatWriter(OllamaChat(ollama.url, "")).write(BRIEF)
    assert "ollama pull" in seen.value.cure


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("http://localhost:11434", "http://localhost:11434"),
        ("127.0.0.1:4000", "http://127.0.0.1:4000"),
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("http://gpu-box", "http://gpu-box:11434"),
        ("https://models.example.org/", "https://models.example.org"),
    ],
)
def test_the_host_variable_is_read_as_ollama_itself_reads_it(host: str, expected: str) -> None:
    assert address(host) == expected


@pytest.mark.parametrize("host", ["http://[", "ftp://example.org", "a b", "http://127.0.0.1:99999"])
def test_a_host_that_is_none_is_said_so(host: str) -> None:
    with pytest.raises(WriterUnavailable, match="can't be used") as seen:
        ChatWriter(OllamaChat(host, "llama3.2")).write(BRIEF)
    assert "OLLAMA_HOST" in seen.value.cure
