"""Still picture files, opened by Pillow, and by libheif where a phone wrote them."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


def opened(path: Path) -> Image:
    """Open a picture without decoding it; a context manager that closes the file.

    Raises:
        OSError, or another of `unreadable()`: it is no picture; decoding it may raise the same.
    """
    from PIL import Image

    _register_heif()
    return Image.open(path)


def unreadable() -> tuple[type[Exception], ...]:
    """Return what Pillow raises where a file is no picture, or a broken one."""
    from PIL.Image import DecompressionBombError

    faults = (OSError, ValueError, SyntaxError, TypeError, RuntimeError, struct.error)
    return (*faults, DecompressionBombError)


@cache
def _register_heif() -> None:
    from pi_heif import register_heif_opener

    register_heif_opener()
