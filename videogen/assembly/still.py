"""Still pictures in slow motion: an eased pan and zoom, exact to parts of a pixel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from av import VideoFrame
from PIL import Image

from videogen.domain.video import CENTRED, Format, Framing
from videogen.media.frames import PIXEL_FORMAT, blank, planes_of
from videogen.media.stills import load_still, load_whole, over_ground, part_seen, upright_size

Box = tuple[float, float, float, float]

# How much of the picture's width is seen at the end of the move.
ZOOM = 0.86
# A picture that is shown whole may grow until it reaches the edges, and no further.
_ZOOM_WHOLE = 0.93
# Held a little larger than shown, so that it stays sharp at the near end of the zoom.
_OVERSCAN = 1.2


class StillFootage:
    """Moves over one picture for `frames` frames, to end on what matters of it.

    Raises:
        FootageError: the file is no picture.
    """

    def __init__(self, path: Path, output: Format, frames: int, framing: Framing = CENTRED) -> None:
        self._size, self._frames = output.size, frames
        canvas, end = _canvas(path, output.size, framing)
        self._start, self._end = (0.0, 0.0, 1.0, 1.0), end
        picture = VideoFrame.from_ndarray(np.asarray(canvas), "rgb24")
        yuv = picture.reformat(format=PIXEL_FORMAT, dst_colorspace="ITU709", dst_color_range="MPEG")
        self._planes = [Image.fromarray(plane.copy()) for plane in planes_of(yuv)]

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


def _canvas(path: Path, size: tuple[int, int], framing: Framing) -> tuple[Image.Image, Box]:
    """Return the picture that is moved over, and the part of it that the move ends on."""
    width, height = (round(side * _OVERSCAN / 2) * 2 for side in size)
    if framing.whole:
        bounds = (round(width * _ZOOM_WHOLE), round(height * _ZOOM_WHOLE))
        return over_ground(load_whole(path, bounds), (width, height)), _near(0.5, 0.5, _ZOOM_WHOLE)
    picture = load_still(path, (width, height), framing)
    source = upright_size(path)
    left, top, right, foot = part_seen(source, (width, height), framing)
    x = (framing.x * source[0] - left) / (right - left)
    y = (framing.y * source[1] - top) / (foot - top)
    return picture, _near(x, y, ZOOM)


def _near(x: float, y: float, zoom: float) -> Box:
    """Return the part of a picture that is `zoom` of its size and as near as can be around x, y."""
    left, top = (min(max(0.0, centre - zoom / 2), 1 - zoom) for centre in (x, y))
    return (left, top, left + zoom, top + zoom)


def _smooth(progress: float) -> float:
    """Start and end at rest (Perlin's smootherstep, 6t^5 - 15t^4 + 10t^3)."""
    t = min(1.0, max(0.0, progress))
    return t * t * t * (t * (6 * t - 15) + 10)
