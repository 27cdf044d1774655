"""Captions burned into the picture: outlined, inside the safe area, two lines at most."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from av import VideoFrame
from moviepy import Effect

from videogen.assembly.fonts import Font, font_of
from videogen.assembly.lettering import balanced, line_mask, word_masks
from videogen.assembly.overlay import Overlay
from videogen.assembly.picture import Picture
from videogen.assembly.segment import CaptionStyle
from videogen.assembly.timeline import Caption
from videogen.domain import Format
from videogen.language.phrases import joined
from videogen.media.frames import WHITE, copy_of, yuv

_SPOKEN = yuv("#ffd84d")
_MOST_LINES = 2
_LINE_STEP = 1.26
_OUTLINE = 0.075
_REACH = 0.125


@dataclass(frozen=True, slots=True)
class _Setting:
    """Letter size, foot and column, in parts of the frame's shorter side, height and width."""

    letters: float
    foot: float
    column: float


# Below a vertical video's captions, players lay their own buttons.
_VERTICAL = _Setting(0.062, 0.2, 0.86)
_SQUARE = _Setting(0.054, 0.085, 0.88)
_WIDE = _Setting(0.052, 0.075, 0.8)


class BurnedCaptions(Effect):  # type: ignore[misc]  # MoviePy has no types
    """MoviePy effect that lays captions over a clip of pictures."""

    def __init__(self, captions: Sequence[Caption], output: Format, style: CaptionStyle) -> None:
        self._output, self._style = output, style
        self._setting = _setting(output)
        text = " ".join(line for caption in captions for line in caption.lines)
        self._face = font_of("SemiBold", round(min(output.size) * self._setting.letters), text)
        column = round(output.width * self._setting.column)
        self._captions = [
            shown for caption in captions for shown in flowed(caption, self._face, column)
        ]
        self._drawn: tuple[Caption, _DrawnCaption] | None = None

    def apply(self, clip: Any) -> Any:
        """Return the clip with a caption over each picture during which one is shown."""

        def captioned(get_frame: Callable[[float], Picture], t: float) -> Picture:
            picture = get_frame(t)
            index = int(t * self._output.rate)
            shown = next((c for c in self._captions if c.start <= index < c.end), None)
            return self._over(picture, shown, index) if shown else picture

        return clip.transform(captioned)

    def _over(self, picture: Picture, caption: Caption, index: int) -> Picture:
        def draw() -> VideoFrame:
            frame = copy_of(picture.draw())
            self._ready(caption).draw(frame, index)
            return frame

        return Picture(picture.width, picture.height, draw)

    def _ready(self, caption: Caption) -> _DrawnCaption:
        if self._drawn is None or self._drawn[0] is not caption:
            drawn = _DrawnCaption(caption, self._face, self._output, self._setting, self._style)
            self._drawn = (caption, drawn)
        return self._drawn[1]


class _DrawnCaption:
    def __init__(
        self,
        caption: Caption,
        face: Font,
        output: Format,
        setting: _Setting,
        style: CaptionStyle,
    ) -> None:
        step = round(face.size * _LINE_STEP / 2) * 2
        stroke = max(1, round(face.size * _OUTLINE))
        # Outlines need it, and the marks of scripts that reach higher and lower than Latin.
        margin = max(stroke + 2, round(face.size * _REACH)) * 2
        foot = round(output.height * (1 - setting.foot) / 2) * 2
        self._lines: list[Overlay] = []
        self._words: list[tuple[int, Overlay]] = []
        starts = iter(caption.word_starts)
        for row, line in enumerate(caption.lines):
            top = foot - step * (len(caption.lines) - row) - margin
            mask = line_mask(line, face, margin)
            left = (output.width - mask.shape[1]) // 4 * 2
            bolder = line_mask(line, face, margin, stroke=stroke)
            self._lines.append(Overlay(left, top, mask, WHITE, bolder))
            if style.highlight:
                for offset, word in word_masks(line, face, margin):
                    overlay = Overlay(left + offset, top, word, _SPOKEN)
                    self._words.append((next(starts), overlay))

    def draw(self, frame: VideoFrame, index: int) -> None:
        for line in self._lines:
            line.draw(frame)
        spoken = [overlay for start, overlay in self._words if start <= index]
        if spoken:
            spoken[-1].draw(frame)


def flowed(caption: Caption, face: Font, column: int) -> Iterator[Caption]:
    """Yield the caption itself, or where its lines are too wide, parts of it one after another.

    Each part is shown from its first word on.
    """
    if all(face.length(line) <= column for line in caption.lines):
        yield caption
        return
    lines = balanced(joined(caption.lines), face, column)
    starts = _word_starts(caption, lines)
    groups = [lines[at : at + _MOST_LINES] for at in range(0, len(lines), _MOST_LINES)]
    counts = [sum(len(line.split()) for line in group) for group in groups]
    firsts = list(accumulate(counts, initial=0))
    edges = [caption.start, *(starts[first] for first in firsts[1:-1]), caption.end]
    for group, (start, end), (first, after) in zip(
        groups, pairwise(edges), pairwise(firsts), strict=True
    ):
        yield Caption(start, end, tuple(group), starts[first:after])


def _word_starts(caption: Caption, lines: Sequence[str]) -> tuple[int, ...]:
    """Return when each word of the lines is spoken, a part of a word by its share of the letters."""
    words = [word for line in caption.lines for word in line.split()]
    spoken: list[int] = []
    for word, (start, end) in zip(
        words, pairwise((*caption.word_starts, caption.end)), strict=True
    ):
        spoken += [start + (end - start) * at // len(word) for at in range(len(word))]
    lengths = [len(word) for line in lines for word in line.split()]
    return tuple(spoken[at] for at in accumulate(lengths[:-1], initial=0))


def _setting(output: Format) -> _Setting:
    if output.width < output.height:
        return _VERTICAL
    return _SQUARE if output.width == output.height else _WIDE
