"""Moving backgrounds of cards, drawn small in ten bits, scaled up with dither, so without bands."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from av import VideoFrame
from numpy.typing import NDArray

from videogen.assembly.cards.motifs import MotifFactory
from videogen.media.frames import PIXEL_FORMAT, planes_of, yuv

Field = NDArray[np.float32]
Points = NDArray[np.float64]

_SHRINK = 4
_TEN_BITS = 4.0
_GRAIN = 0.9
_DARKEST, _BRIGHTEST = 24.0, 222.0
_ORBIT = 0.16


@dataclass(frozen=True, slots=True)
class Palette:
    """Web colours; `lights` glow over `base`, and `accent` marks the phrase."""

    base: str
    lights: tuple[str, str, str, str]
    accent: str


PALETTES = (
    Palette("#10305c", ("#1f6fb5", "#17406f", "#3aa0c9", "#2b3f8f"), "#ffd166"),  # harbour
    Palette("#3b1f5b", ("#7b3fa0", "#4a2a83", "#c0568f", "#2f3f93"), "#ffb4a2"),  # dusk
    Palette("#0f4a4a", ("#1f8a7d", "#14606b", "#5bb98c", "#1c4f74"), "#ffe08a"),  # lagoon
    Palette("#5a2436", ("#a8434b", "#74304f", "#d9805a", "#50306a"), "#ffe3b3"),  # ember
    Palette("#26384f", ("#4d6f91", "#35506e", "#8197a8", "#49507f"), "#9be7ff"),  # slate
    Palette("#20452f", ("#4c8a4f", "#2c6350", "#93ad55", "#275c6b"), "#f6f3a0"),  # moss
    Palette("#5c3a1e", ("#a8702f", "#7a4a2c", "#d3a24e", "#6a3846"), "#fff0c9"),  # amber
    Palette("#1b3a7a", ("#4264d6", "#2a4aa6", "#7a6ae0", "#1f77a8"), "#b8f2e6"),  # cobalt
)


class Background:
    """Coloured lights that wander over a dark colour behind one moving motif.

    The colour at a point is the mean of all lights weighted by their nearness; each light is the
    outer product of two Gaussians, so a whole field of them is one small matrix product.
    """

    def __init__(
        self,
        palette: Palette,
        motif: MotifFactory,
        size: tuple[int, int],
        chance: np.random.Generator,
    ) -> None:
        self._size = size
        self._small = (_shrunk(size[0]), _shrunk(size[1]))
        colours = [yuv(colour) for colour in (palette.base, *palette.lights, palette.base)]
        self._colours = np.array(
            [(colour.luma, colour.blue, colour.red) for colour in colours], np.float32
        ).T
        lights = self._colours.shape[1]
        # Spread over the frame by equal shares, so that no corner goes without light.
        turns = (np.arange(lights) + chance.uniform(0, 0.5, lights)) / lights * 2 * math.pi
        reach = chance.uniform(0.2, 0.55, lights)
        self._homes = 0.5 + np.array([np.cos(turns), np.sin(turns)]) * reach
        self._phases = chance.uniform(0, 2 * math.pi, (2, lights))
        self._speeds = chance.uniform(0.25, 0.6, (2, lights)) * chance.choice((-1, 1), (2, lights))
        self._widths = np.asarray(chance.uniform(0.05, 0.12, lights))
        self._vignette = _vignette(*self._small)
        self._motif = motif(self._small, chance)
        self._grain = _grain(size, chance)

    def frame(self, seconds: float) -> VideoFrame:
        """Return a new frame of the background at a moment; it may be written to."""
        small = VideoFrame(self._small[0], self._small[1], "yuv420p10le")
        small.color_range = 1
        places = self._homes + _ORBIT * np.sin(self._phases + self._speeds * seconds)
        luma = self._field(0, places, self._small)
        unlit = luma.copy()
        luma = self._motif.lit(luma, seconds)
        luma *= self._vignette
        np.clip(luma, _DARKEST, _BRIGHTEST, out=luma)
        # Colour fades with the shade that falls on it, or the shadows would glow.
        shade = np.minimum(1, luma[::2, ::2] / unlit[::2, ::2])
        half = (self._small[0] // 2, self._small[1] // 2)
        chroma = [128 + (self._field(number, places, half) - 128) * shade for number in (1, 2)]
        for plane, field in zip(small.planes, (luma, *chroma), strict=True):
            target = np.frombuffer(memoryview(plane), np.uint16).reshape(plane.height, -1)
            target[:, : plane.width] = field * _TEN_BITS
        full = small.reformat(*self._size, format=PIXEL_FORMAT, interpolation="BICUBIC", threads=1)
        # Unsigned bytes wrap, so adding 255 takes one away; luma stays clear of both ends.
        rows = planes_of(full)[0]
        rows += self._grain
        return full

    def _field(self, channel: int, places: Points, size: tuple[int, int]) -> Field:
        colours = self._colours[channel]
        across = _bells(places[0], self._widths, size[0])
        down = _bells(places[1], self._widths, size[1])
        near = down.T @ across
        near += 1e-4
        field = np.asarray((down * colours[:, None]).T @ across, np.float32)
        field += 1e-4 * colours[0]
        field /= near
        return field


def _shrunk(side: int) -> int:
    return max(2, round(side / _SHRINK / 2) * 2)


def _bells(centres: Points, widths: Points, length: int) -> Field:
    along = np.linspace(0, 1, length)
    bells = np.exp(-((along[None, :] - centres[:, None]) ** 2) / (2 * widths[:, None]))
    return bells.astype(np.float32)


def _vignette(width: int, height: int) -> Field:
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    return (1.03 - 0.11 * (x * x + y * y) ** 1.2).astype(np.float32)


def _grain(size: tuple[int, int], chance: np.random.Generator) -> NDArray[np.uint8]:
    noise = np.clip(np.rint(chance.normal(0, _GRAIN, (size[1], size[0]))), -3, 3)
    return noise.astype(np.int8).view(np.uint8)
