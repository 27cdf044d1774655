"""The card of a process: its steps with arrows between them."""

from __future__ import annotations

from collections.abc import Sequence

from videogen.assembly.cards.blocks import (
    Block,
    Column,
    Sheet,
    capital,
    column,
    line_overlay,
    panel,
    type_block,
)
from videogen.assembly.cards.parts import Part, Shape
from videogen.assembly.fonts import font_of
from videogen.assembly.overlay import Overlay
from videogen.assembly.style import BODY, TITLE, even
from videogen.language.statements.content import Process, Said
from videogen.media.frames import yuv

_ARROW_SHARE = 0.085
_PADDING = 0.035
_RADIUS = 0.018


def process_card(sheet: Sheet, process: Process) -> Block:
    """Return panels in a row in a wide frame, else beneath each other; the last has the accent."""
    return (_row if sheet.grid.is_wide else _stack)(sheet, process.steps)


def _row(sheet: Sheet, steps: Sequence[Said]) -> Block:
    place = column(sheet.grid)
    arrow = sheet.gap(_ARROW_SHARE)
    width = even((place.width - arrow * (len(steps) - 1)) / len(steps)) - 2
    rank = TITLE * (0.92 if len(steps) == 3 else 0.72)  # noqa: PLR2004
    texts = [
        _text(
            sheet,
            step,
            Column(place.left + (width + arrow) * number, width),
            rank,
            number == len(steps) - 1,
            6,
        )
        for number, step in enumerate(steps)
    ]
    height = max(max(text.height for text in texts) + 2 * sheet.gap(_PADDING), sheet.gap(0.24))

    def parts(top: int) -> Sequence[Part]:
        drawn: list[Part] = []
        for number, (text, step) in enumerate(zip(texts, steps, strict=True)):
            left = place.left + (width + arrow) * number
            box = (left, top, width, height)
            drawn += _panel(sheet, box, sheet.second(step.at), is_last=number == len(steps) - 1)
            drawn += text.place(top + even((height - text.height) / 2))
            if number:
                middle = top + even(height / 2)
                drawn.append(_arrow(sheet, "→", left - arrow, middle, arrow, sheet.second(step.at)))
        return drawn

    return Block(height, parts)


def _stack(sheet: Sheet, steps: Sequence[Said]) -> Block:
    place = column(sheet.grid)
    gap = sheet.gap(_ARROW_SHARE)
    texts = [
        _text(sheet, step, place, BODY * 1.15, number == len(steps) - 1, 2)
        for number, step in enumerate(steps)
    ]
    heights = [text.height + 2 * sheet.gap(_PADDING * 0.8) for text in texts]

    def parts(top: int) -> Sequence[Part]:
        drawn: list[Part] = []
        for number, (text, height, step) in enumerate(zip(texts, heights, steps, strict=True)):
            box = (place.left, top, place.width, height)
            begin = sheet.second(step.at)
            if number:
                left = place.left + sheet.gap(_PADDING)
                drawn.append(_arrow(sheet, "↓", left, top - even(gap / 2), gap, begin))
            drawn += _panel(sheet, box, begin, is_last=number == len(steps) - 1)
            drawn += text.place(top + even((height - text.height) / 2))
            top += height + gap
        return drawn

    return Block(sum(heights) + gap * (len(steps) - 1), parts)


def _text(
    sheet: Sheet, step: Said, box: Column, rank: float, is_last: bool, most_lines: int
) -> Block:
    padding = sheet.gap(_PADDING)
    colour = sheet.look.on_accent if is_last else sheet.look.ink
    inside = Column(box.left + padding, max(8, box.width - 2 * padding))
    return type_block(
        sheet,
        capital(step),
        inside,
        rank,
        colour,
        most_lines=most_lines,
        begin=sheet.second(step.at) + 0.1,
    )


def _panel(
    sheet: Sheet, box: tuple[int, int, int, int], begin: float, *, is_last: bool
) -> Sequence[Part]:
    left, top, width, height = box
    mask = panel(width, height, sheet.gap(_RADIUS))
    colour = yuv(sheet.look.accent if is_last else sheet.look.line)
    return [Shape(Overlay(left, top, mask, colour), begin, sheet.gap(0.02))]


def _arrow(sheet: Sheet, sign: str, left: int, middle: int, width: int, begin: float) -> Part:
    font = font_of("Bold", max(4, round(width * 0.62)), sign)
    centred = Column(left + even((width - font.length(sign)) / 2), width)
    if sign == "↓":
        centred = Column(left, width)
    top = middle - even((font.ascent + font.descent) / 2)
    overlay = line_overlay(sign, font, centred, top, yuv(sheet.look.accent))
    return Shape(overlay, max(0.1, begin - 0.25))
