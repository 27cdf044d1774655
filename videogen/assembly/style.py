"""The visual system of cards, titles, captions and the thumbnail: colour, type, grid, motion."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from videogen.domain.video import StyleName

# Letters in parts of the frame's shorter side, by rank; type is set in Bold and SemiBold alone.
DISPLAY, HEADLINE, TITLE, BODY = 0.26, 0.112, 0.066, 0.05
# Seconds in which a part comes to rest.
ENTRANCE_SECONDS = 0.55

# What an accent's red, green and blue come to together where it needs no dark ground, and how far it
# goes to white where it does.
_BRIGHT, _LIGHTER = 400, 0.6
_WIDE, _SQUARE, _UPRIGHT = (0.08, 0.1, 0.75), (0.08, 0.09, 0.74), (0.08, 0.1, 0.555)


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a video, as web colours.

    `ground` goes from its first colour at the top to its second; `ink` is what is read first,
    `quiet` what stands beside it, `line` hairlines and empty tracks. `accent` is the one colour of
    the video, with `on_accent` for type upon it.
    """

    ground: tuple[str, str]
    ink: str
    quiet: str
    line: str
    accent: str
    on_accent: str

    @property
    def mark(self) -> str:
        """The accent as it is seen on pictures: lighter, where it was chosen for a light ground."""
        parts = [int(self.accent[at : at + 2], 16) for at in (1, 3, 5)]
        if sum(parts) > _BRIGHT:
            return self.accent
        return "#" + "".join(f"{round(part + (255 - part) * _LIGHTER):02x}" for part in parts)


@dataclass(frozen=True, slots=True)
class Grid:
    """Where type and shapes stand in a frame, in even pixels; captions have the room below it.

    `unit` is the frame's shorter side.
    """

    left: int
    top: int
    right: int
    bottom: int
    unit: int

    @property
    def width(self) -> int:
        """The width of the whole column."""
        return self.right - self.left

    @property
    def is_wide(self) -> bool:
        """Whether there is room beside rather than beneath things."""
        return self.width > 2 * self.height

    @property
    def height(self) -> int:
        """The height of the room for content."""
        return self.bottom - self.top

    def letters(self, rank: float) -> int:
        """Return the pixels an em of a rank such as `HEADLINE`."""
        return max(4, round(self.unit * rank))


def _dark(accent: str) -> Look:
    return Look(("#232c3f", "#171d2a"), "#f6f3ec", "#a9b3c5", "#3d4961", accent, "#10141d")


def _light(accent: str) -> Look:
    return Look(("#faf7f1", "#efeade"), "#1b1d24", "#5f6068", "#d8d1c2", accent, "#ffffff")


def _bold(top: str, bottom: str, quiet: str, line: str, accent: str) -> Look:
    return Look((top, bottom), "#ffffff", quiet, line, accent, bottom)


LOOKS: dict[StyleName, tuple[Look, ...]] = {
    "dark": tuple(map(_dark, ("#ffbe55", "#ff8a73", "#63d8b2", "#74bcff"))),
    "light": tuple(map(_light, ("#b5351b", "#1f4fd1", "#0b6e53", "#8a2a78"))),
    "bold": (
        _bold("#2a3de0", "#1d2cb4", "#cfd6ff", "#5364f0", "#ffe04d"),
        _bold("#0a6049", "#064936", "#c4ecdc", "#2c8169", "#ffd65a"),
        _bold("#a8243a", "#86172b", "#ffd0d0", "#c9505f", "#ffe08a"),
        _bold("#5a2ab8", "#431d92", "#dccdff", "#7d53d6", "#7ff0d0"),
    ),
}

DEFAULT_LOOK = LOOKS["dark"][0]


def look_of(style: StyleName, seed: str) -> Look:
    """Return a style with the accent of a video; one seed has the same accent always."""
    looks = LOOKS[style]
    return looks[zlib.crc32(seed.encode()) % len(looks)]


def grid_of(size: tuple[int, int]) -> Grid:
    """Return the grid of a frame: wide, square and upright ones are laid out each in its own way."""
    width, height = size
    side, top, bottom = _WIDE if width > height else _UPRIGHT if width < height else _SQUARE
    left = even(width * side)
    return Grid(left, even(height * top), width - left, even(height * bottom), min(size))


def eased(progress: float) -> float:
    """Start fast and come to rest (cubic ease out); `progress` and the result go from 0 to 1."""
    rest = 1 - min(1.0, max(0.0, progress))
    return 1 - rest**3


def even(length: float) -> int:
    """Return the nearest even number of pixels, since chroma has half of them."""
    return round(length / 2) * 2
