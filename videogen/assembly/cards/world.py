"""The map of the world, and views of it.

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

from videogen.assembly.lettering import Mask
from videogen.language.statements.content import Site

_HUNDREDTHS = 100.0
_SAMPLES = 2
# Degrees from south to north around one city and around several, and room around all of them.
_AROUND, _AROUND_SEVERAL, _ROOM = 26.0, 15.0, 1.7


@dataclass(frozen=True, slots=True)
class _World:
    """Rings of degrees east and north, with the number of the country that each bounds.

    `borders` are the lines that two rings share; where a ring has a line to itself is a coast.
    """

    rings: tuple[NDArray[np.float32], ...]
    owners: tuple[int, ...]
    borders: tuple[NDArray[np.float32], ...]


@dataclass(frozen=True, slots=True)
class View:
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


def view_of(sites: Sequence[Site], size: tuple[int, int]) -> View:
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
    return View((max(easts) + min(easts)) / 2, north, down * shrink, down, size)


def _around(site: Site) -> float:
    world = _world()
    rings = [
        ring for ring, owner in zip(world.rings, world.owners, strict=True) if owner == site.country
    ]
    largest = max(rings, key=lambda ring: float(np.ptp(ring[:, 0]) * np.ptp(ring[:, 1])))
    return min(120.0, max(_AROUND * 0.6, float(np.ptp(largest[:, 1])) * 2.0))


def land(view: View, country: int | None) -> Mask:
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


def _polygon(draw: ImageDraw.ImageDraw, view: View, ring: NDArray[np.float32]) -> None:
    points = view.pixels(ring)
    low, high = points.min(axis=0), points.max(axis=0)
    if (high < 0).any() or low[0] > view.size[0] or low[1] > view.size[1] or len(points) < 3:  # noqa: PLR2004
        return
    draw.polygon([tuple(point) for point in (points * _SAMPLES).tolist()], fill=255)


def borders(view: View, thick: int) -> Mask:
    """Return the borders between countries as coverage, `thick` pixels wide."""
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
