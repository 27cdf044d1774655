"""Frames in the one pixel format of a cut, and their planes."""

from __future__ import annotations

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
