"""How a card's phrase is set and how it comes in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from av import VideoFrame

from videogen.assembly.cards.background import Palette
from videogen.assembly.fonts import Font, font_of
from videogen.assembly.lettering import fitted, line_mask, shadow
from videogen.assembly.overlay import Mask, Overlay
from videogen.domain import Card
from videogen.media.frames import WHITE, Yuv, yuv

# Letters come when the crossfade is nearly over, or they would stand in those of the card before.
_FIRST_SECONDS = 0.4
_STAGGER_SECONDS = 0.12
_LAST_SECONDS = 0.7
_MOST_LINES = 4
_MOST_SMALL_LINES = 12
_RISE_SECONDS = 0.75


@dataclass(frozen=True, slots=True)
class Entrance:
    """A shape that rises by `rise` pixels into its place from `begin` seconds on, fading in."""

    overlay: Overlay
    begin: float
    rise: int

    def draw(self, frame: VideoFrame, seconds: float) -> None:
        """Lay the shape over a frame as far as it has come in by now."""
        progress = (seconds - self.begin) / _RISE_SECONDS
        if progress <= 0:
            return
        come = _settle(progress)
        self.overlay.draw(frame, min(1.0, progress * 1.6), round(self.rise * (1 - come) / 2) * 2)


def entrances(
    card: Card, palette: Palette, size: tuple[int, int], chance: np.random.Generator
) -> tuple[Entrance, ...]:
    """Set a card's phrase and lines within the safe area, left or centred, with an accent bar."""
    if not card.phrase and not card.lines:
        return ()
    width, height = size
    unit = min(size)
    is_centred = width < height or bool(chance.integers(2))
    column = round(width * (0.8 if width >= height else 0.84))
    largest = round(unit * (0.085 if card.lines else 0.125))
    sizes = range(largest, largest // 3, -max(1, largest // 24))
    face, phrase = fitted(card.phrase, "Bold", sizes, column, _MOST_LINES)
    small, lines = _small_print(card.lines, column, unit)
    step, small_step = _even(face.size * 1.14), _even(small.size * 1.5)
    gap = _even(face.size * 0.4) if lines else 0
    block = step * len(phrase) + gap + small_step * len(lines)
    top = _even((height - block) * (0.5 if is_centred or lines else chance.uniform(0.48, 0.62)))
    place = _Place(width, _even(width * 0.09), is_centred or face.right_to_left)
    bar = np.full((max(2, _even(unit * 0.009)), _even(face.size * 1.1)), 255, np.uint8)
    bar_top = top - bar.shape[0] - _even(face.size * 0.22)
    entering = [Entrance(place.overlay(bar, bar_top, 0, yuv(palette.accent)), _FIRST_SECONDS, 0)]
    rows = [(line, face, top + step * row) for row, line in enumerate(phrase)]
    below = top + step * len(phrase) + gap
    rows += [(line, small, below + small_step * row) for row, line in enumerate(lines)]
    for number, (line, font, y) in enumerate(rows, 1):
        overlay = place.line(line, font, y, unit)
        begin = _FIRST_SECONDS + min(_STAGGER_SECONDS * number, _LAST_SECONDS)
        entering.append(Entrance(overlay, begin, round(font.size * 0.4)))
    return tuple(entering)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where lines stand across the frame: centred, or with their left edges at `left`."""

    width: int
    left: int
    is_centred: bool

    def overlay(
        self, mask: Mask, top: int, margin: int, colour: Yuv, shade: Mask | None = None
    ) -> Overlay:
        left = (self.width - mask.shape[1]) // 4 * 2 if self.is_centred else self.left - margin
        return Overlay(left, top - margin, mask, colour, shade)

    def line(self, text: str, font: Font, top: int, unit: int) -> Overlay:
        margin = _even(unit * 0.04)
        mask = line_mask(text, font, margin)
        return self.overlay(mask, top, margin, WHITE, shadow(mask, unit * 0.012, 0.55))


def _small_print(lines: tuple[str, ...], column: int, unit: int) -> tuple[Font, tuple[str, ...]]:
    """Return lines set small; where they are too many, the last says how many are left out."""
    size = round(unit * 0.034)
    kept = lines[:_MOST_SMALL_LINES]
    if len(lines) > len(kept):
        kept = (*kept[:-1], f"and {len(lines) - len(kept) + 1} more")
    set_lines = [fitted(line, "SemiBold", range(size, size - 1, -1), column, 1)[1] for line in kept]
    return font_of("SemiBold", size, " ".join(lines)), tuple(
        line for part in set_lines for line in part
    )


def _settle(progress: float) -> float:
    """Start fast and come to rest (cubic ease out)."""
    t = min(1.0, max(0.0, progress))
    return 1 - (1 - t) ** 3


def _even(length: float) -> int:
    return round(length / 2) * 2
