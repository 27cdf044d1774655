"""Text set in the shipped fonts: broken into balanced lines and drawn as masks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from videogen.assembly.fonts import Font, Weight, font_of
from videogen.language.joints import Joint, joints
from videogen.language.phrases import joined, phrases

Mask = NDArray[np.uint8]
# What no line may be broken between, and the words or phrases that it leaves.
Pieces = tuple[tuple[str, str], ...]
# A date, a measure or a name is kept in one line as long as type need not be smaller than this.
_LEAST_WHOLE = 0.72
_DEVANAGARI = re.compile("[\u0900-\u0963]")


def fitted(
    text: str, weight: Weight, sizes: range, width: int, most_lines: int
) -> tuple[Font, tuple[str, ...]]:
    """Return the first font of `sizes`, falling pixels an em, that fits, and its lines.

    Dates, measures and names stay whole where that takes no line more. Text that fits at no such
    size is cut short with an ellipsis.
    """
    whole_sizes = [pixels for pixels in sizes if pixels >= sizes[0] * _LEAST_WHOLE]
    tried = ((_whole(text), whole_sizes), (_loose(text), sizes))
    found = [_fitting(text, pieces, weight, some, width, most_lines) for pieces, some in tried]
    if fitting := [one for one in found if one]:
        return min(fitting, key=lambda one: len(one[1]))
    font = font_of(weight, sizes[-1], text)
    lines = balanced(text, font, width)
    if len(lines) > most_lines:
        lines = (*lines[: most_lines - 1], joined(lines[most_lines - 1 :]))
    return font, tuple(_shortened(line, font, width) for line in lines)


def _fitting(
    text: str, pieces: Pieces, weight: Weight, sizes: Iterable[int], width: int, most_lines: int
) -> tuple[Font, tuple[str, ...]] | None:
    """Return the first font in which the pieces of a text fit, and its lines."""
    for pixels in sizes:
        font = font_of(weight, pixels, text)
        lines = _balanced(pieces, font, width)
        if len(lines) <= most_lines and all(font.length(line) <= width for line in lines):
            return font, lines
    return None


def balanced(text: str, font: Font, width: int) -> tuple[str, ...]:
    """Break text into as few lines as fit `width` pixels, as even in length as they can be."""
    return _balanced(_loose(text), font, width)


def _balanced(pieces: Pieces, font: Font, width: int) -> tuple[str, ...]:
    lines = _broken(pieces, font, width)
    low, high = width // max(1, len(lines)), width
    while high - low > max(2, width // 100):
        middle = (low + high) // 2
        if (
            len(_broken(pieces, font, middle)) <= len(lines)
            and _widest(_broken(pieces, font, middle), font) <= width
        ):
            high = middle
        else:
            low = middle
    return tuple(_broken(pieces, font, high))


def line_mask(line: str, font: Font, margin: int, *, stroke: int = 0) -> Mask:
    """Return a line of text as coverage 0 to 255, all lines of a font equally high.

    Both sides are even and leave `margin` pixels (even) around; `stroke` makes letters that many
    pixels bolder on each side.
    """
    width = _even(int(font.length(line)) + 2) + 2 * margin
    height = _even(font.ascent + font.descent) + 2 * margin
    image = Image.new("L", (width, height))
    font.draw(ImageDraw.Draw(image), margin, margin + font.ascent, line, stroke)
    return np.asarray(image)


def word_masks(line: str, font: Font, margin: int) -> Iterator[tuple[int, Mask]]:
    """Yield each word's part of a line's mask, with the even column at which that part begins."""
    mask = line_mask(line, font, margin)
    half_space = font.length(" ") / 2
    whole = font.length(line)
    at = 0
    for word in line.split():
        at = line.index(word, at)
        begin = font.length(line[:at]) - half_space if at else 0
        at += len(word)
        end = font.length(line[:at]) + half_space
        if font.right_to_left:
            begin, end = whole - end, whole - begin
        first = max(0, _even(int(margin + begin) - 1))
        yield first, mask[:, first : _even(int(margin + end) + 1)]


def shadow(mask: Mask, radius: float, strength: float) -> Mask:
    """Return a soft shade around a mask; `strength` 1 is black under solid parts."""
    blurred = Image.fromarray(mask).filter(ImageFilter.GaussianBlur(radius))
    return np.asarray(blurred.point(lambda value: min(255, int(value * strength))))


@lru_cache(maxsize=256)
def _loose(text: str) -> Pieces:
    """Return the words of a text, and phrases where it has no spaces, each behind its space."""
    return tuple(
        ("" if number else " ", phrase)
        for word in text.split()
        for number, phrase in enumerate(phrases(word))
    )


@lru_cache(maxsize=256)
def _whole(text: str) -> Pieces:
    """Return the same, with dates, measures and names as one."""
    words = text.split()
    # In Latin letters words are bound alike in each language.
    language = "hi" if _DEVANAGARI.search(text) else ""
    # With a word behind it, the last one is bound only if it would be in the middle.
    bound = [False, *(joint is Joint.BOUND for joint in joints([*words, "and"], language))]
    pieces: list[tuple[str, str]] = []
    for word, is_bound in zip(words, bound, strict=False):
        if is_bound:
            space, before = pieces.pop()
            pieces.append((space, f"{before} {word}"))
        else:
            pieces += _loose(word)
    return tuple(pieces)


def _broken(pieces: Sequence[tuple[str, str]], font: Font, width: int) -> list[str]:
    lines: list[str] = []
    for space, piece in pieces:
        longer = f"{lines[-1]}{space}{piece}" if lines else piece
        if lines and font.length(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


def _widest(lines: list[str], font: Font) -> float:
    return max((font.length(line) for line in lines), default=0)


def _shortened(line: str, font: Font, width: int) -> str:
    if font.length(line) <= width:
        return line
    while line and font.length(f"{line}…") > width:
        line = line[:-1].rstrip()
    return f"{line}…"


def _even(length: int) -> int:
    return length + length % 2
