"""Cards of words: ideas with an icon, quotations, lists, definitions, titles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from videogen.assembly.cards.blocks import (
    Block,
    Column,
    Sheet,
    beside,
    capital,
    column,
    rule_block,
    space,
    stacked,
    type_block,
)
from videogen.assembly.cards.parts import Part, Rectangle, Shape
from videogen.assembly.fonts import TYPEFACES
from videogen.assembly.lettering import Mask
from videogen.assembly.overlay import Overlay
from videogen.assembly.style import BODY, DISPLAY, HEADLINE, TITLE, even
from videogen.domain.footage import Card
from videogen.language.statements.content import (
    Definition,
    Enumeration,
    Idea,
    Quotation,
    Said,
)
from videogen.language.statements.icons import glyphs
from videogen.media.frames import yuv

_FIRST_SECONDS = 0.3
# An icon is a riddle as long as its phrase is not there.
_LATEST_SECONDS = 1.0
# A whole sentence takes more lines than a phrase of so many words.
_MOST_WORDS = 8
_ICON, _ICON_STACKED = 0.46, 0.34
_TINT = 0.28
_STAGGER_SECONDS = 0.12
_ICON_FONT = TYPEFACES / "Phosphor-Duotone.ttf"


def idea_card(sheet: Sheet, idea: Idea) -> Block:
    """Return a phrase beside its icon, or beneath it where the frame is not wide."""
    place = column(sheet.grid)
    said = sheet.second(idea.phrase.at)
    begin, when = min(_FIRST_SECONDS, said), _LATEST_SECONDS if said > _LATEST_SECONDS else None
    if idea.icon not in glyphs():
        rule = rule_block(sheet, place, sheet.gap(0.12), _FIRST_SECONDS)
        most = 3 if len(idea.phrase.text.split()) <= _MOST_WORDS else 5
        phrase = type_block(
            sheet, capital(idea.phrase), place, HEADLINE * 1.5, sheet.look.ink, most_lines=most
        )
        return stacked([rule, space(sheet.gap(0.04)), phrase])
    worded = partial(type_block, sheet, capital(idea.phrase), most_lines=4, begin=when)
    if not sheet.grid.is_wide:
        icon = _icon_block(sheet, idea.icon, place.left, _ICON_STACKED, begin)
        phrase = worded(place, HEADLINE * 1.1, sheet.look.ink)
        return stacked([icon, space(sheet.gap(0.035)), phrase])
    icon = _icon_block(sheet, idea.icon, place.left, _ICON, begin)
    left = place.left + icon.height + sheet.gap(0.08)
    beyond = Column(left, place.left + place.width - left)
    return beside([icon, worded(beyond, HEADLINE * 1.2, sheet.look.ink)])


def quotation_card(sheet: Sheet, quotation: Quotation) -> Block:
    """Return somebody's words line by line beneath a large mark, and who said them."""
    place, look = column(sheet.grid), sheet.look
    mark = type_block(sheet, Said("“", quotation.words.at), place, DISPLAY, look.accent)
    # Of the mark's line only the upper part has ink.
    mark = Block(even(mark.height * 0.5), mark.place)
    words = type_block(
        sheet, quotation.words, place, HEADLINE * 0.8, look.ink, weight="SemiBold", most_lines=6
    )
    blocks = [mark, words]
    if quotation.speaker:
        speaker = type_block(sheet, quotation.speaker, place, BODY * 1.1, look.quiet, most_lines=1)
        begin = sheet.second(quotation.speaker.at)
        rule = rule_block(sheet, place, sheet.gap(0.08), begin)
        blocks += [space(sheet.gap(0.045)), rule, space(sheet.gap(0.025)), speaker]
    return stacked(blocks)


def list_card(sheet: Sheet, listed: Enumeration) -> Block:
    """Return what is named line by line, each behind a mark of the accent's colour."""
    place, look = column(sheet.grid), sheet.look
    blocks = []
    if listed.lead:
        lead = type_block(
            sheet, capital(listed.lead), place, TITLE, look.quiet, weight="SemiBold", most_lines=2
        )
        blocks += [lead, space(sheet.gap(0.035))]
    mark = sheet.gap(0.026)
    indented = Column(place.left + mark + sheet.gap(0.035), place.width - mark - sheet.gap(0.035))
    for item in listed.items:
        text = type_block(sheet, capital(item), indented, HEADLINE * 0.85, look.ink, most_lines=1)
        row = beside([_mark_block(sheet, place.left, mark, sheet.second(item.at)), text])
        blocks += [row, space(sheet.gap(0.015))]
    return stacked(blocks[:-1])


def definition_card(sheet: Sheet, definition: Definition) -> Block:
    """Return a term, large, and its meaning beneath it."""
    place, look = column(sheet.grid), sheet.look
    term = type_block(
        sheet, capital(definition.term), place, HEADLINE * 1.3, look.ink, most_lines=2
    )
    rule = rule_block(sheet, place, sheet.gap(0.12), sheet.second(definition.term.at) + 0.2)
    meaning = type_block(
        sheet,
        capital(definition.meaning),
        place,
        TITLE * 1.1,
        look.quiet,
        weight="SemiBold",
        most_lines=5,
    )
    gap = space(sheet.gap(0.035))
    return stacked([term, gap, rule, gap, meaning])


def title_card(sheet: Sheet, card: Card) -> Block:
    """Return a phrase as a title beneath a rule; only its ground where it is empty."""
    if not card.phrase.strip():
        return stacked([])
    place = column(sheet.grid)
    rule = rule_block(sheet, place, sheet.gap(0.12), _FIRST_SECONDS)
    title = type_block(
        sheet,
        Said(card.phrase, 0),
        place,
        HEADLINE * 1.25,
        sheet.look.ink,
        most_lines=4,
        begin=_FIRST_SECONDS + _STAGGER_SECONDS,
    )
    return stacked([rule, space(sheet.gap(0.035)), title])


def _mark_block(sheet: Sheet, left: int, side: int, begin: float) -> Block:
    accent = yuv(sheet.look.accent)
    return Block(side, lambda top: [Rectangle(left, top, side, side, accent, begin, 0.3)])


def _icon_block(sheet: Sheet, name: str, left: int, share: float, begin: float) -> Block:
    side = sheet.gap(share)
    accent = yuv(sheet.look.accent)

    def parts(top: int) -> Sequence[Part]:
        areas, strokes = (_glyph(letter, side) for letter in glyphs()[name])
        tint = np.asarray(areas * _TINT, np.uint8)
        rise = round(side * 0.06)
        return [
            Shape(Overlay(left, top, tint, accent), begin, rise),
            Shape(Overlay(left, top, strokes, accent), begin, rise),
        ]

    return Block(side, parts)


def _glyph(letter: str, side: int) -> Mask:
    """Return an icon's letter in an even square, without the font's own room around it."""
    image = Image.new("L", (side, side))
    font = ImageFont.truetype(_ICON_FONT, side)
    ImageDraw.Draw(image).text((0, side), letter, fill=255, font=font, anchor="ls")
    return np.asarray(image)
