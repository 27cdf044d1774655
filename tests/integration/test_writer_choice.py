from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fakes.groq import KEY
from fakes.ollama import EMBEDDING, FakeOllama
from fakes.surroundings import having
from fakes.wikipedia import FakeWikipedia, article

from videogen.errors import UsageError, WriterUnavailable
from videogen.script.writers import WRITERS
from videogen.script.writers.choice import choose
from videogen.script.writers.provider import Assignment
from videogen.settings import Settings

pytestmark = pytest.mark.usefixtures("loaded_machine")

# A port that nothing listens on: connections are refused at once.
NOWHERE = "http://127.0.0.1:9"


def task(
    folder: Path,
    *,
    key: str = "",
    ollama: str = NOWHERE,
    wikipedia: str = NOWHERE,
    script: Path | None = None,
    language: str = "en-us",
) -> Assignment:
    settings = Settings(
        root=folder,
        database_url="sqlite://",
        cache_folder=folder,
        variables={"GROQ_API_KEY": key, "OLLAMA_HOST": ollama, "WIKIPEDIA_BASE_URL": wikipedia},
    )
    return Assignment("Naval warfare", language, settings, script)


def test_auto_takes_a_given_file_before_anything_else(tmp_path: Path) -> None:
    writer, reason = choose("auto", task(tmp_path, key=KEY, script=tmp_path / "script.md"))
    assert writer.name == "file"
    assert "script.md was given" in reason


def test_auto_takes_groq_with_a_key_and_never_shows_it(tmp_path: Path) -> None:
    writer, reason = choose("auto", task(tmp_path, key=KEY))
    assert writer.name == "groq"
    assert KEY not in reason + repr(task(tmp_path, key=KEY))


@pytest.mark.parametrize("key", ["gsk_s\u00e9cret", "gsk_se\ncret"])
def test_a_key_that_cannot_be_sent_is_refused_without_showing_it(tmp_path: Path, key: str) -> None:
    with pytest.raises(WriterUnavailable, match="GROQ_API_KEY") as seen:
        choose("groq", task(tmp_path, key=key))
    assert "gsk_" not in str(seen.value)


def test_auto_takes_an_ollama_that_answers(tmp_path: Path) -> None:
    with FakeOllama() as ollama:
        writer, reason = choose("auto", task(tmp_path, ollama=ollama.url))
    assert (writer.name, "no key" in reason) == ("ollama", True)


def test_auto_passes_over_an_ollama_that_can_only_embed(tmp_path: Path) -> None:
    with FakeOllama(models={"nomic-embed-text:latest": EMBEDDING}) as ollama:
        assert choose("auto", task(tmp_path, ollama=ollama.url))[0].name == "outline"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"GROQ_API_KEY": "g", "OPENAI_API_KEY": "o", "ANTHROPIC_API_KEY": "a"}, "groq"),
        ({"OPENAI_API_KEY": "o", "ANTHROPIC_API_KEY": "a"}, "openai"),
        ({"OPENAI_BASE_URL": NOWHERE}, "openai"),
        ({"ANTHROPIC_API_KEY": "a"}, "anthropic"),
    ],
)
def test_auto_asks_the_services_that_were_set_up_in_a_fixed_order(
    tmp_path: Path, given: dict[str, Any], name: str
) -> None:
    wanted = task(tmp_path)
    chosen, _ = choose("auto", replace(wanted, settings=having(wanted.settings, **given)))
    assert chosen.name == name


@pytest.mark.parametrize("fault", ["hang", "not json", "server error"])
def test_auto_passes_over_an_ollama_that_does_not_answer_as_one(tmp_path: Path, fault: str) -> None:
    with FakeOllama(fault) as ollama:
        assert choose("auto", task(tmp_path, ollama=ollama.url))[0].name == "outline"


def test_auto_passes_over_an_ollama_without_models(tmp_path: Path) -> None:
    with FakeOllama(models={}) as ollama:
        writer, reason = choose("auto", task(tmp_path, ollama=ollama.url))
    assert (writer.name, "no Ollama with a model" in reason) == ("outline", True)


def test_auto_takes_wikipedia_where_it_has_an_article(tmp_path: Path) -> None:
    with FakeWikipedia({"Naval warfare": article(500)}) as wikipedia:
        writer, reason = choose("auto", task(tmp_path, wikipedia=wikipedia.url))
    assert (writer.name, "no Ollama" in reason) == ("wikipedia", True)


def test_auto_outlines_what_wikipedia_does_not_know(tmp_path: Path) -> None:
    with FakeWikipedia({"Bees": article(500)}) as wikipedia:
        writer, reason = choose("auto", task(tmp_path, wikipedia=wikipedia.url))
    assert (writer.name, "no article in Wikipedia" in reason) == ("outline", True)


def test_auto_without_key_or_network_outlines_and_says_so_in_one_line(tmp_path: Path) -> None:
    writer, reason = choose("auto", task(tmp_path))
    assert writer.name == "outline"
    assert "draft" in reason
    assert "\n" not in reason


@pytest.mark.parametrize("name", sorted(set(WRITERS) - {"file", "groq", "openai", "anthropic"}))
def test_a_writer_that_is_named_is_taken_without_asking_the_network(
    tmp_path: Path, name: str
) -> None:
    writer, reason = choose(name, task(tmp_path))
    assert writer.name == name
    assert "as asked" in reason


def test_what_a_named_writer_lacks_is_said_before_anything_else(tmp_path: Path) -> None:
    for name in ("groq", "openai", "anthropic"):
        with pytest.raises(WriterUnavailable, match="no key") as seen:
            choose(name, task(tmp_path))
        assert f"{name.upper()}_API_KEY" in seen.value.cure
    with pytest.raises(UsageError, match="no file"):
        choose("file", task(tmp_path))
    with pytest.raises(UsageError, match="reads no --script"):
        choose("outline", task(tmp_path, script=tmp_path / "script.md"))
    with pytest.raises(UsageError, match="has no --model"):
        choose("outline", replace(task(tmp_path), model="qwen3:8b"))
    with pytest.raises(UsageError, match="no writer 'poet'"):
        choose("poet", task(tmp_path))


def test_a_language_that_nobody_here_can_write_is_said_before_a_run_begins(tmp_path: Path) -> None:
    with pytest.raises(WriterUnavailable, match="'es'") as seen:
        choose("auto", task(tmp_path, language="es"))
    assert "--script" in seen.value.cure
