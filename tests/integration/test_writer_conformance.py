"""What every writer keeps, whatever it writes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fakes import anthropic, openai
from fakes.anthropic import FakeAnthropic
from fakes.groq import KEY, FakeGroq
from fakes.ollama import FakeOllama
from fakes.openai import FakeOpenAI
from fakes.wikipedia import FakeWikipedia, article

from videogen import serialization
from videogen.domain.script import Brief, Script
from videogen.script.writers import WRITERS
from videogen.script.writers.anthropic import AnthropicChat
from videogen.script.writers.base import Fault, RevisingWriter, ScriptWriter
from videogen.script.writers.chat import ChatWriter
from videogen.script.writers.file import FileWriter
from videogen.script.writers.groq import GroqChat
from videogen.script.writers.ollama import OllamaChat
from videogen.script.writers.openai import OpenAIChat
from videogen.script.writers.outline import OutlineWriter
from videogen.script.writers.wikipedia import WikipediaWriter

pytestmark = pytest.mark.usefixtures("loaded_machine")

BRIEF = Brief("Naval warfare", 60, 2.9)


def _file(folder: Path, _running: ExitStack) -> ScriptWriter:
    path = folder / "script.txt"
    path.write_text("\n\n".join([f"Paragraph {n} is spoken." for n in range(5)]), encoding="utf-8")
    return FileWriter(path)


def _groq(_folder: Path, running: ExitStack) -> ScriptWriter:
    return ChatWriter(GroqChat(KEY, running.enter_context(FakeGroq()).url, "", 1))


def _ollama(_folder: Path, running: ExitStack) -> ScriptWriter:
    return ChatWriter(OllamaChat(running.enter_context(FakeOllama()).url, ""))


def _openai(_folder: Path, running: ExitStack) -> ScriptWriter:
    service = running.enter_context(FakeOpenAI())
    return ChatWriter(OpenAIChat(openai.KEY, service.base, "gpt-4o", 1))


def _anthropic(_folder: Path, running: ExitStack) -> ScriptWriter:
    service = running.enter_context(FakeAnthropic())
    return ChatWriter(AnthropicChat(anthropic.KEY, service.url, "", 1))


def _wikipedia(_folder: Path, running: ExitStack) -> ScriptWriter:
    shelf = FakeWikipedia({BRIEF.topic: article(900, "History", "Ships")})
    return WikipediaWriter(running.enter_context(shelf).url)


def _outline(_folder: Path, _running: ExitStack) -> ScriptWriter:
    return OutlineWriter()


MAKERS: dict[str, Callable[[Path, ExitStack], ScriptWriter]] = {
    "file": _file,
    "groq": _groq,
    "openai": _openai,
    "anthropic": _anthropic,
    "ollama": _ollama,
    "wikipedia": _wikipedia,
    "outline": _outline,
}


@pytest.fixture(params=WRITERS)
def writer(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ScriptWriter]:
    with ExitStack() as running:
        made = MAKERS[request.param](tmp_path, running)
        assert made.name == request.param
        yield made


def is_sound(script: Script, name: str) -> bool:
    numbers = [scene.number for scene in script.scenes]
    return (
        script.writer == name
        and bool(script.title)
        and numbers == list(range(1, len(numbers) + 1))
        and all(scene.text == " ".join(scene.text.split()) != "" for scene in script.scenes)
    )


def test_scenes_are_numbered_from_one_and_hold_clean_text(writer: ScriptWriter) -> None:
    script = writer.write(BRIEF)
    assert len(script.scenes) == BRIEF.scene_count
    assert is_sound(script, writer.name)


def test_a_script_can_be_kept_and_read_again(writer: ScriptWriter) -> None:
    script = writer.write(BRIEF)
    assert serialization.decode(Script, serialization.encode(script)) == script


def test_a_revision_is_a_sound_script_too(writer: ScriptWriter) -> None:
    if writer.name == "file":
        assert not isinstance(writer, RevisingWriter)
        return
    assert isinstance(writer, RevisingWriter)
    fault = Fault(2, "short", 20)
    assert is_sound(writer.revise(BRIEF, writer.write(BRIEF), [fault]), writer.name)
