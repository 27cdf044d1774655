"""The still ground of a card: one colour that goes over into another, without bands."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from av import VideoFrame

from videogen.media.frames import Yuv, blank, planes_of, yuv


@lru_cache(maxsize=4)
def ground(colours: tuple[str, str], size: tuple[int, int]) -> VideoFrame:
    """Return the ground, from the first colour at the top left to the second; not to be written to."""
    frame = blank(*size)
    first, last = map(yuv, colours)
    chance = np.random.default_rng(0)
    channels = ((first.luma, last.luma), (first.blue, last.blue), (first.red, last.red))
    for plane, (begin, end) in zip(planes_of(frame), channels, strict=True):
        rows, columns = plane.shape
        down = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
        right = np.linspace(0, 1, columns, dtype=np.float32)[None, :]
        share = 0.75 * down + 0.25 * right
        # Noise of one step before rounding leaves no band to be seen.
        noise = chance.random(plane.shape, dtype=np.float32)
        plane[:] = np.floor(begin + (end - begin) * share + noise)
    return frame


def between(one: str, other: str, share: float) -> Yuv:
    """Return the colour between two; `share` is how much of the other it has."""
    first, second = yuv(one), yuv(other)
    return Yuv(
        first.luma + (second.luma - first.luma) * share,
        first.blue + (second.blue - first.blue) * share,
        first.red + (second.red - first.red) * share,
    )
