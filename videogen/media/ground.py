"""What shows through where a picture is transparent: a ground that the rest stands out on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Colour = tuple[int, int, int]

_LIGHT: Colour = (236, 238, 241)
_DARK: Colour = (38, 50, 63)
_BRIGHT = 140
_LUMA = (0.2126, 0.7152, 0.0722)


def ground_for(rgba: Pixels) -> Colour:
    """Return a dark ground for what is bright, weighted by how opaque it is, and a light one else."""
    cover = rgba[..., 3].astype(np.float32)
    seen = float(cover.sum())
    bright = float((rgba[..., :3] @ np.array(_LUMA, np.float32) * cover).sum())
    return _LIGHT if seen and bright / seen <= _BRIGHT else _DARK


def laid_on(ground: Colour, rgba: Pixels) -> Pixels:
    """Return pixels of rows x columns x RGBA as RGB on a ground."""
    cover = rgba[..., 3:].astype(np.uint16)
    mixed = rgba[..., :3] * cover + np.array(ground, np.uint16) * (255 - cover)
    return ((mixed + 127) // 255).astype(np.uint8)
