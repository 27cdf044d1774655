"""Captions burned into the picture: outlined, inside the safe area, two lines at most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from av import VideoFrame
from moviepy import Effect

from videogen.assembly.captions.setting import Setting, setting_of
from videogen.assembly.fonts import Font, font_of
from videogen.assembly.lettering import line_mask, word_masks
from videogen.assembly.overlay import Overlay
from videogen.assembly.picture import Picture
from videogen.assembly.segment import CaptionStyle
from videogen.assembly.style import Look
from videogen.assembly.timeline import Caption
from videogen.domain.video import Format
from videogen.media.frames import WHITE, Yuv, copy_of, yuv

_LINE_STEP = 1.26
_OUTLINE = 0.075
_REACH = 0.125


class BurnedCaptions(Effect):  # type: ignore[misc]  # MoviePy has no types
    """MoviePy effect that lays captions over a clip of pictures."""

    def __init__(
        self, captions: Sequence[Caption], output: Format, style: CaptionStyle, look: Look
    ) -> None:
        self._output = output
        self._mark = yuv(look.mark) if style.highlight else None
        self._setting = setting_of(output)
        self._captions = captions
        text = " ".join(line for caption in captions for line in caption.lines)
        self._face = self._setting.face(output, text)
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
            drawn = _DrawnCaption(caption, self._face, self._output, self._setting, self._mark)
            self._drawn = (caption, drawn)
        return self._drawn[1]


class _DrawnCaption:
    def __init__(
        self,
        caption: Caption,
        face: Font,
        output: Format,
        setting: Setting,
        mark: Yuv | None,
    ) -> None:
        face = _narrowed(face, caption, output.width * setting.column)
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
            if mark is not None:
                for offset, word in word_masks(line, face, margin):
                    overlay = Overlay(left + offset, top, word, mark)
                    self._words.append((next(starts), overlay))

    def draw(self, frame: VideoFrame, index: int) -> None:
        for line in self._lines:
            line.draw(frame)
        spoken = [overlay for start, overlay in self._words if start <= index]
        if spoken:
            spoken[-1].draw(frame)


def _narrowed(face: Font, caption: Caption, column: float) -> Font:
    """Return the face in a size at which no line, which may be one long word, is too wide."""
    widest = max(face.length(line) for line in caption.lines)
    if widest <= column:
        return face
    return font_of("SemiBold", max(1, int(face.size * column / widest)), " ".join(caption.lines))
