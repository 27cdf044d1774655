"""A still picture file as it is meant to be seen: upright, in sRGB, on a ground of its own."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps

from videogen.errors import FootageError
from videogen.media.ground import ground_for, laid_on
from videogen.media.stills import opened, unreadable


def photograph(path: Path, size: tuple[int, int]) -> Image.Image:
    """Return a picture cropped and scaled to fill `size`, in 8-bit sRGB.

    Raises:
        FootageError: the file is no picture, or shows nothing.
    """
    try:
        with opened(path) as picture:
            profile = picture.info.get("icc_profile")
            # A JPEG is decoded no larger than it is needed, whichever way it is turned.
            picture.draft(None, (max(size), max(size)))
            upright = _in_eight_bits(ImageOps.exif_transpose(picture))
        filled = ImageOps.fit(upright, size, Image.Resampling.LANCZOS)
    except unreadable() as exc:
        raise FootageError("The picture can't be read", where=str(path)) from exc
    return _on_ground(_in_srgb(filled, profile), path)


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


def _on_ground(picture: Image.Image, path: Path) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    if picture.getchannel("A").getextrema() == (0, 0):
        raise FootageError("The picture shows nothing", where=str(path))
    pixels = np.asarray(picture)
    return Image.fromarray(laid_on(ground_for(pixels), pixels))
