"""Source frames made to fit the cut: turned upright, cropped to fill, scaled, BT.709."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import numpy as np
from av import VideoFormat, VideoFrame
from av.filter import Graph
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from PIL import Image

from videogen.media.frames import PIXEL_FORMAT
from videogen.media.stills import Colour, background_for, composited

_HD_LINES = 720
_HDR_CURVES = (ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67)
_MATRICES = {
    Colorspace.ITU709.value: "bt709",
    Colorspace.FCC.value: "fcc",
    Colorspace.ITU624.value: "bt470bg",
    Colorspace.SMPTE170M.value: "smpte170m",
    Colorspace.SMPTE240M.value: "smpte240m",
    Colorspace.BT2020.value: "bt2020",
}


@dataclass(frozen=True, slots=True)
class SourceFormat:
    """What decides how a frame is conformed; `rotation` is in degrees counter-clockwise."""

    width: int
    height: int
    pixel_format: str
    pixel_aspect: Fraction
    rotation: int
    matrix: str
    full_range: bool
    wide_gamut: bool


class Conformer:
    """Fits frames of any format to one size; keeps its filter chain while the format stays."""

    def __init__(self, width: int, height: int, pixel_aspect: Fraction | None) -> None:
        self._width, self._height = width, height
        self._pixel_aspect = pixel_aspect or Fraction(1)
        self._background: Colour | None = None
        self._source: SourceFormat | None = None
        self._graph: Graph | None = None

    def conform(self, frame: VideoFrame) -> VideoFrame:
        """Return the frame at the cut's size as limited-range BT.709 yuv420p.

        A frame that is so already comes back itself.
        """
        if _has_alpha(frame.format.name):
            frame = self._opaque(frame)
        source = _format_of(frame, self._pixel_aspect)
        if source != self._source:
            self._source = source
            self._graph = self._graph_for(source, frame)
        if self._graph is None:
            return frame
        self._graph.vpush(frame)
        return self._graph.vpull()

    def _opaque(self, frame: VideoFrame) -> VideoFrame:
        """Return a frame over the background that the first such frame was given."""
        picture = Image.fromarray(frame.to_ndarray(format="rgba"))
        if self._background is None:
            self._background = background_for(picture)
        pixels = np.asarray(composited(picture, self._background))
        opaque = VideoFrame.from_ndarray(pixels, "rgb24")
        opaque.pts, opaque.time_base = frame.pts, frame.time_base
        return opaque

    def _graph_for(self, source: SourceFormat, frame: VideoFrame) -> Graph | None:
        ready = SourceFormat(
            self._width, self._height, PIXEL_FORMAT, Fraction(1), 0, "bt709", False, False
        )
        if source == ready:
            return None
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
        for name, arguments in _filters(source, self._width, self._height):
            chain.append(graph.add(name, arguments))
        chain.append(graph.add("buffersink"))
        graph.link_nodes(*chain)
        graph.configure(auto_buffer=False)
        return graph


@cache
def _has_alpha(pixel_format: str) -> bool:
    return any(component.is_alpha for component in VideoFormat(pixel_format).components)


def _format_of(frame: VideoFrame, pixel_aspect: Fraction) -> SourceFormat:
    name = frame.format.name
    full = frame.color_range == ColorRange.JPEG or name.startswith("yuvj") or frame.format.is_rgb
    assumed = "bt709" if frame.height >= _HD_LINES else "smpte170m"
    return SourceFormat(
        frame.width,
        frame.height,
        name,
        pixel_aspect,
        frame.rotation % 360,
        _MATRICES.get(frame.colorspace, assumed),
        full,
        frame.color_primaries == ColorPrimaries.BT2020 or frame.color_trc in _HDR_CURVES,
    )


def _filters(source: SourceFormat, width: int, height: int) -> list[tuple[str, str]]:
    """Return the chain of filters, each with its arguments.

    The crop comes before the scaler, so that only what is seen is scaled.
    """
    crop_width, crop_height = _crop(source, Fraction(width, height))
    chain = [("crop", f"w={crop_width}:h={crop_height}:exact=1")]
    turned = source.rotation in (90, 270)
    size = (height, width) if turned else (width, height)
    colour = (
        ""
        if source.pixel_format.startswith(("rgb", "bgr", "gbr", "gray", "pal"))
        else (
            f":in_color_matrix={source.matrix}:in_range={'full' if source.full_range else 'limited'}"
        )
    )
    # Named only where they differ, since mapping colours takes a slower path through the scaler.
    mapped = ":out_primaries=bt709:out_transfer=bt709" if source.wide_gamut else ""
    chain.append(
        (
            "scale",
            f"{size[0]}:{size[1]}:bicubic:out_color_matrix=bt709:out_range=limited{colour}{mapped}",
        )
    )
    chain.append(("format", PIXEL_FORMAT))
    chain += {
        90: [("transpose", "dir=cclock")],
        180: [("hflip", ""), ("vflip", "")],
        270: [("transpose", "dir=clock")],
    }.get(source.rotation, [])
    return chain


def _crop(source: SourceFormat, aspect: Fraction) -> tuple[int, int]:
    """Return the largest centred part, in source pixels, that has the cut's aspect as shown."""
    if source.rotation in (90, 270):
        aspect = 1 / aspect
    # In stored pixels the wanted aspect shrinks by how wide each pixel is shown.
    stored = aspect / source.pixel_aspect
    if Fraction(source.width, source.height) > stored:
        return max(2, round(source.height * stored)), source.height
    return source.width, max(2, round(source.width / stored))
