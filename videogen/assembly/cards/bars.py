"""The card of a comparison: bars to scale."""

from __future__ import annotations

from collections.abc import Sequence

from videogen.assembly.cards.blocks import (
    Block,
    Column,
    Sheet,
    beside,
    capital,
    column,
    line_overlay,
    space,
    stacked,
    type_block,
)
from videogen.assembly.cards.numbers import AHEAD_SECONDS
from videogen.assembly.cards.parts import Part, Rectangle, Shape
from videogen.assembly.fonts import font_of
from videogen.assembly.lettering import fitted
from videogen.assembly.style import BODY, TITLE, even
from videogen.language.statements.content import Bar, Comparison
from videogen.media.frames import yuv

_GROW_SECONDS = 0.8
_LABELS = 0.3  # of the column, in a wide frame
_THICK, _THICKER = 0.085, 0.075
_SHORTEST = 0.004


def comparison_card(sheet: Sheet, comparison: Comparison) -> Block:
    """Return bars as long as their figures are large; the longest has the accent."""
    place, look = column(sheet.grid), sheet.look
    blocks = []
    if comparison.lead:
        lead = type_block(
            sheet,
            capital(comparison.lead),
            place,
            TITLE * 1.1,
            look.ink,
            weight="SemiBold",
            most_lines=2,
        )
        blocks += [lead, space(sheet.gap(0.05))]
    largest = max(bar.figure.value for bar in comparison.bars)
    for bar in comparison.bars:
        colour = look.accent if bar.figure.value == largest else look.quiet
        row = _row if sheet.grid.is_wide else _stack
        values = max(_value_width(sheet, each) for each in comparison.bars)
        blocks += [
            row(sheet, bar, bar.figure.value / largest, colour, values),
            space(sheet.gap(0.045)),
        ]
    return stacked(blocks[:-1])


def _row(sheet: Sheet, bar: Bar, share: float, colour: str, values: int) -> Block:
    place = column(sheet.grid)
    labels = Column(place.left, even(place.width * _LABELS))
    left = labels.left + labels.width + sheet.gap(0.03)
    label = type_block(
        sheet,
        capital(bar.label),
        labels,
        BODY * 1.1,
        sheet.look.ink,
        weight="SemiBold",
        most_lines=2,
    )
    rest = Column(left, place.left + place.width - left)
    return beside([label, _bar(sheet, bar, share, colour, rest, values, _THICK)])


def _stack(sheet: Sheet, bar: Bar, share: float, colour: str, values: int) -> Block:
    place = column(sheet.grid)
    label = type_block(
        sheet,
        capital(bar.label),
        place,
        BODY * 1.1,
        sheet.look.ink,
        weight="SemiBold",
        most_lines=1,
    )
    return stacked(
        [label, space(sheet.gap(0.008)), _bar(sheet, bar, share, colour, place, values, _THICKER)]
    )


def _value_width(sheet: Sheet, bar: Bar) -> int:
    font = font_of("Bold", sheet.letters(TITLE), _value(bar))
    return even(font.length(_value(bar))) + 4


def _value(bar: Bar) -> str:
    return f"{bar.figure.qualifier} {bar.figure.text}".strip()


def _bar(
    sheet: Sheet, bar: Bar, share: float, colour: str, place: Column, values: int, thick: float
) -> Block:
    """Return a bar with its figure at its end; all keep room for the widest of the figures."""
    gap = sheet.gap(0.025)
    room = max(2, place.width - min(values, place.width // 2) - gap)
    width = max(2, even(room * max(share, _SHORTEST)))
    height = sheet.gap(thick)
    begin = max(0.1, sheet.second(bar.figure.at) - AHEAD_SECONDS)
    size = sheet.letters(TITLE)
    font, lines = fitted(
        _value(bar), "Bold", range(size, size // 2, -1), place.width - room - gap, 1
    )

    def parts(top: int) -> Sequence[Part]:
        middle = top + even((height - font.ascent - font.descent) / 2)
        figure = line_overlay(
            lines[0], font, Column(place.left + width + gap, values), middle, yuv(sheet.look.ink)
        )
        bar_colour = yuv(colour)
        return [
            Rectangle(place.left, top, width, height, bar_colour, begin, _GROW_SECONDS),
            Shape(figure, begin + _GROW_SECONDS / 2),
        ]

    return Block(height, parts)
