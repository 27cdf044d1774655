"""The title and the credits laid over pictures: legible on any, clear of captions, eased in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from av import VideoFrame
from moviepy import Effect

from videogen.assembly.fonts import Font, Weight, font_of
from videogen.assembly.lettering import balanced, fitted, line_mask, shadow
from videogen.assembly.overlay import Overlay
from videogen.assembly.picture import Picture
from videogen.assembly.timeline import Inscription
from videogen.domain import Format
from videogen.media.frames import BLACK, WHITE, copy_of, yuv

_ACCENT = yuv("#ffd166")
_FADE_SECONDS = 0.4

# Letters and margins in parts of the frame's shorter side, places in parts of its height.
_MARGIN = 0.085
_TITLE_LARGEST, _TITLE_SMALLEST = 0.092, 0.05
_TITLE_COLUMN, _TITLE_LINES = 0.7, 2
# Above what burned captions or a player's own stand in.
_TITLE_FOOT = 0.28
_TITLE_SHADE = 150
_CREDITS_LARGEST, _CREDITS_SMALLEST, _CREDITS_STEP = 0.05, 0.022, 0.002
# Above upright captions, too.
_CREDITS_TOP, _CREDITS_FOOT = 0.08, 0.56
_CREDITS_SHADE, _CREDITS_SHADE_BELOW = 205, 150


class Inscribed(Effect):  # type: ignore[misc]  # MoviePy has no types
    """MoviePy effect that lays a scene's title and credits over its pictures."""

    def __init__(self, inscriptions: Sequence[Inscription], output: Format) -> None:
        self._inscriptions, self._output = inscriptions, output
        self._drawn: dict[Inscription, tuple[Overlay, ...]] = {}

    def apply(self, clip: Any) -> Any:
        """Return the clip with what stands over each picture of it."""

        def inscribed(get_frame: Callable[[float], Picture], t: float) -> Picture:
            picture = get_frame(t)
            index = int(t * self._output.rate)
            shown = [one for one in self._inscriptions if one.start <= index < one.end]
            return self._over(picture, shown, index) if shown else picture

        return clip.transform(inscribed)

    def _over(self, picture: Picture, shown: Sequence[Inscription], index: int) -> Picture:
        def draw() -> VideoFrame:
            frame = copy_of(picture.draw())
            for one in shown:
                for overlay in self._overlays(one):
                    overlay.draw(frame, self._opacity(one, index))
            return frame

        return Picture(picture.width, picture.height, draw)

    def _opacity(self, shown: Inscription, index: int) -> float:
        fade = _FADE_SECONDS * float(self._output.rate)
        come = (index - shown.start + 1) / fade
        # Credits stay until the film is over.
        gone = (shown.end - index) / fade if shown.kind == "title" else 1.0
        return min(1.0, come, gone)

    def _overlays(self, shown: Inscription) -> tuple[Overlay, ...]:
        if shown not in self._drawn:
            draw = _title if shown.kind == "title" else _credits
            self._drawn[shown] = draw(shown.lines, self._output)
        return self._drawn[shown]


def _title(lines: Sequence[str], output: Format) -> tuple[Overlay, ...]:
    """Set a title as a lower third, under an accent and over a shade that rises from the foot."""
    unit = min(output.size)
    largest, smallest = (round(share * unit) for share in (_TITLE_LARGEST, _TITLE_SMALLEST))
    sizes = range(largest, smallest, -max(1, largest // 16))
    column = round(output.width * _TITLE_COLUMN)
    face, rows = fitted(lines[0], "Bold", sizes, column, _TITLE_LINES)
    step = _even(face.size * 1.14)
    top = _even(output.height * (1 - _TITLE_FOOT) - step * len(rows))
    margin = _even(unit * _MARGIN)
    bar = np.full((_even(unit * 0.01), _even(unit * 0.085)), 255, np.uint8)
    left = output.width - margin - bar.shape[1] if face.right_to_left else margin
    return (
        _shade(output, _even(output.height * 0.4), 0, _TITLE_SHADE),
        Overlay(left, top - _even(unit * 0.032), bar, _ACCENT),
        *(
            _line(row, face, output, margin, top + step * number, unit)
            for number, row in enumerate(rows)
        ),
    )


def _credits(lines: Sequence[str], output: Format) -> tuple[Overlay, ...]:
    """Set credits in the upper half, as large as all of them can stand there."""
    unit = min(output.size)
    margin = _even(unit * _MARGIN)
    area = output.height * (_CREDITS_FOOT - _CREDITS_TOP)
    face, rows = _fitted_block(lines, unit, output.width - 2 * margin, area)
    step = _even(face.size * 1.45)
    top = _even(output.height * _CREDITS_TOP + (area - step * len(rows)) / 2)
    return (
        _shade(output, 0, _CREDITS_SHADE, _CREDITS_SHADE_BELOW),
        *(
            _line(row, face, output, margin, top + step * number, unit)
            for number, row in enumerate(rows)
        ),
    )


def _fitted_block(
    lines: Sequence[str], unit: int, width: int, height: float
) -> tuple[Font, list[str]]:
    """Return the largest face in which all lines, broken, stand in an area, and the rows.

    Where none is small enough, the last row that has room ends in an ellipsis.
    """
    weight: Weight = "SemiBold"
    sizes = np.arange(_CREDITS_LARGEST, _CREDITS_SMALLEST - 1e-6, -_CREDITS_STEP)
    for share in sizes:
        face = font_of(weight, max(4, round(float(share) * unit)), " ".join(lines))
        rows = [row for line in lines for row in balanced(line, face, width)]
        room = int(height // (face.size * 1.45))
        if len(rows) <= room and all(face.length(row) <= width for row in rows):
            return face, rows
    kept = rows[: max(1, room)]
    return face, [*kept[:-1], f"{kept[-1]} …"] if len(kept) < len(rows) else kept


def _line(text: str, face: Font, output: Format, margin: int, top: int, unit: int) -> Overlay:
    room = _even(unit * 0.03)
    mask = line_mask(text, face, room)
    left = output.width - margin - mask.shape[1] + room if face.right_to_left else margin - room
    return Overlay(left, top - room, mask, WHITE, shadow(mask, unit * 0.008, 0.6))


def _shade(output: Format, top: int, above: int, below: int) -> Overlay:
    """Return a shade from a row on downward, from one strength to another, 0 to 255."""
    fall = np.linspace(above, below, output.height - top)[:, None].astype(np.uint8)
    return Overlay(0, top, np.repeat(fall, output.width, axis=1), BLACK)


def _even(length: float) -> int:
    return round(length / 2) * 2
