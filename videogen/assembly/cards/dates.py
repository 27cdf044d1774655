"""Cards of dates: one moment, several on a line, and the span between two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from videogen.assembly.cards.blocks import (
    Block,
    Column,
    Sheet,
    capital,
    column,
    disc,
    space,
    stacked,
    type_block,
)
from videogen.assembly.cards.parts import Part, Rectangle, Shape
from videogen.assembly.overlay import Overlay
from videogen.assembly.style import BODY, DISPLAY, HEADLINE, TITLE, even
from videogen.language.statements.content import Dates, Moment
from videogen.media.frames import yuv

_LINE_SECONDS = 0.9
_DOT, _THICK = 0.034, 0.008
_LEAST_COLUMN = 0.28  # of the line, that a moment's words need


def dates_card(sheet: Sheet, dates: Dates) -> Block:
    """Return dates on a line: across a wide frame, down an upright one where there are several."""
    if dates.is_span:
        return _span(sheet, dates.moments[0], dates.moments[1])
    if len(dates.moments) == 1:
        return _moment(sheet, dates.moments[0])
    return (_across if sheet.grid.is_wide else _down)(sheet, dates.moments)


def _moment(sheet: Sheet, moment: Moment) -> Block:
    place, look = column(sheet.grid), sheet.look
    date = type_block(sheet, moment.date, place, DISPLAY * 1.2, look.accent, most_lines=1)
    line = _line(sheet, place, [(0, sheet.second(moment.date.at))], 0.1)
    blocks = [date, space(sheet.gap(0.02)), line, space(sheet.gap(0.04))]
    if moment.label:
        rank = HEADLINE * (0.75 if sheet.grid.is_wide else 0.55)
        blocks += [type_block(sheet, capital(moment.label), place, rank, look.ink, most_lines=3)]
    return stacked(blocks)


def _span(sheet: Sheet, first: Moment, last: Moment) -> Block:
    place, look = column(sheet.grid), sheet.look
    half = even(place.width * 0.48)
    rank = DISPLAY * (0.9 if sheet.grid.is_wide else 0.48)
    right = Column(place.left + place.width - half, half)
    begin = type_block(sheet, first.date, Column(place.left, half), rank, look.accent, most_lines=1)
    end = type_block(sheet, last.date, right, rank, look.accent, most_lines=1, align="end")
    times = [sheet.second(one.date.at) for one in (first, last)]
    line = _line(sheet, place, [(0, times[0]), (place.width, times[1])], times[0], is_accent=True)
    blocks = [_level([begin, end]), space(sheet.gap(0.02)), line, space(sheet.gap(0.04))]
    if first.label:
        blocks += [
            type_block(sheet, capital(first.label), place, HEADLINE * 0.75, look.ink, most_lines=3)
        ]
    return stacked(blocks)


def _across(sheet: Sheet, moments: Sequence[Moment]) -> Block:
    place, look = column(sheet.grid), sheet.look
    places = _places(moments, place.width)
    gutter = sheet.gap(0.04)
    widths = [after - here - gutter for here, after in pairwise([*places, place.width])]
    rank = TITLE if len(moments) == 2 else BODY * 1.15  # noqa: PLR2004
    dates, labels = [], []
    for moment, at, width in zip(moments, places, widths, strict=True):
        room = Column(place.left + at, width)
        dates.append(type_block(sheet, moment.date, room, HEADLINE, look.accent, most_lines=2))
        if moment.label:
            labels.append(
                type_block(
                    sheet,
                    capital(moment.label),
                    room,
                    rank,
                    look.ink,
                    weight="SemiBold",
                    most_lines=5,
                )
            )
    dots = [(at, _begin(sheet, moment)) for moment, at in zip(moments, places, strict=True)]
    gap = space(sheet.gap(0.03))
    line = _line(sheet, place, dots, 0.1)
    return stacked(
        [_level(dates, at_foot=True), gap, line, gap, *([_level(labels)] if labels else [])]
    )


def _down(sheet: Sheet, moments: Sequence[Moment]) -> Block:
    place, look = column(sheet.grid), sheet.look
    dot, thick = sheet.gap(_DOT), max(2, sheet.gap(_THICK))
    left = place.left + dot + sheet.gap(0.05)
    room = Column(left, place.left + place.width - left)
    rows = [_row(sheet, moment, room) for moment in moments]
    height = sum(row.height for row in rows)

    def parts(top: int) -> Sequence[Part]:
        x = place.left + even((dot - thick) / 2)
        drawn: list[Part] = [Rectangle(x, top, thick, height, yuv(look.line), 0.1, 1.4, "down")]
        y = top
        for row, moment in zip(rows, moments, strict=True):
            overlay = Overlay(place.left, y + sheet.gap(0.022), disc(dot), yuv(look.accent))
            drawn.append(Shape(overlay, _begin(sheet, moment)))
            drawn += row.place(y)
            y += row.height
        return drawn

    return Block(height, parts)


def _row(sheet: Sheet, moment: Moment, column: Column) -> Block:
    """Return a date with what happened under it."""
    look = sheet.look
    blocks = [type_block(sheet, moment.date, column, TITLE * 1.15, look.accent, most_lines=1)]
    if moment.label:
        text = capital(moment.label)
        blocks.append(
            type_block(sheet, text, column, BODY, look.ink, weight="SemiBold", most_lines=3)
        )
    return stacked([*blocks, space(sheet.gap(0.045))])


def _begin(sheet: Sheet, moment: Moment) -> float:
    """Return when the first words of a moment are said, its date or what happened."""
    said = [moment.date, moment.label] if moment.label else [moment.date]
    return min(sheet.second(one.at) for one in said)


def _places(moments: Sequence[Moment], width: int) -> list[int]:
    """Return where moments stand on a line: to scale where each has room for its words."""
    least = width * _LEAST_COLUMN
    years = [moment.year for moment in moments]
    room = width - least
    span = years[-1] - years[0] or 1.0  # of one year alone, which leaves no room for words
    scaled = [even((year - years[0]) / span * room) for year in years]
    if all(after - before >= least for before, after in pairwise(scaled)):
        return scaled
    return [even(width * number / len(moments)) for number in range(len(moments))]


def _line(
    sheet: Sheet,
    place: Column,
    dots: Sequence[tuple[int, float]],
    begin: float,
    *,
    is_accent: bool = False,
) -> Block:
    """Return a line across the column with dots on it, each of which appears at its second."""
    dot, thick = sheet.gap(_DOT), max(2, sheet.gap(_THICK))
    accent = yuv(sheet.look.accent)
    last = max(second for _, second in dots)
    seconds = max(_LINE_SECONDS, last - begin) if is_accent else _LINE_SECONDS

    def parts(top: int) -> Sequence[Part]:
        y = top + even((dot - thick) / 2)
        colour = accent if is_accent else yuv(sheet.look.line)
        drawn: list[Part] = [
            Rectangle(place.left, y, place.width, thick, colour, max(0.1, begin), seconds)
        ]
        for at, second in dots:
            left = place.left + min(at, place.width - dot)
            drawn.append(Shape(Overlay(left, top, disc(dot), accent), second))
        return drawn

    return Block(dot, parts)


def _level(blocks: Sequence[Block], *, at_foot: bool = False) -> Block:
    """Return blocks side by side, level at their tops or at their feet."""
    height = max(block.height for block in blocks)

    def place(top: int) -> list[Part]:
        return [
            part
            for block in blocks
            for part in block.place(top + (height - block.height if at_foot else 0))
        ]

    return Block(height, place)
