"""The card of a place: a point on a map, or a country in the accent's colour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from videogen.assembly.cards.blocks import (
    Block,
    Column,
    Sheet,
    beside,
    column,
    disc,
    line_overlay,
    panel,
    space,
    stacked,
    type_block,
)
from videogen.assembly.cards.ground import between
from videogen.assembly.cards.parts import Part, Shape
from videogen.assembly.cards.world import View, borders, land, view_of
from videogen.assembly.fonts import font_of
from videogen.assembly.lettering import Mask
from videogen.assembly.overlay import Overlay
from videogen.assembly.style import BODY, HEADLINE, even
from videogen.language.statements.content import Place, Site
from videogen.media.frames import Yuv, yuv

Box = tuple[float, float, float, float]

_MAP_SHARE = 0.58
_DOT, _RING, _PALE = 0.03, 0.085, 0.3
_SEA = 0.3  # of the land's colour
_PLATE = 0.85


def place_card(sheet: Sheet, place: Place) -> Block:
    """Return a map; one place has its name beside it, or beneath it where the frame is not wide."""
    whole = column(sheet.grid)
    share = min(1.0, sheet.scale)
    if len(place.sites) > 1:
        return _map_block(sheet, place, (whole.left, whole.width, even(sheet.grid.height * share)))
    name = place.sites[0].name
    if sheet.grid.is_wide:
        width = even(whole.width * _MAP_SHARE)
        box = (whole.left + whole.width - width, width, even(sheet.grid.height * share))
        room = Column(whole.left, whole.width - width - sheet.gap(0.06))
        text = type_block(sheet, name, room, HEADLINE * 1.1, sheet.look.ink, most_lines=3)
        return beside([text, _map_block(sheet, place, box)])
    text = type_block(sheet, name, whole, HEADLINE * 0.9, sheet.look.ink, most_lines=2)
    gap = sheet.gap(0.03)
    height = even((sheet.grid.height - text.height - gap) * share)
    chart = _map_block(sheet, place, (whole.left, whole.width, max(2, height)))
    return stacked([chart, space(gap), text])


def _map_block(sheet: Sheet, place: Place, box: tuple[int, int, int]) -> Block:
    left, width, height = box
    look = sheet.look
    view = view_of(place.sites, (width, height))

    def parts(top: int) -> Sequence[Part]:
        window = panel(width, height, sheet.gap(0.02))
        ground = np.minimum(window, land(view, None))
        lines = np.minimum(ground, borders(view, max(1, sheet.gap(0.003))))
        sea = between(look.ground[1], look.line, _SEA)
        drawn: list[Part] = [
            Shape(Overlay(left, top, window, sea), 0.0),
            Shape(Overlay(left, top, ground, yuv(look.line)), 0.05),
            Shape(Overlay(left, top, lines, sea), 0.05),
        ]
        spots = [_spot(view, site, (left, top)) for site in place.sites]
        labels = _labels(sheet, place.sites, spots, (left, top, width, height))
        for site, spot, label in zip(place.sites, spots, labels, strict=True):
            begin = max(0.2, sheet.second(site.name.at))
            if site.country is not None:
                # Neighbours that are both named have their border between them.
                shape = np.minimum(np.minimum(window, land(view, site.country)), 255 - lines)
                drawn.append(Shape(Overlay(left, top, shape, yuv(look.accent)), begin))
            else:
                drawn += _point(sheet, spot, begin)
            if len(place.sites) > 1:
                drawn += (Shape(overlay, begin + 0.1) for overlay in label)
        return drawn

    return Block(height, parts)


def _spot(view: View, site: Site, corner: tuple[int, int]) -> tuple[float, float]:
    x, y = view.pixels(np.array([[site.longitude, site.latitude]], np.float32))[0]
    return corner[0] + float(x), corner[1] + float(y)


def _point(sheet: Sheet, spot: tuple[float, float], begin: float) -> Sequence[Part]:
    """Return a city's dot within a paler ring."""
    accent = yuv(sheet.look.accent)
    ring, dot = disc(sheet.gap(_RING)), disc(sheet.gap(_DOT))
    pale = np.asarray(ring * _PALE, np.uint8)
    return [Shape(_centred(mask, *spot, accent), begin) for mask in (pale, dot)]


def _labels(
    sheet: Sheet,
    sites: Sequence[Site],
    spots: Sequence[tuple[float, float]],
    window: tuple[int, int, int, int],
) -> list[Sequence[Overlay]]:
    """Return the names of places, each on that side of its point where the most room is left.

    The name of a country, which is all of the accent's colour, stands on a plate.
    """
    away = sheet.gap(_RING / 2)
    taken = [(x - away, y - away, x + away, y + away) for x, y in spots]
    overlays: list[Sequence[Overlay]] = []
    for site, (x, y) in zip(sites, spots, strict=True):
        font = font_of("Bold", sheet.letters(BODY), site.name.text)
        width, height = font.length(site.name.text), font.ascent + font.descent
        gap = away + sheet.gap(0.012)
        corners = (
            (x + gap, y - height / 2),
            (x - gap - width, y - height / 2),
            (x - width / 2, y - gap - height),
            (x - width / 2, y + gap),
        )
        boxes = [_within((left, top, left + width, top + height), window) for left, top in corners]
        best = min(boxes, key=lambda box: sum(_overlap(box, other) for other in taken))
        taken.append(best)
        place = Column(even(best[0]), even(width) + 4)
        colour = yuv(sheet.look.ink)
        name = line_overlay(site.name.text, font, place, even(best[1]), colour)
        plate = [] if site.country is None else [_plate(sheet, best)]
        overlays.append([*plate, name])
    return overlays


def _plate(sheet: Sheet, box: Box) -> Overlay:
    """Return a panel of the ground's colour that is a little larger than a box."""
    room = sheet.gap(0.008)
    width, height = even(box[2] - box[0]) + 4 + 2 * room, even(box[3] - box[1] + room)
    mask = np.asarray(panel(width, height, sheet.gap(0.01)) * _PLATE, np.uint8)
    return Overlay(
        even(box[0]) - even(room), even(box[1] - room / 2), mask, yuv(sheet.look.ground[1])
    )


def _within(box: Box, window: tuple[int, int, int, int]) -> Box:
    """Return a box moved as far as it takes to lie inside a window of left, top, width, height."""
    left, top, width, height = window
    edge = width / 40
    x = max(left + edge, min(box[0], left + width - (box[2] - box[0]) - edge))
    y = max(top + 4, min(box[1], top + height - (box[3] - box[1]) - 4))
    return (x, y, x + box[2] - box[0], y + box[3] - box[1])


def _overlap(one: Box, other: Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, across) * max(0.0, down)


def _centred(mask: Mask, x: float, y: float, colour: Yuv) -> Overlay:
    return Overlay(even(x - mask.shape[1] / 2), even(y - mask.shape[0] / 2), mask, colour)
