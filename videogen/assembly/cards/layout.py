"""How a card's phrase is set and how it comes in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from av import VideoFrame

from videogen.assembly.cards.palette import Palette
from videogen.assembly.colour import WHITE, yuv
from videogen.assembly.easing import settle
from videogen.assembly.lettering import fitted, line_mask, shadow
from videogen.assembly.overlay import Overlay

_FIRST_SECONDS = 0.25
_STAGGER_SECONDS = 0.12
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
        come = settle(progress)
        self.overlay.draw(frame, min(1.0, progress * 1.6), round(self.rise * (1 - come) / 2) * 2)


def entrances(
    phrase: str, palette: Palette, size: tuple[int, int], chance: np.random.Generator
) -> tuple[Entrance, ...]:
    """Set a phrase within the safe area, left or centred, with an accent bar."""
    width, height = size
    unit = min(width, height)
    largest = round(unit * 0.125)
    safe = round(width * (0.8 if width >= height else 0.84))
    face, lines = fitted(phrase, "Bold", largest, safe, 4)
    margin = round(unit * 0.02) * 2
    masks = [line_mask(line, face, margin) for line in lines]
    centred = width < height or bool(chance.integers(2))
    step = round(face.size * 1.14 / 2) * 2
    bar = _bar(unit, round(face.size * 1.1))
    block = step * len(masks)
    top = round((height - block) * (0.5 if centred else chance.uniform(0.48, 0.62)) / 2) * 2
    left = round(width * 0.09 / 2) * 2
    shapes: list[Entrance] = []
    accent = yuv(palette.accent)
    bar_left = (width - bar.shape[1]) // 4 * 2 if centred else left
    bar_top = top - bar.shape[0] - round(face.size * 0.22 / 2) * 2
    shapes.append(Entrance(Overlay(bar_left, bar_top, bar, accent), _FIRST_SECONDS, 0))
    for number, mask in enumerate(masks):
        x = (width - mask.shape[1]) // 4 * 2 if centred else left - margin
        y = top + step * number - margin
        shade = shadow(mask, unit * 0.012, 0.55)
        begin = _FIRST_SECONDS + _STAGGER_SECONDS * (number + 1)
        rise = round(face.size * 0.4)
        shapes.append(Entrance(Overlay(x, y, mask, WHITE, shade), begin, rise))
    return tuple(shapes)


def _bar(unit: int, length: int) -> np.ndarray:
    thick = max(2, round(unit * 0.009 / 2) * 2)
    return np.full((thick, length // 2 * 2), 255, np.uint8)
