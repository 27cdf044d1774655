"""Blocks that stand beneath each other on a card: lines of type, rules, and what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from PIL import Image, ImageDraw

from videogen.assembly.cards.parts import Part, Rectangle, Shape
from videogen.assembly.fonts import Font, Weight
from videogen.assembly.lettering import Mask, fitted, line_mask
from videogen.assembly.overlay import Overlay
from videogen.assembly.style import Grid, Look, even
from videogen.language.statements.content import Said
from videogen.media.frames import Yuv, yuv

_LINE_STEP = 1.16
# Of a rank's size, before a text is cut short; what can't be broken may be smaller.
_SMALLEST, _SMALLEST_LINE = 0.4, 0.15
_SAMPLES = 4
RULE_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a card is laid out by: the grid, its colours, how large type is, and when words are said.

    `second` returns when what begins at a character of the text is said, from the card's start.
    """

    grid: Grid
    look: Look
    scale: float
    second: Callable[[int], float]

    def letters(self, rank: float) -> int:
        """Return the pixels an em of a rank on this card."""
        return max(4, round(self.grid.letters(rank) * self.scale))

    def gap(self, share: float) -> int:
        """Return a distance in even pixels, from a share of the unit."""
        return even(self.grid.unit * share * self.scale)


@dataclass(frozen=True, slots=True)
class Block:
    """What takes `height` pixels; `place` returns its parts where its top is put."""

    height: int
    place: Callable[[int], Sequence[Part]]


def stacked(blocks: Sequence[Block]) -> Block:
    """Return blocks beneath each other as one."""

    def place(top: int) -> list[Part]:
        parts: list[Part] = []
        for block in blocks:
            parts += block.place(top)
            top += block.height
        return parts

    return Block(sum(block.height for block in blocks), place)


def beside(blocks: Sequence[Block]) -> Block:
    """Return blocks that stand beside each other as one, each in the middle of the height."""
    height = max(block.height for block in blocks)

    def place(top: int) -> list[Part]:
        return [
            part
            for block in blocks
            for part in block.place(top + even((height - block.height) / 2))
        ]

    return Block(height, place)


def space(height: int) -> Block:
    """Return room that stays empty."""
    return Block(height, lambda _: ())


def capital(said: Said) -> Said:
    """Return words as they begin a line."""
    return replace(said, text=said.text[:1].upper() + said.text[1:])


@dataclass(frozen=True, slots=True)
class Column:
    """A column of type in even pixels."""

    left: int
    width: int


def column(grid: Grid) -> Column:
    """Return the whole width of the grid."""
    return Column(grid.left, grid.width)


def type_block(
    sheet: Sheet,
    said: Said,
    place: Column,
    rank: float,
    colour: str,
    *,
    weight: Weight = "Bold",
    most_lines: int = 3,
    begin: float | None = None,
    align: Literal["start", "end"] = "start",
) -> Block:
    """Return a text set in a column, each line as its first word is said, or all from `begin` on."""
    size = sheet.letters(rank)
    smallest = _SMALLEST_LINE if most_lines == 1 else _SMALLEST
    sizes = range(size, max(3, round(size * smallest)) - 1, -max(1, size // 24))
    font, lines = fitted(said.text, weight, sizes, place.width, most_lines)
    step = even(font.size * _LINE_STEP)

    def parts(top: int) -> list[Part]:
        drawn: list[Part] = []
        at = 0
        for row, line in enumerate(lines):
            at = max(at, said.text.find(line.rstrip("…"), at))
            when = sheet.second(said.at + at) if begin is None else begin
            at_end = align == "end"
            overlay = line_overlay(line, font, place, top + step * row, yuv(colour), at_end=at_end)
            drawn.append(Shape(overlay, when, round(font.size * 0.35)))
        return drawn

    return Block(step * len(lines), parts)


def line_overlay(
    line: str, font: Font, place: Column, top: int, colour: Yuv, *, at_end: bool = False
) -> Overlay:
    """Return a line of type at the beginning of a column, on the right where it runs from there."""
    margin = even(font.size * 0.12) + 2
    mask = line_mask(line, font, margin)
    left = place.left
    if font.right_to_left or at_end:
        left += even(place.width - (mask.shape[1] - 2 * margin))
    return Overlay(left - margin, top - margin, mask, colour)


def rule_block(sheet: Sheet, place: Column, width: int, begin: float) -> Block:
    """Return a short rule of the accent's colour."""
    thick = max(2, sheet.gap(0.008))
    colour = yuv(sheet.look.accent)

    def parts(top: int) -> list[Part]:
        return [Rectangle(place.left, top, even(width), thick, colour, begin, RULE_SECONDS)]

    return Block(thick, parts)


def disc(diameter: int) -> Mask:
    """Return a filled circle in an even square."""
    side = max(2, even(diameter))
    image = Image.new("L", (side * _SAMPLES, side * _SAMPLES))
    edge = side * _SAMPLES - 1
    ImageDraw.Draw(image).ellipse((0, 0, edge, edge), fill=255)
    return np.asarray(image.resize((side, side), Image.Resampling.BOX))


def panel(width: int, height: int, radius: int) -> Mask:
    """Return a filled rectangle with round corners, both sides even, two pixels at least."""
    width, height = max(2, width), max(2, height)
    image = Image.new("L", (width * 2, height * 2))
    box = (0, 0, width * 2 - 1, height * 2 - 1)
    ImageDraw.Draw(image).rounded_rectangle(box, radius * 2, fill=255)
    return np.asarray(image.resize((width, height), Image.Resampling.BOX))
