"""The writers of scripts: a factory a name, and the choice among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from videogen.errors import ScriptError, UsageError, WriterUnavailable
from videogen.script.writers.base import ScriptWriter
from videogen.script.writers.service import ChatService
from videogen.settings import Settings, is_openai


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a writer is wanted for; `model` is empty for the writer's own default."""

    topic: str
    language: str
    settings: Settings
    script: Path | None = None
    model: str = ""


def _file(task: Assignment) -> ScriptWriter:
    from videogen.script.writers.file import FileWriter

    if task.script is None:
        raise UsageError("The file writer has no file", cure="Name one by --script FILE.")
    return FileWriter(task.script)


def _groq(task: Assignment) -> ChatService:
    from videogen.script.writers.groq import GroqChat

    settings = task.settings
    key = _key("GROQ_API_KEY", settings.groq_api_key)
    return GroqChat(key, settings.groq_base_url, task.model, settings.patience)


def _openai(task: Assignment) -> ChatService:
    from videogen.script.writers.openai import OpenAIChat

    settings = task.settings
    given = settings.openai_api_key.strip()
    needs_key = given or is_openai(settings.openai_base_url)
    key = _key("OPENAI_API_KEY", given) if needs_key else ""
    return OpenAIChat(key, settings.openai_base_url, task.model, settings.patience)


def _anthropic(task: Assignment) -> ChatService:
    from videogen.script.writers.anthropic import AnthropicChat

    settings = task.settings
    key = _key("ANTHROPIC_API_KEY", settings.anthropic_api_key)
    return AnthropicChat(key, settings.anthropic_base_url, task.model, settings.patience)


def _key(name: str, given: str) -> str:
    key = given.strip()
    if not key:
        raise WriterUnavailable(
            "The writer that was asked for has no key",
            cure=f"Choose another --writer, or set it: export {name}=your-own-key",
        )
    # The network's libraries quote a header that they can't send, and the key with it.
    if not (key.isascii() and key.isprintable()):
        raise WriterUnavailable(
            f"{name} holds characters that no key has", cure="Copy the key anew."
        )
    return key


def _ollama(task: Assignment) -> ChatService:
    from videogen.script.writers.ollama import OllamaChat

    return OllamaChat(task.settings.ollama_host, task.model, task.settings.patience)


def _by_model(name: str) -> Callable[[Assignment], ScriptWriter]:
    def write(task: Assignment) -> ScriptWriter:
        from videogen.script.writers.chat import ChatWriter

        return ChatWriter(SERVICES[name](task))

    return write


def _wikipedia(task: Assignment) -> ScriptWriter:
    from videogen.script.writers.wikipedia import WikipediaWriter

    return WikipediaWriter(task.settings.wikipedia_base_url, task.settings.patience)


def _outline(task: Assignment) -> ScriptWriter:
    from videogen.script.writers.outline import OutlineWriter

    writer = OutlineWriter()
    writer.check_language(task.language)
    return writer


SERVICES: dict[str, Callable[[Assignment], ChatService]] = {
    "groq": _groq,
    "openai": _openai,
    "anthropic": _anthropic,
    "ollama": _ollama,
}
WITH_MODEL = frozenset(SERVICES)
WRITERS: dict[str, Callable[[Assignment], ScriptWriter]] = {
    "file": _file,
    **{name: _by_model(name) for name in SERVICES},
    "wikipedia": _wikipedia,
    "outline": _outline,
}


def choose(name: str, task: Assignment) -> tuple[ScriptWriter, str]:
    """Return a writer by name, or for `auto` the first that can work, and why in one line.

    Raises:
        UsageError: there is no such writer, or an option was given that it knows nothing of.
        WriterUnavailable: the writer that was named can't work here.
    """
    if task.script is not None and name not in {"auto", "file"}:
        raise UsageError(
            f"The {name} writer reads no --script", cure="Leave one of the two options out."
        )
    if task.model and name in WRITERS and name not in WITH_MODEL:
        raise UsageError(
            f"The {name} writer has no --model", cure="Leave one of the two options out."
        )
    if name == "auto":
        return _first(task)
    if name not in WRITERS:
        raise UsageError(
            f"There is no writer {name!r}", cure=f"Choose auto or one of {', '.join(WRITERS)}."
        )
    return _chosen(name, task, "as asked")


def _chosen(name: str, task: Assignment, reason: str) -> tuple[ScriptWriter, str]:
    return WRITERS[name](task), f"Script by the {name} writer: {reason}"


def _first(task: Assignment) -> tuple[ScriptWriter, str]:
    """Return the first writer that can work, and why not those before it."""
    if task.script is not None:
        return _chosen("file", task, f"{task.script} was given")
    if set_up := next(_with_a_key(task.settings), None):
        return _chosen(set_up[0], task, set_up[1])
    missing = ["no key of a model's service"]
    for name, lack_of in (("ollama", _lack_of_ollama), ("wikipedia", _lack_of_wikipedia)):
        chosen = _chosen(name, task, f"it can be reached ({', '.join(missing)})")
        lack = lack_of(chosen[0], task)
        if not lack:
            return chosen
        missing.append(lack)
    return _chosen("outline", task, f"a draft, since there is {', '.join(missing)}")


def _with_a_key(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the services that were set up, in the order in which they are asked, and why."""
    if settings.groq_api_key.strip():
        yield "groq", "GROQ_API_KEY is set"
    if settings.openai_api_key.strip():
        yield "openai", "OPENAI_API_KEY is set"
    elif not is_openai(settings.openai_base_url):
        yield "openai", "OPENAI_BASE_URL is set"
    if settings.anthropic_api_key.strip():
        yield "anthropic", "ANTHROPIC_API_KEY is set"


def _lack_of_ollama(writer: ScriptWriter, _task: Assignment) -> str:
    from videogen.script.writers.chat import ChatWriter

    try:
        is_there = isinstance(writer, ChatWriter) and bool(writer.model)
    except ScriptError:
        is_there = False
    return "" if is_there else "no Ollama with a model"


def _lack_of_wikipedia(writer: ScriptWriter, task: Assignment) -> str:
    from videogen.script.writers.wikipedia import WikipediaWriter

    try:
        found = isinstance(writer, WikipediaWriter) and writer.has_article(
            task.topic, task.language
        )
    except WriterUnavailable:
        return "no Wikipedia"
    return "" if found else "no article in Wikipedia"
