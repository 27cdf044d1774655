"""What a stage tells while it is at work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from videogen.domain.footage import SourcedScene
    from videogen.domain.speech import VoicedScene

Stage = Literal["script", "voiceover", "footage", "assembly"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is: `done` of `total` of its own units, and the scene just finished."""

    stage: Stage
    done: float
    total: float
    scene: int | None = None

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return self.done / self.total if self.total else 1.0

    @property
    def percent(self) -> int:
        """How much is done, 0 to 100."""
        return round(100 * self.share)


@dataclass(frozen=True, slots=True)
class Notice:
    """A line for the user: at once, at the end, or at the end because something is missing."""

    kind: Literal["line", "warning", "loss"]
    text: str


# What a stage tells while it is at work.
Event: TypeAlias = "Progress | Notice | VoicedScene | SourcedScene"
Tell: TypeAlias = "Callable[[Event], None]"
