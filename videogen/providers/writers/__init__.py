"""The writers of scripts: a factory a name, and the choice among them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from videogen.errors import UsageError, WriterUnavailable
from videogen.providers.base import ScriptWriter
from videogen.settings import Settings

Factory = Callable[[Settings, Path | None, str], ScriptWriter]


def _file(_settings: Settings, script: Path | None, _model: str) -> ScriptWriter:
    from videogen.providers.writers.file import FileWriter

    if script is None:
        raise UsageError("The file writer has no file", cure="Name one by --script FILE.")
    return FileWriter(script)


def _groq(settings: Settings, _script: Path | None, model: str) -> ScriptWriter:
    from videogen.providers.writers.groq import GroqWriter

    if not settings.groq_api_key:
        raise WriterUnavailable(
            "The groq writer has no key", cure="Set GROQ_API_KEY, or choose another --writer."
        )
    return GroqWriter(settings.groq_api_key, settings.groq_base_url, model, settings.patience)


def _outline(_settings: Settings, _script: Path | None, _model: str) -> ScriptWriter:
    from videogen.providers.writers.outline import OutlineWriter

    return OutlineWriter()


WRITERS: dict[str, Factory] = {"file": _file, "groq": _groq, "outline": _outline}


def choose(
    name: str, settings: Settings, script: Path | None = None, model: str | None = None
) -> tuple[ScriptWriter, str]:
    """Return a writer by name, or for `auto` the first that can work, and why in one line.

    Raises:
        UsageError: there is no such writer, or a file was given to another one.
        WriterUnavailable: the writer that was named can't work here.
    """
    if script is not None and name not in {"auto", "file"}:
        raise UsageError(
            f"The {name} writer reads no --script", cure="Leave one of the two options out."
        )
    if name == "auto":
        name, reason = _first(settings, script)
    elif name in WRITERS:
        reason = "as asked"
    else:
        raise UsageError(
            f"There is no writer {name!r}", cure=f"Choose auto or one of {', '.join(WRITERS)}."
        )
    return WRITERS[name](settings, script, model or ""), f"Script by the {name} writer: {reason}"


def _first(settings: Settings, script: Path | None) -> tuple[str, str]:
    if script is not None:
        return "file", f"{script} was given"
    if settings.groq_api_key:
        return "groq", "GROQ_API_KEY is set"
    return "outline", "no script file and no GROQ_API_KEY; the narration is a draft outline"
