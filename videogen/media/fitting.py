"""How a source frame comes to fit the cut: what is seen of it, and the filters that make it so."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from av import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc

from videogen.domain.video import CENTRED, Framing
from videogen.media.frames import PIXEL_FORMAT
from videogen.media.stills import GROUND_BLUR, GROUND_LIGHT, GROUND_SCALE

Filters = list[tuple[str, str]]

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

    @property
    def shown_size(self) -> tuple[float, float]:
        """How wide and high a frame is shown, upright, in square pixels."""
        width, height = float(self.width * self.pixel_aspect), float(self.height)
        return (height, width) if self.rotation in (90, 270) else (width, height)


def format_of(frame: VideoFrame, pixel_aspect: Fraction) -> SourceFormat:
    """Return how a frame is stored; SD is taken for BT.601 where it does not say."""
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


def filters(source: SourceFormat, size: tuple[int, int], framing: Framing) -> Filters:
    """Return what makes a frame upright and `size` large, each filter with its arguments.

    The crop comes before the scaler, so that only what is seen is scaled.
    """
    chain = [("crop", _crop(source, Fraction(*size), framing))]
    turned = source.rotation in (90, 270)
    width, height = reversed(size) if turned else size
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
            f"{width}:{height}:bicubic:out_color_matrix=bt709:out_range=limited{colour}{mapped}",
        )
    )
    chain.append(("format", PIXEL_FORMAT))
    chain += {
        90: [("transpose", "dir=cclock")],
        180: [("hflip", ""), ("vflip", "")],
        270: [("transpose", "dir=clock")],
    }.get(source.rotation, [])
    return chain


def _crop(source: SourceFormat, aspect: Fraction, framing: Framing) -> str:
    """Return the arguments that cut out the largest part of the cut's aspect, as it is shown.

    They count in the pixels that are stored, before the frame is turned upright.
    """
    x, y = framing.x, framing.y
    across, down = {
        90: (1 - y, x),
        180: (1 - x, 1 - y),
        270: (y, 1 - x),
    }.get(source.rotation, (x, y))
    if source.rotation in (90, 270):
        aspect = 1 / aspect
    # In stored pixels the wanted aspect shrinks by how wide each pixel is shown.
    stored = aspect / source.pixel_aspect
    width, height = source.width, source.height
    if Fraction(width, height) > stored:
        width = max(2, round(height * stored))
    else:
        height = max(2, round(width / stored))
    left, top = _offset(across, width, source.width), _offset(down, height, source.height)
    return f"w={width}:h={height}:x={left}:y={top}:exact=1"


def _offset(centre: float, length: int, whole: int) -> int:
    """Return where a part around `centre` begins, even for the sake of halved chroma."""
    return min(max(0, round(centre * whole - length / 2)), whole - length) // 2 * 2


def within(shown: tuple[float, float], size: tuple[int, int]) -> tuple[int, int]:
    """Return the largest even size of a shape that fits, with even margins on both sides."""
    scale = min(size[0] / shown[0], size[1] / shown[1])
    width, height = (
        room - max(0, round((room - length * scale) / 4)) * 4
        for room, length in zip(size, shown, strict=True)
    )
    return max(2, width), max(2, height)


def ground_filters(picture: tuple[int, int], size: tuple[int, int]) -> Filters:
    """Return what makes a blurred, darkened ground that fills `size` from the picture over it."""
    source = SourceFormat(*picture, PIXEL_FORMAT, Fraction(1), 0, "bt709", False, False)
    small = [max(2, round(side / GROUND_SCALE / 2) * 2) for side in size]
    chroma = f"128+(val-128)*{GROUND_LIGHT}"
    return [
        ("crop", _crop(source, Fraction(*size), CENTRED)),
        ("scale", f"{small[0]}:{small[1]}:area"),
        ("gblur", f"sigma={GROUND_BLUR}"),
        ("lutyuv", f"y=16+(val-16)*{GROUND_LIGHT}:u={chroma}:v={chroma}"),
        ("scale", f"{size[0]}:{size[1]}:bilinear"),
        ("format", PIXEL_FORMAT),
    ]
