"""The choice of a writer: the one that is named, or the first that can work."""

from __future__ import annotations

from videogen.errors import UsageError
from videogen.script.writers import LAST_RESORT, WRITERS, provider_of
from videogen.script.writers.base import ScriptWriter
from videogen.script.writers.provider import Assignment


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
    if task.model and name in WRITERS and not provider_of(name).has_model:
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


def with_model() -> tuple[str, ...]:
    """Return the names of the writers that are language models."""
    return tuple(name for name in WRITERS if provider_of(name).has_model)


def _chosen(name: str, task: Assignment, reason: str) -> tuple[ScriptWriter, str]:
    return provider_of(name).open(task), f"Script by the {name} writer: {reason}"


def _first(task: Assignment) -> tuple[ScriptWriter, str]:
    """Return the first writer that can work, and why not those before it."""
    for name in WRITERS:
        if reason := provider_of(name).set_up(task):
            return _chosen(name, task, reason)
    missing = ["no key of a model's service"]
    for name in WRITERS:
        if lack_of := provider_of(name).lack:
            chosen = _chosen(name, task, f"it can be reached ({', '.join(missing)})")
            lack = lack_of(chosen[0], task)
            if not lack:
                return chosen
            missing.append(lack)
    return _chosen(LAST_RESORT, task, f"a draft, since there is {', '.join(missing)}")
