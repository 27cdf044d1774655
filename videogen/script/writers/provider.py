"""What a writer tells of itself: how it is opened, tried, and chosen where none is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from videogen.errors import WriterUnavailable
from videogen.provider import Provider, Variable
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

    def key(self, variable: Variable) -> str:
        """Return the user's key.

        Raises:
            WriterUnavailable: there is none, or none that can be sent.
        """
        key = self.settings.value_of(variable).strip()
        if not key:
            raise WriterUnavailable(
                "The writer that was asked for has no key",
                cure="Choose another --writer, or set it",
                command=variable.setting,
            )
        # The network's libraries quote a header that they can't send, and the key with it.
        if not (key.isascii() and key.isprintable()):
            raise WriterUnavailable(
                f"{variable.name} holds characters that no key has",
                cure="Copy the key anew",
                command=variable.setting,
            )
        return key


def _nothing(_task: Assignment) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterProvider(Provider):
    """A writer; `probe` is None where nobody is asked.

    `set_up` tells by what the user has chosen it unless another is named, empty where by nothing.
    `lack` tells what one that needs no setting lacks for this task, empty where it can work; it is
    None for one that is not taken in this way.
    """

    open: Callable[[Assignment], ScriptWriter]
    probe: Callable[[Assignment], str] | None = None
    has_model: bool = False
    set_up: Callable[[Assignment], str] = _nothing
    lack: Callable[[ScriptWriter, Assignment], str] | None = None
