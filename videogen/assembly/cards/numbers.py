"""The card of one number, which counts up to what is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from videogen.assembly.cards.blocks import (
    Block,
    Column,
    Sheet,
    capital,
    column,
    space,
    stacked,
    type_block,
)
from videogen.assembly.cards.parts import Count, Part, Rectangle
from videogen.assembly.fonts import Font, font_of
from videogen.assembly.lettering import Mask, line_mask
from videogen.assembly.overlay import Overlay
from videogen.assembly.style import DISPLAY, HEADLINE, TITLE, even
from videogen.language.statements.content import Figure, Number
from videogen.media.frames import Yuv, yuv

# A figure begins to count a little before it is said, so that both arrive together.
AHEAD_SECONDS, COUNT_SECONDS = 0.5, 0.9
_LARGEST = 1.6  # of the display size
_SIGN = 0.5  # of its size, scales and units beside the digits
_STEPS = 40
_WHOLE = 100.0
_PERCENT = frozenset({"%", "percent", "per cent"})
_NO_SPACE = frozenset({"%", "°", "°C", "°F"})


def number_card(sheet: Sheet, number: Number) -> Block:
    """Return a figure as large as fits, between what its sentence says before and behind it."""
    place, look = column(sheet.grid), sheet.look
    blocks = []
    if number.lead:
        lead = type_block(
            sheet, capital(number.lead), place, TITLE, look.quiet, weight="SemiBold", most_lines=2
        )
        blocks += [lead, space(sheet.gap(0.01))]
    blocks += [_figure_block(sheet, number.figure, place)]
    if number.tail:
        if number.figure.after.strip() in _PERCENT and number.tail.text.startswith("of "):
            blocks += [_share_block(sheet, number.figure, place)]
        blocks += [
            space(sheet.gap(0.02)),
            type_block(sheet, number.tail, place, HEADLINE * 0.75, look.ink, most_lines=2),
        ]
    return stacked(blocks)


def counted(figure: Figure, share: float) -> str:
    """Return a figure's digits at a share of its amount, written as the whole is."""
    whole, point, decimals = figure.digits.partition(figure.point)
    bare = "".join(letter for letter in whole if letter.isdecimal())
    if share >= 1 or not bare:
        return figure.digits
    digits = f"{int(int(bare + decimals) * share):0{len(decimals) + 1}d}"
    cut = len(digits) - len(decimals)
    mark = next((letter for letter in whole if not letter.isdecimal()), "")
    units = f"{int(digits[:cut]):,}".replace(",", mark)
    return f"{units}{point}{digits[cut:]}"


def _figure_block(sheet: Sheet, figure: Figure, place: Column) -> Block:
    largest = sheet.letters(DISPLAY * _LARGEST)
    sizes = range(largest, 3, -max(1, largest // _STEPS))
    settings = (_Setting.of(figure, size) for size in sizes)
    setting = next((one for one in settings if one.width <= place.width), _Setting.of(figure, 4))
    height = even(setting.font.size * 1.02)
    begin = max(0.1, sheet.second(figure.at) - AHEAD_SECONDS)

    def parts(top: int) -> Sequence[Part]:
        # The letters of a line stand lower in it than those of a display should.
        counting = _Counting(
            figure, setting, place.left, top - even(setting.font.size * 0.1), yuv(sheet.look.accent)
        )
        return [Count(counting.overlay, begin, COUNT_SECONDS)]

    return Block(height, parts)


def _share_block(sheet: Sheet, figure: Figure, place: Column) -> Block:
    height = sheet.gap(0.03)
    begin = max(0.1, sheet.second(figure.at) - AHEAD_SECONDS)
    part = even(place.width * min(1.0, figure.value / _WHOLE))

    def parts(top: int) -> Sequence[Part]:
        track = Rectangle(place.left, top, place.width, height, yuv(sheet.look.line), 0.1, 0.4)
        filled = Rectangle(
            place.left, top, part, height, yuv(sheet.look.accent), begin, COUNT_SECONDS
        )
        return [track, filled]

    return stacked([space(sheet.gap(0.03)), Block(height, parts), space(sheet.gap(0.02))])


@dataclass(frozen=True, slots=True)
class _Setting:
    """The fonts of a figure's digits and of what stands behind them, smaller."""

    font: Font
    sign: Font
    after: str
    width: float

    @classmethod
    def of(cls, figure: Figure, size: int) -> _Setting:
        font = font_of("Bold", size, figure.text)
        sign = font_of("Bold", max(4, round(size * _SIGN)), figure.text)
        bare = figure.after.strip(" -")
        after = bare if bare in _NO_SPACE or not bare else f" {bare}"
        # While it counts, other digits may be wider than its own.
        widest = max(font.length(figure.before + one) for one in (figure.digits, _zeros(figure)))
        return cls(font, sign, after, widest + sign.length(after))


@dataclass(frozen=True, slots=True)
class _Counting:
    """A figure at any share of its amount; digits grow leftward, so that the unit stands still."""

    figure: Figure
    setting: _Setting
    left: int
    top: int
    colour: Yuv
    drawn: dict[str, Overlay] = field(default_factory=dict, compare=False)

    def overlay(self, share: float) -> Overlay:
        """Return the figure at a share of its amount."""
        digits = counted(self.figure, share)
        if digits not in self.drawn:
            self.drawn.clear()
            self.drawn[digits] = self._overlay(digits)
        return self.drawn[digits]

    def _overlay(self, digits: str) -> Overlay:
        font, sign = self.setting.font, self.setting.sign
        margin = even(font.size * 0.06) + 2
        head = self.figure.before + digits
        full = round(font.length(self.figure.before + self.figure.digits))
        length = round(font.length(head))
        large = line_mask(head, font, margin)
        mask = np.zeros((large.shape[0], even(self.setting.width) + 2 * margin + 4), np.uint8)
        _lay(mask, large, max(0, full - length), 0)
        if self.setting.after:
            small = line_mask(self.setting.after, sign, margin)
            _lay(mask, small, max(full, length), font.ascent - sign.ascent)
        return Overlay(self.left - margin, self.top - margin, mask, self.colour)


def _zeros(figure: Figure) -> str:
    return "".join("0" if letter.isdecimal() else letter for letter in figure.digits)


def _lay(onto: Mask, mask: Mask, left: int, top: int) -> None:
    seen = onto[top : top + mask.shape[0], left : left + mask.shape[1]]
    np.maximum(seen, mask[: seen.shape[0], : seen.shape[1]], out=seen)
