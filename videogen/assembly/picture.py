"""The pictures that MoviePy composes: planes of YUV that are drawn only when they are encoded.

MoviePy asks its clips for frames to learn their size and to chain them. A picture answers with its
size at once and is drawn on demand, so a decoder's own frame reaches the encoder untouched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from av import VideoFrame

from videogen.media.frames import blank, planes_of


class FrameSource(Protocol):
    """Frames of one shot at the cut's own rate and size, asked for in rising order."""

    def frame(self, index: int) -> VideoFrame:
        """Return the frame to show `index` frames into the shot; it must not be written to."""
        ...

    def close(self) -> None:
        """Give back files and buffers."""
        ...


@dataclass(frozen=True, slots=True)
class Picture:
    """What a MoviePy clip of this package gives as its frame: a size, and how to draw it."""

    width: int
    height: int
    draw: Callable[[], VideoFrame]

    @property
    def shape(self) -> tuple[int, int, int]:
        """Rows, columns and channels, as MoviePy asks of an array."""
        return (self.height, self.width, 3)


def mixed(before: VideoFrame, after: VideoFrame, share: float) -> VideoFrame:
    """Return a crossfade of two frames; `share` is how much of the later one is seen, 0 to 1."""
    result = blank(after.width, after.height)
    weight = np.int16(round(share * 128))
    for target, first, second in zip(
        planes_of(result), planes_of(before), planes_of(after), strict=True
    ):
        # 255 x 128 is the largest product, which still fits in 16 bits.
        step = second.astype(np.int16)
        step -= first
        step *= weight
        step += 64
        step >>= 7
        step += first
        target[:] = step
    return result
