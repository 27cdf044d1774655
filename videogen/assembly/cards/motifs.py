"""What moves over a card's background: each motif lights a small luma field at a moment."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]


class Motif(Protocol):
    """Light and shade with depth, over a luma field of rows x columns in 16 to 235."""

    def lit(self, field: Field, seconds: float) -> Field:
        """Return the field with the motif on it; the field may be changed."""
        ...


class Bokeh:
    """Lights out of focus in three depths, the near ones larger, softer and faster."""

    def __init__(self, size: tuple[int, int], chance: np.random.Generator) -> None:
        self._size = size
        unit = min(size)
        self._layers = [
            (
                _discs(size, chance, count, unit * radius, soft),
                strength,
                chance.uniform(0, 2 * math.pi),
                unit * travel,
            )
            for count, radius, soft, strength, travel in (
                (40, 0.035, 0.35, 20.0, 0.05),
                (24, 0.085, 0.25, 17.0, 0.11),
                (13, 0.19, 0.45, 15.0, 0.2),
            )
        ]

    def lit(self, field: Field, seconds: float) -> Field:
        """Add the three layers, each where its drift has brought it."""
        for layer, strength, angle, travel in self._layers:
            sway = math.sin(seconds * 0.22 + angle)
            x = travel * (1.5 + 1.2 * sway + 0.05 * seconds)
            y = travel * (1.5 + 1.2 * math.cos(seconds * 0.17 + angle))
            field += strength * _window(layer, x, y, self._size)
        return field


class Ridges:
    """Hills behind hills, darker the nearer, sliding past at their own speeds."""

    def __init__(self, size: tuple[int, int], chance: np.random.Generator) -> None:
        self._width, self._height = size
        self._rows = np.arange(self._height, dtype=np.float32)[:, None]
        self._columns = np.arange(self._width, dtype=np.float32) / self._width
        self._phases: list[list[float]] = chance.uniform(0, 2 * math.pi, (4, 3)).tolist()
        self._way = float(chance.choice((-1.0, 1.0)))

    def lit(self, field: Field, seconds: float) -> Field:
        """Shade what lies behind each crest, from the farthest to the nearest."""
        x = self._columns * 2 * math.pi
        for depth, (first, second, third) in enumerate(self._phases):
            way = self._way * seconds * (0.03 + 0.03 * depth)
            crest = 0.055 * np.sin(x * 0.9 + (first + way * 2.0))
            crest += 0.03 * np.sin(x * 2.1 + (second + way * 3.1))
            crest += 0.012 * np.sin(x * 4.3 + (third + way * 4.2))
            crest += 0.52 + 0.115 * depth
            crest *= self._height
            top = max(0, int(crest.min()) - 1)
            deep = self._rows[top:] - crest
            below = np.clip(deep / 1.6 + 0.5, 0, 1)
            # Haze: each hill is shaded most at its foot, and its crest catches light.
            rim = np.clip(1 - np.abs(deep) / (0.05 * self._height), 0, 1)
            field[top:] *= 1 - 0.14 * below
            field[top:] += 5.0 * below * rim
        return field


class Beams:
    """Broad slanting shafts of light that cross slowly."""

    def __init__(self, size: tuple[int, int], chance: np.random.Generator) -> None:
        width, height = size
        angle = chance.uniform(0.25, 0.6) * chance.choice((-1, 1))
        x = np.linspace(0, width / height, width)[None, :]
        y = np.linspace(0, 1, height)[:, None]
        along = x * math.cos(angle) + y * math.sin(angle)
        self._waves = [
            (
                (strength * np.cos(along * pitch)).astype(np.float32),
                (strength * np.sin(along * pitch)).astype(np.float32),
                speed * chance.choice((-1, 1)),
                chance.uniform(0, 2 * math.pi),
            )
            for pitch, strength, speed in ((3.1, 9.0, 0.25), (7.3, 8.0, 0.4), (15.7, 5.0, 0.6))
        ]
        self._fall = (1.0 - 0.55 * y).astype(np.float32)

    def lit(self, field: Field, seconds: float) -> Field:
        """Add the waves; a travelling cosine is a mix of two that stand."""
        shafts = np.zeros_like(field)
        for cosine, sine, speed, phase in self._waves:
            turn = phase + speed * seconds
            shafts += math.cos(turn) * cosine + math.sin(turn) * sine
        shafts *= self._fall
        field += shafts
        return field


class Ripples:
    """Rings that widen from a point outside the frame, like light through water."""

    def __init__(self, size: tuple[int, int], chance: np.random.Generator) -> None:
        width, height = size
        x = np.linspace(0, width / height, width)[None, :] - chance.choice((-0.2, 1.0, 2.0))
        y = np.linspace(0, 1, height)[:, None] - chance.choice((-0.35, 1.35))
        far = np.hypot(x, y)
        self._waves = [
            (
                (strength * np.cos(far * pitch)).astype(np.float32),
                (strength * np.sin(far * pitch)).astype(np.float32),
                speed,
            )
            for pitch, strength, speed in ((9.0, 7.0, 0.5), (17.0, 5.5, 0.8), (41.0, 2.6, 1.1))
        ]

    def lit(self, field: Field, seconds: float) -> Field:
        """Add the rings as they have widened by now."""
        for cosine, sine, speed in self._waves:
            field += math.cos(speed * seconds) * cosine + math.sin(speed * seconds) * sine
        return field


MotifFactory = Callable[[tuple[int, int], np.random.Generator], Motif]

MOTIFS: tuple[MotifFactory, ...] = (
    Bokeh,
    Ridges,
    Beams,
    Ripples,
)


def _discs(
    size: tuple[int, int], chance: np.random.Generator, count: int, radius: float, soft: float
) -> Field:
    """Return discs with soft rims on a field that repeats after twice the frame's width and height.

    It holds a frame more than that, so that a window beginning anywhere in it lies inside.
    """
    width, height = size[0] * 2, size[1] * 2
    y, x = np.ogrid[0:height, 0:width]
    field = np.zeros((height, width), np.float32)
    for _ in range(count):
        reach = radius * chance.uniform(0.7, 1.3)
        across = _around(x - chance.uniform(0, width), width)
        far = (np.hypot(across, _around(y - chance.uniform(0, height), height)) / reach).astype(
            np.float32
        )
        disc = np.clip((1 - far) / soft, 0, 1)
        field += disc * (0.65 + 0.35 * np.clip(far, 0, 1)) * chance.uniform(0.4, 1.0)
    return np.pad(field, ((0, size[1] + 1), (0, size[0] + 1)), "wrap")


def _around(distance: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Return distances the shorter way round on a circle of that length."""
    return (distance + length / 2) % length - length / 2


def _window(layer: Field, x: float, y: float, size: tuple[int, int]) -> Field:
    """Return the part of a repeating layer at a position in parts of a pixel, bilinearly."""
    x, y = x % (2 * size[0]), y % (2 * size[1])
    column, row = int(x), int(y)
    right, down = np.float32(x - column), np.float32(y - row)
    part = layer[row : row + size[1] + 1, column : column + size[0] + 1]
    upper = part[:, :-1] * (1 - right) + part[:, 1:] * right
    return np.asarray(upper[:-1] * (1 - down) + upper[1:] * down, np.float32)
