"""What every writer of scripts keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from videogen.domain.script import Brief, Script
from videogen.script.writers.service import Keep


class ScriptWriter(Protocol):
    """Turns a brief into a script.

    Raises:
        WriterUnavailable: it can't work here at all, so another may be tried.
        ScriptError: it answered, but not with a usable script.
    """

    name: str

    def write(self, brief: Brief) -> Script:
        """Write a new script for the brief."""
        ...


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a scene, and the words that would mend it.

    A scene that is `missing` is to be written in so many words; one that is `short` goes on for so
    many after what it has, but before `sentence`, where one is to stay the last; one that is `long`
    is to keep so many, and `sentence` may go; one that is `foreign`, in another language than the
    film's, is to be written anew.
    """

    scene: int
    kind: Literal["missing", "short", "long", "foreign"]
    words: int
    sentence: str = ""


@runtime_checkable
class PaidWriter(ScriptWriter, Protocol):
    """A writer whose answers cost somebody something."""

    def keeping(self, keep: Keep) -> ScriptWriter:
        """Return the writer that asks for nothing that was answered before."""
        ...


@runtime_checkable
class RevisingWriter(ScriptWriter, Protocol):
    """A writer that can mend its own script when told what is wrong with it."""

    def revise(self, brief: Brief, script: Script, faults: Sequence[Fault]) -> Script:
        """Return the script with the named faults mended.

        The brief's words a second are those at which this script was spoken.
        """
        ...


@runtime_checkable
class ModelWriter(PaidWriter, RevisingWriter, Protocol):
    """A language model, which may answer in another language than it was asked for."""
