"""Text set in the shipped fonts: broken into balanced lines and drawn as masks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Weight = Literal["Bold", "SemiBold"]
Mask = NDArray[np.uint8]


@lru_cache(maxsize=32)
def font_of(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    """Return Inter Display at `size` pixels an em."""
    data = (files("videogen.assembly") / "fonts" / f"InterDisplay-{weight}.otf").read_bytes()
    return ImageFont.truetype(BytesIO(data), size)


def fitted(
    text: str, weight: Weight, sizes: range, width: int, most_lines: int
) -> tuple[ImageFont.FreeTypeFont, tuple[str, ...]]:
    """Return the first font of `sizes`, falling pixels an em, that fits, and its lines.

    Text that fits at no such size is cut short with an ellipsis.
    """
    for pixels in sizes:
        face = font_of(weight, pixels)
        lines = balanced(text, face, width)
        if len(lines) <= most_lines and all(face.getlength(line) <= width for line in lines):
            return face, lines
    face = font_of(weight, sizes[-1])
    lines = balanced(text, face, width)
    if len(lines) > most_lines:
        lines = (*lines[: most_lines - 1], " ".join(lines[most_lines - 1 :]))
    return face, tuple(_shortened(line, face, width) for line in lines)


def balanced(text: str, face: ImageFont.FreeTypeFont, width: int) -> tuple[str, ...]:
    """Break text into as few lines as fit `width` pixels, as even in length as they can be."""
    lines = _broken(text, face, width)
    low, high = width // max(1, len(lines)), width
    while high - low > max(2, width // 100):
        middle = (low + high) // 2
        if (
            len(_broken(text, face, middle)) <= len(lines)
            and _widest(_broken(text, face, middle), face) <= width
        ):
            high = middle
        else:
            low = middle
    return tuple(_broken(text, face, high))


def line_mask(line: str, face: ImageFont.FreeTypeFont, margin: int, *, stroke: int = 0) -> Mask:
    """Return a line of text as coverage 0 to 255, all lines of a font equally high.

    Both sides are even and leave `margin` pixels (even) around; `stroke` makes letters that many
    pixels bolder on each side.
    """
    ascent, descent = face.getmetrics()
    width = _even(int(face.getlength(line)) + 2) + 2 * margin
    height = _even(ascent + descent) + 2 * margin
    image = Image.new("L", (width, height))
    ImageDraw.Draw(image).text(
        (margin, margin + ascent), line, fill=255, font=face, anchor="ls", stroke_width=stroke
    )
    return np.asarray(image)


def word_masks(line: str, face: ImageFont.FreeTypeFont, margin: int) -> Iterator[tuple[int, Mask]]:
    """Yield each word's part of a line's mask, with the even column at which that part begins."""
    mask = line_mask(line, face, margin)
    half_space = face.getlength(" ") / 2
    at = 0
    for word in line.split():
        at = line.index(word, at)
        begin = face.getlength(line[:at]) - half_space if at else 0
        at += len(word)
        first = _even(int(margin + begin) - 1)
        last = _even(int(margin + face.getlength(line[:at]) + half_space) + 1)
        yield first, mask[:, first:last]


def shadow(mask: Mask, radius: float, strength: float) -> Mask:
    """Return a soft shade around a mask; `strength` 1 is black under solid parts."""
    blurred = Image.fromarray(mask).filter(ImageFilter.GaussianBlur(radius))
    return np.asarray(blurred.point(lambda value: min(255, int(value * strength))))


def _broken(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _widest(lines: list[str], face: ImageFont.FreeTypeFont) -> float:
    return max((face.getlength(line) for line in lines), default=0)


def _shortened(line: str, face: ImageFont.FreeTypeFont, width: int) -> str:
    if face.getlength(line) <= width:
        return line
    while line and face.getlength(f"{line}…") > width:
        line = line[:-1].rstrip()
    return f"{line}…"


def _even(length: int) -> int:
    return length + length % 2
