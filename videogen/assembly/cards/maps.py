"""The card of a place: a point on a map, or a country in the accent's colour.

Coasts and borders are Natural Earth's (public domain), as the package world-atlas (ISC) has them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

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
from videogen.assembly.fonts import font_of
from videogen.assembly.lettering import Mask
from videogen.assembly.overlay import Overlay
from videogen.assembly.style import BODY, HEADLINE, even
from videogen.language.statements.content import Place, Site
from videogen.media.frames import Yuv, yuv

Box = tuple[float, float, float, float]

_HUNDREDTHS = 100.0
_SAMPLES = 2
# Degrees from south to north around one city, and room around several places.
_AROUND, _AROUND_SEVERAL, _ROOM = 26.0, 15.0, 1.7
_MAP_SHARE = 0.58
_DOT, _RING, _PALE = 0.03, 0.085, 0.3
_SEA = 0.3  # of the land's colour


@dataclass(frozen=True, slots=True)
class _World:
    """Rings of degrees east and north, with the number of the country that each bounds.

    `borders` are the lines that two rings share; where a ring has a line to itself is a coast.
    """

    rings: tuple[NDArray[np.float32], ...]
    owners: tuple[int, ...]
    borders: tuple[NDArray[np.float32], ...]


@dataclass(frozen=True, slots=True)
class _View:
    """A part of the map: degrees east and north of its middle, and pixels a degree."""

    east: float
    north: float
    across: float
    down: float
    size: tuple[int, int]

    def pixels(self, degrees: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return points of (degrees east, degrees north) as columns and rows."""
        x = (degrees[:, 0] - self.east) * self.across + self.size[0] / 2
        y = (self.north - degrees[:, 1]) * self.down + self.size[1] / 2
        return np.stack([x, y], axis=1)


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
    view = _view(place.sites, (width, height))

    def parts(top: int) -> Sequence[Part]:
        window = panel(width, height, sheet.gap(0.02))
        land = np.minimum(window, _filled(view, None))
        borders = np.minimum(land, _borders(view, max(1, sheet.gap(0.003))))
        sea = between(look.ground[1], look.line, _SEA)
        drawn: list[Part] = [
            Shape(Overlay(left, top, window, sea), 0.0),
            Shape(Overlay(left, top, land, yuv(look.line)), 0.05),
            Shape(Overlay(left, top, borders, sea), 0.05),
        ]
        spots = [_spot(view, site, (left, top)) for site in place.sites]
        labels = _labels(sheet, place.sites, spots, (left, top, width, height))
        for site, spot, label in zip(place.sites, spots, labels, strict=True):
            begin = max(0.2, sheet.second(site.name.at))
            if site.country is not None:
                shape = np.minimum(window, _filled(view, site.country))
                drawn.append(Shape(Overlay(left, top, shape, yuv(look.accent)), begin))
            else:
                drawn += _point(sheet, spot, begin)
            if len(place.sites) > 1:
                drawn.append(Shape(label, begin + 0.1))
        return drawn

    return Block(height, parts)


def _spot(view: _View, site: Site, corner: tuple[int, int]) -> tuple[float, float]:
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
) -> list[Overlay]:
    """Return the names of places, each on that side of its point where the most room is left."""
    away = sheet.gap(_RING / 2)
    taken = [(x - away, y - away, x + away, y + away) for x, y in spots]
    overlays = []
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
        overlays.append(line_overlay(site.name.text, font, place, even(best[1]), colour))
    return overlays


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


def _view(sites: Sequence[Site], size: tuple[int, int]) -> _View:
    """Return a view that has all places well inside."""
    easts, norths = [one.longitude for one in sites], [one.latitude for one in sites]
    city = _AROUND if len(sites) == 1 else _AROUND_SEVERAL
    around = max(city if one.country is None else _around(one) for one in sites)
    tall = max(around, (max(norths) - min(norths)) * _ROOM)
    north = (max(norths) + min(norths)) / 2
    shrink = max(0.3, math.cos(math.radians(north)))
    wide = (max(easts) - min(easts)) * _ROOM * shrink
    down = min(size[1] / tall, size[0] / wide if wide else math.inf)
    # No more of the poles than there is.
    half = size[1] / down / 2
    north = min(north, max(0.0, 84.0 - half)) if north > 0 else max(north, min(0.0, half - 60.0))
    return _View((max(easts) + min(easts)) / 2, north, down * shrink, down, size)


def _around(site: Site) -> float:
    world = _world()
    rings = [
        ring for ring, owner in zip(world.rings, world.owners, strict=True) if owner == site.country
    ]
    largest = max(rings, key=lambda ring: float(np.ptp(ring[:, 0]) * np.ptp(ring[:, 1])))
    return min(120.0, max(_AROUND * 0.6, float(np.ptp(largest[:, 1])) * 2.0))


def _filled(view: _View, country: int | None) -> Mask:
    """Return the land of a country, or of all, as coverage."""
    width, height = view.size
    image = Image.new("L", (width * _SAMPLES, height * _SAMPLES))
    draw = ImageDraw.Draw(image)
    world = _world()
    for ring, owner in zip(world.rings, world.owners, strict=True):
        if country is None or owner == country:
            for shift in (-360.0, 0.0, 360.0):
                _polygon(draw, view, ring + np.array([shift, 0], np.float32))
    return np.asarray(image.resize((width, height), Image.Resampling.BOX))


def _polygon(draw: ImageDraw.ImageDraw, view: _View, ring: NDArray[np.float32]) -> None:
    points = view.pixels(ring)
    low, high = points.min(axis=0), points.max(axis=0)
    if (high < 0).any() or low[0] > view.size[0] or low[1] > view.size[1] or len(points) < 3:  # noqa: PLR2004
        return
    draw.polygon([tuple(point) for point in (points * _SAMPLES).tolist()], fill=255)


def _borders(view: _View, thick: int) -> Mask:
    width, height = view.size
    image = Image.new("L", (width * _SAMPLES, height * _SAMPLES))
    draw = ImageDraw.Draw(image)
    for border in _world().borders:
        points = view.pixels(border)
        low, high = points.min(axis=0), points.max(axis=0)
        if (high >= 0).all() and low[0] <= width and low[1] <= height:
            draw.line(
                [tuple(point) for point in (points * _SAMPLES).tolist()],
                fill=255,
                width=thick * _SAMPLES,
            )
    return np.asarray(image.resize((width, height), Image.Resampling.BOX))


@cache
def _world() -> _World:
    with (files("videogen.assembly") / "cards" / "world.bin").open("rb") as file:
        packed = np.load(file)
        points = packed["points"].astype(np.float32) / _HUNDREDTHS
        arcs = np.split(points, packed["arc_ends"][:-1])
        numbers = np.split(packed["rings"], packed["ring_ends"][:-1])
        owners = tuple(packed["owners"].tolist())
    rings = [
        np.concatenate([arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]) for ring in numbers
    ]
    for ring in rings:
        # What crosses the 180th meridian goes on beyond it instead of jumping back.
        ring[:, 0] = np.unwrap(ring[:, 0], period=360)
    used = Counter(int(n if n >= 0 else ~n) for ring in numbers for n in ring)
    borders = tuple(arcs[number] for number, count in used.items() if count > 1)
    return _World(tuple(rings), owners, borders)
