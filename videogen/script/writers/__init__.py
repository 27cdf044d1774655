"""The writers of scripts: a factory a name, and the choice among them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from videogen.errors import ScriptError, UsageError, WriterUnavailable
from videogen.script.writers.base import ScriptWriter
from videogen.settings import Settings


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


def _groq(task: Assignment) -> ScriptWriter:
    from videogen.script.writers.groq import GroqWriter

    settings, key = task.settings, task.settings.groq_api_key.strip()
    if not key:
        raise WriterUnavailable(
            "The groq writer has no key", cure="Set GROQ_API_KEY, or choose another --writer."
        )
    # The network's libraries quote a header that they can't send, and the key with it.
    if not (key.isascii() and key.isprintable()):
        raise WriterUnavailable(
            "GROQ_API_KEY holds characters that no key has", cure="Copy the key anew."
        )
    return GroqWriter(key, settings.groq_base_url, task.model, settings.patience)


def _ollama(task: Assignment) -> ScriptWriter:
    from videogen.script.writers.ollama import OllamaWriter

    return OllamaWriter(task.settings.ollama_host, task.model, task.settings.patience)


def _wikipedia(task: Assignment) -> ScriptWriter:
    from videogen.script.writers.wikipedia import WikipediaWriter

    return WikipediaWriter(task.settings.wikipedia_base_url, task.settings.patience)


def _outline(task: Assignment) -> ScriptWriter:
    from videogen.script.writers.outline import OutlineWriter

    writer = OutlineWriter()
    writer.check_language(task.language)
    return writer


WRITERS: dict[str, Callable[[Assignment], ScriptWriter]] = {
    "file": _file,
    "groq": _groq,
    "ollama": _ollama,
    "wikipedia": _wikipedia,
    "outline": _outline,
}
WITH_MODEL = {"groq", "ollama"}


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
        name, reason = _first(task)
    elif name in WRITERS:
        reason = "as asked"
    else:
        raise UsageError(
            f"There is no writer {name!r}", cure=f"Choose auto or one of {', '.join(WRITERS)}."
        )
    return WRITERS[name](task), f"Script by the {name} writer: {reason}"


def _first(task: Assignment) -> tuple[str, str]:
    """Return the name of the first writer that can work, and why not those before it."""
    if task.script is not None:
        return "file", f"{task.script} was given"
    if task.settings.groq_api_key.strip():
        return "groq", "GROQ_API_KEY is set"
    missing = ["no GROQ_API_KEY"]
    for name, lack in (("ollama", _lack_of_ollama), ("wikipedia", _lack_of_wikipedia)):
        reason = lack(task)
        if not reason:
            return name, f"it can be reached ({', '.join(missing)})"
        missing.append(reason)
    return "outline", f"a draft, since there is {', '.join(missing)}"


def _lack_of_ollama(task: Assignment) -> str:
    from videogen.script.writers.ollama import OllamaWriter

    try:
        models = OllamaWriter(task.settings.ollama_host, "").models()
    except ScriptError:
        return "no Ollama"
    return "" if models else "no model in Ollama"


def _lack_of_wikipedia(task: Assignment) -> str:
    from videogen.script.writers.wikipedia import WikipediaWriter

    # Who only looks what is there does not wait for it.
    writer = WikipediaWriter(task.settings.wikipedia_base_url, patience=0.0)
    try:
        found = writer.has_article(task.topic, task.language)
    except WriterUnavailable:
        return "no Wikipedia"
    return "" if found else "no article in Wikipedia"
