"""Still picture files as they are meant to be seen: upright, in sRGB, opaque."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
from pi_heif import register_heif_opener
from PIL import ExifTags, Image, ImageCms, ImageFilter, ImageOps
from PIL.Image import DecompressionBombError

from videogen.domain.video import CENTRED, Framing
from videogen.errors import FootageError, UnusableClip

Colour = tuple[int, int, int]

# What Pillow raises where a file is no picture, or a broken one.
UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    RuntimeError,
    struct.error,
    DecompressionBombError,
)

# A camera's largest; decoded, it takes half a gigabyte.
_MOST_PIXELS = 12_000 * 9_000
_LIGHT: Colour = (236, 238, 241)
_DARK: Colour = (38, 50, 63)
_BRIGHT = 140
_TURNED = (5, 6, 7, 8)  # orientations on the side (Exif 2.32, 4.6.4)
# A ground is drawn so much smaller, which blurs it for the most part and costs next to nothing.
GROUND_SCALE = 8
GROUND_BLUR = 3  # pixels of the small ground
# So dark beside the picture that nobody takes it for what is to be seen.
GROUND_LIGHT = 0.45
_LUMA = (0.2126, 0.7152, 0.0722)


def open_still(path: Path) -> Image.Image:
    """Open a picture without decoding it; a context manager that closes the file.

    Raises:
        OSError, or another of `UNREADABLE`: it is no picture; decoding it may raise the same.
    """
    _prepare()
    return Image.open(path)


def bounded(picture: Image.Image, needed: int) -> None:
    """Have a picture decoded no larger than it is needed, and refuse what is too large even so.

    The size stands in the file's head: nothing is decoded yet. Only JPEG can be decoded smaller.

    Raises:
        UnusableClip: it has too many pixels.
    """
    picture.draft(None, (needed, needed))
    if picture.width * picture.height > _MOST_PIXELS:
        raise UnusableClip(f"The picture is too large: {picture.width} x {picture.height} pixels")


def upright_size(path: Path) -> tuple[int, int]:
    """Return a picture's width and height as it is shown, read from its head.

    Raises:
        FootageError: the file is no picture.
    """
    try:
        with open_still(path) as picture:
            turned = picture.getexif().get(ExifTags.Base.Orientation) in _TURNED
            width, height = picture.size
    except UNREADABLE as exc:
        raise FootageError("The picture can't be read", where=str(path)) from exc
    return (height, width) if turned else (width, height)


def load_still(path: Path, size: tuple[int, int], framing: Framing = CENTRED) -> Image.Image:
    """Return the part of a picture that is seen, scaled to fill `size`, in 8-bit sRGB.

    Raises:
        FootageError: the file is no picture, or shows nothing.
    """

    def fit(upright: Image.Image) -> Image.Image:
        box = part_seen(upright.size, size, framing)
        return upright.resize(size, Image.Resampling.LANCZOS, box)

    return _loaded(path, max(size), fit)


def load_whole(path: Path, bounds: tuple[int, int]) -> Image.Image:
    """Return all of a picture, as large as fits within bounds, in 8-bit sRGB.

    Raises:
        FootageError: as for load_still.
    """
    return _loaded(
        path,
        max(bounds),
        lambda upright: ImageOps.contain(upright, bounds, Image.Resampling.LANCZOS),
    )


def load_small(path: Path, pixels: int) -> Image.Image:
    """Return all of a picture in 8-bit sRGB, scaled to about so many pixels.

    Raises:
        FootageError: as for load_still.
    """

    def shrink(upright: Image.Image) -> Image.Image:
        scale = math.sqrt(pixels / (upright.width * upright.height))
        size = [max(1, round(side * scale)) for side in upright.size]
        return upright.resize((size[0], size[1]), Image.Resampling.BOX)

    return _loaded(path, round(math.sqrt(pixels)), shrink)


def part_seen(
    picture: tuple[int, int], size: tuple[int, int], framing: Framing
) -> tuple[float, float, float, float]:
    """Return the box of the largest part with the shape of `size`, as near as can be around x, y."""
    scale = min(picture[0] / size[0], picture[1] / size[1])
    width, height = size[0] * scale, size[1] * scale
    left = max(0.0, min(framing.x * picture[0] - width / 2, picture[0] - width))
    top = max(0.0, min(framing.y * picture[1] - height / 2, picture[1] - height))
    return (left, top, min(picture[0], left + width), min(picture[1], top + height))


def over_ground(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return an RGB picture in the middle of a blurred, darkened ground of itself."""
    small = [max(1, round(side / GROUND_SCALE)) for side in size]
    ground = ImageOps.fit(picture, (small[0], small[1]), Image.Resampling.BOX)
    ground = ground.filter(ImageFilter.GaussianBlur(GROUND_BLUR))
    ground = ground.point(lambda value: round(value * GROUND_LIGHT))
    canvas = ground.resize(size, Image.Resampling.BILINEAR)
    canvas.paste(
        picture, ((canvas.width - picture.width) // 2, (canvas.height - picture.height) // 2)
    )
    return canvas


def _loaded(path: Path, needed: int, scaled: Callable[[Image.Image], Image.Image]) -> Image.Image:
    try:
        with open_still(path) as picture:
            profile = picture.info.get("icc_profile")
            bounded(picture, needed)  # whichever way it is turned
            fitted = scaled(_in_eight_bits(ImageOps.exif_transpose(picture)))
    except UNREADABLE as exc:
        raise FootageError("The picture can't be read", where=str(path)) from exc
    seen = _in_srgb(fitted, profile)
    if seen.mode != "RGBA":
        return seen
    if seen.getchannel("A").getextrema() == (0, 0):
        raise FootageError("The picture shows nothing", where=str(path))
    return composited(seen, background_for(seen))


def background_for(picture: Image.Image) -> Colour:
    """Return a colour that an RGBA picture stands out on: dark for what is bright, light else."""
    rgba = np.asarray(picture)
    alpha = rgba[..., 3].astype(np.float32)
    luma = rgba[..., :3] @ np.array(_LUMA, np.float32)
    opacity = float(alpha.sum())
    return _LIGHT if opacity and float((luma * alpha).sum()) / opacity <= _BRIGHT else _DARK


def composited(picture: Image.Image, background: Colour) -> Image.Image:
    """Return an RGBA picture over a colour, as RGB."""
    plain = Image.new("RGBA", picture.size, background)
    return Image.alpha_composite(plain, picture).convert("RGB")


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    """Return a picture as L, RGB, RGBA or CMYK."""
    if picture.mode.startswith("I") or picture.mode == "F":
        values = np.asarray(picture, np.float64)
        # Files of one channel say nothing of their white: 16 bits, 8 bits or 1.
        most = next(white for white in (1, 255, 65_535, values.max()) if values.max() <= white)
        return Image.fromarray((values * (255 / most)).clip(0, 255).astype(np.uint8))
    if picture.mode in {"LA", "PA", "La", "RGBa"} or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture if picture.mode in {"L", "RGB", "RGBA", "CMYK"} else picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture as RGB or RGBA, its colours mapped where the file says what they mean."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            mapped = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode=mode
            )
        except (ImageCms.PyCMSError, OSError):
            mapped = None  # a profile that fits no such picture says nothing
        if mapped is not None:
            return mapped
    return picture if picture.mode == "RGBA" else picture.convert("RGB")


@cache
def _prepare() -> None:
    register_heif_opener()
    # Pillow's own bound knows no pictures that are decoded smaller; ours does.
    Image.MAX_IMAGE_PIXELS = 4 * _MOST_PIXELS
