"""Frames in the one pixel format of a cut, their planes, and colours as they are stored in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from av import VideoFrame
from numpy.typing import NDArray

PIXEL_FORMAT = "yuv420p"

Plane = NDArray[np.uint8]


def planes_of(frame: VideoFrame) -> tuple[Plane, Plane, Plane]:
    """Return views on a yuv420p frame's luma and two chroma planes, as rows x columns of bytes."""
    luma, blue, red = (
        np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[
            :, : plane.width
        ]
        for plane in frame.planes
    )
    return luma, blue, red


def blank(width: int, height: int) -> VideoFrame:
    """Return a new frame whose planes are still to be written."""
    return VideoFrame(width, height, PIXEL_FORMAT)


def grey(width: int, height: int) -> VideoFrame:
    """Return a new frame of middle grey."""
    frame = blank(width, height)
    for plane in planes_of(frame):
        plane[:] = 128
    return frame


def copy_of(frame: VideoFrame) -> VideoFrame:
    """Return a frame of the same content that may be written to."""
    twin = blank(frame.width, frame.height)
    for ours, theirs in zip(planes_of(twin), planes_of(frame), strict=True):
        ours[:] = theirs
    return twin


@dataclass(frozen=True, slots=True)
class Yuv:
    """A colour of limited-range BT.709: luma (16 to 235), two of chroma (16 to 240, 128 is grey)."""

    luma: float
    blue: float
    red: float


def yuv(web_colour: str) -> Yuv:
    """Return a colour written as `#rrggbb` (ITU-R BT.709, section 3)."""
    r, g, b = (int(web_colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    luma = 0.2126 * r + 0.7152 * g + 0.0722 * b
    return Yuv(
        16 + 219 * luma,
        128 + 224 * (b - luma) / 1.8556,
        128 + 224 * (r - luma) / 1.5748,
    )


WHITE = yuv("#ffffff")
BLACK = yuv("#000000")
