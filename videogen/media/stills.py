"""Still picture files as they are meant to be seen: upright, in sRGB, opaque."""

from __future__ import annotations

import struct
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
from pi_heif import register_heif_opener
from PIL import Image, ImageCms, ImageOps
from PIL.Image import DecompressionBombError

from videogen.errors import FootageError

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

_LIGHT: Colour = (236, 238, 241)
_DARK: Colour = (38, 50, 63)
_BRIGHT = 140
_LUMA = (0.2126, 0.7152, 0.0722)


def open_still(path: Path) -> Image.Image:
    """Open a picture without decoding it; a context manager that closes the file.

    Raises:
        OSError, or another of `UNREADABLE`: it is no picture; decoding it may raise the same.
    """
    _register_heif()
    return Image.open(path)


def load_still(path: Path, size: tuple[int, int]) -> Image.Image:
    """Return a picture cropped and scaled to fill `size`, in 8-bit sRGB.

    Raises:
        FootageError: the file is no picture, or shows nothing.
    """
    try:
        with open_still(path) as picture:
            profile = picture.info.get("icc_profile")
            # A JPEG is decoded no larger than it is needed, whichever way it is turned.
            picture.draft(None, (max(size), max(size)))
            upright = _in_eight_bits(ImageOps.exif_transpose(picture))
        filled = ImageOps.fit(upright, size, Image.Resampling.LANCZOS)
    except UNREADABLE as exc:
        raise FootageError("The picture can't be read", where=str(path)) from exc
    seen = _in_srgb(filled, profile)
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
def _register_heif() -> None:
    register_heif_opener()
