"""Still pictures in slow motion: an eased pan and zoom, exact to parts of a pixel."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
from av import VideoFrame
from PIL import Image

from videogen.domain import Format
from videogen.media.frames import PIXEL_FORMAT, blank, planes_of
from videogen.media.stills import load_still

Box = tuple[float, float, float, float]

_ZOOM = 0.86
# Held a little larger than shown, so that it stays sharp at the near end of the zoom.
_OVERSCAN = 1.2


class StillFootage:
    """Moves over one picture for `frames` frames.

    The direction follows from the file's name, so a picture always moves the same way.

    Raises:
        FootageError: the file is no picture.
    """

    def __init__(self, path: Path, output: Format, frames: int) -> None:
        self._size, self._frames = output.size, frames
        canvas = tuple(round(side * _OVERSCAN / 2) * 2 for side in output.size)
        picture = VideoFrame.from_ndarray(
            np.asarray(load_still(path, (canvas[0], canvas[1]))), "rgb24"
        )
        yuv = picture.reformat(format=PIXEL_FORMAT, dst_colorspace="ITU709", dst_color_range="MPEG")
        self._planes = [Image.fromarray(plane.copy()) for plane in planes_of(yuv)]
        self._start, self._end = _move(path.name)

    def frame(self, index: int) -> VideoFrame:
        """Return the view `index` frames into the move."""
        progress = _smooth(index / max(1, self._frames - 1))
        view = [a + (b - a) * progress for a, b in zip(self._start, self._end, strict=True)]
        result = blank(*self._size)
        for target, plane in zip(planes_of(result), self._planes, strict=True):
            box = (
                view[0] * plane.width,
                view[1] * plane.height,
                view[2] * plane.width,
                view[3] * plane.height,
            )
            rows, columns = target.shape
            target[:] = np.asarray(plane.resize((columns, rows), Image.Resampling.BILINEAR, box))
        return result

    def close(self) -> None:
        """Drop the picture."""
        self._planes.clear()


def _move(name: str) -> tuple[Box, Box]:
    """Return the views at both ends of the move, in parts of the picture's width and height."""
    chance = random.Random(name)  # noqa: S311 - which way a picture moves is no secret
    x, y = (chance.uniform(0.15, 0.85) * (1 - _ZOOM) for _ in range(2))
    whole, near = (0.0, 0.0, 1.0, 1.0), (x, y, x + _ZOOM, y + _ZOOM)
    return (whole, near) if chance.random() < 0.5 else (near, whole)  # noqa: PLR2004


def _smooth(progress: float) -> float:
    """Start and end at rest (Perlin's smootherstep, 6t^5 - 15t^4 + 10t^3)."""
    t = min(1.0, max(0.0, progress))
    return t * t * t * (t * (6 * t - 15) + 10)
