"""Source frames made to fit the cut: turned upright, cropped or set on a ground, BT.709."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import numpy as np
from av import VideoFormat, VideoFrame
from av.filter import Graph
from PIL import Image

from videogen.domain.video import CENTRED, Framing
from videogen.media.fitting import (
    Filters,
    SourceFormat,
    filters,
    format_of,
    ground_filters,
    within,
)
from videogen.media.frames import PIXEL_FORMAT, planes_of
from videogen.media.stills import Colour, background_for, composited


class Conformer:
    """Fits frames of any format to one size; keeps its filter chains while the format stays."""

    def __init__(
        self,
        width: int,
        height: int,
        pixel_aspect: Fraction | None,
        framing: Framing = CENTRED,
    ) -> None:
        self._size = (width, height)
        self._pixel_aspect = pixel_aspect or Fraction(1)
        self._framing = framing
        self._background: Colour | None = None
        self._source: SourceFormat | None = None
        self._picture: Graph | None = None
        self._ground: Graph | None = None

    def conform(self, frame: VideoFrame) -> VideoFrame:
        """Return the frame at the cut's size as limited-range BT.709 yuv420p.

        A frame that is so already comes back itself.
        """
        if _has_alpha(frame.format.name):
            frame = self._opaque(frame)
        source = format_of(frame, self._pixel_aspect)
        if source != self._source:
            self._source = source
            self._prepare(source, frame)
        picture = _passed(self._picture, frame)
        return picture if self._ground is None else _laid_over(picture, self._ground)

    def _prepare(self, source: SourceFormat, frame: VideoFrame) -> None:
        self._picture = self._ground = None
        ready = SourceFormat(*self._size, PIXEL_FORMAT, Fraction(1), 0, "bt709", False, False)
        if source == ready:
            return
        seen = within(source.shown_size, self._size) if self._framing.whole else self._size
        self._picture = _graph(filters(source, seen, self._framing), frame)
        if seen != self._size:
            self._ground = _graph(ground_filters(seen, self._size), VideoFrame(*seen, PIXEL_FORMAT))

    def _opaque(self, frame: VideoFrame) -> VideoFrame:
        """Return a frame over the background that the first such frame was given."""
        picture = Image.fromarray(frame.to_ndarray(format="rgba"))
        if self._background is None:
            self._background = background_for(picture)
        pixels = np.asarray(composited(picture, self._background))
        opaque = VideoFrame.from_ndarray(pixels, "rgb24")
        opaque.pts, opaque.time_base = frame.pts, frame.time_base
        return opaque


def _graph(steps: Filters, frame: VideoFrame) -> Graph:
    """Return a chain of filters for frames like this one."""
    graph = Graph()
    graph.threads = 1
    chain = [
        graph.add_buffer(
            width=frame.width,
            height=frame.height,
            format=frame.format,
            time_base=frame.time_base or Fraction(1, 1000),
        )
    ]
    for name, arguments in steps:
        chain.append(graph.add(name, arguments))
    chain.append(graph.add("buffersink"))
    graph.link_nodes(*chain)
    graph.configure(auto_buffer=False)
    return graph


def _passed(graph: Graph | None, frame: VideoFrame) -> VideoFrame:
    if graph is None:
        return frame
    graph.vpush(frame)
    return graph.vpull()


def _laid_over(picture: VideoFrame, ground: Graph) -> VideoFrame:
    """Return a picture in the middle of the ground that is made from it."""
    result = _passed(ground, picture)
    for below, above in zip(planes_of(result), planes_of(picture), strict=True):
        rows, columns = above.shape
        # Half of an even margin of luma is the margin of chroma.
        top, left = ((a - b) // 2 for a, b in zip(below.shape, above.shape, strict=True))
        below[top : top + rows, left : left + columns] = above
    return result


@cache
def _has_alpha(pixel_format: str) -> bool:
    return any(component.is_alpha for component in VideoFormat(pixel_format).components)
