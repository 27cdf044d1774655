"""The parts of a card: shapes and letters that come in, each at its moment, and then stand still."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from av import VideoFrame

from videogen.assembly.overlay import Overlay
from videogen.assembly.style import ENTRANCE_SECONDS, eased, even
from videogen.media.frames import Yuv, planes_of


class Part(Protocol):
    """What is seen from `begin` on, and no longer changes from `end` on, in seconds."""

    @property
    def begin(self) -> float:
        """When it begins to come in."""
        ...

    @property
    def end(self) -> float:
        """When it has come in."""
        ...

    def draw(self, frame: VideoFrame, seconds: float) -> None:
        """Draw it on a frame that may be written to, as far as it has come in."""
        ...

    def sooner(self, seconds: float) -> Part:
        """Return the same, coming in so many seconds earlier."""
        ...


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape that fades in while it rises by `rise` pixels into its place."""

    overlay: Overlay
    begin: float
    rise: int = 0

    @property
    def end(self) -> float:
        """When it has come in."""
        return self.begin + ENTRANCE_SECONDS

    def draw(self, frame: VideoFrame, seconds: float) -> None:
        """Draw it as far as it has come in."""
        progress = (seconds - self.begin) / ENTRANCE_SECONDS
        come = eased(progress)
        self.overlay.draw(frame, min(1.0, progress * 1.6), even(self.rise * (1 - come)))

    def sooner(self, seconds: float) -> Part:
        """Return the same, coming in so many seconds earlier."""
        return replace(self, begin=self.begin - seconds)


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A plain rectangle in even pixels that grows to the right, or downward."""

    left: int
    top: int
    width: int
    height: int
    colour: Yuv
    begin: float
    seconds: float
    grows: Literal["right", "down"] = "right"

    @property
    def end(self) -> float:
        """When it is whole."""
        return self.begin + self.seconds

    def draw(self, frame: VideoFrame, seconds: float) -> None:
        """Draw what there is of it by now."""
        share = eased((seconds - self.begin) / self.seconds)
        width = even(self.width * share) if self.grows == "right" else self.width
        height = even(self.height * share) if self.grows == "down" else self.height
        colour = (self.colour.luma, self.colour.blue, self.colour.red)
        for number, (plane, value) in enumerate(zip(planes_of(frame), colour, strict=True)):
            scale = 1 if number == 0 else 2
            rows = slice(self.top // scale, (self.top + height) // scale)
            plane[rows, self.left // scale : (self.left + width) // scale] = round(value)

    def sooner(self, seconds: float) -> Part:
        """Return the same, coming in so many seconds earlier."""
        return replace(self, begin=self.begin - seconds)


@dataclass(frozen=True, slots=True)
class Count:
    """A figure that counts up; `drawn` returns it at a share of its amount, 0 to 1."""

    drawn: Callable[[float], Overlay]
    begin: float
    seconds: float

    @property
    def end(self) -> float:
        """When it has counted."""
        return self.begin + self.seconds

    def draw(self, frame: VideoFrame, seconds: float) -> None:
        """Draw what it has counted by now."""
        progress = (seconds - self.begin) / self.seconds
        self.drawn(eased(progress)).draw(frame, min(1.0, progress * 4))

    def sooner(self, seconds: float) -> Part:
        """Return the same, coming in so many seconds earlier."""
        return replace(self, begin=self.begin - seconds)
