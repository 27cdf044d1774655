"""The title and the credits laid over pictures: legible on any, clear of captions, eased in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from av import VideoFrame
from moviepy import Effect

from videogen.assembly.fonts import Font, font_of
from videogen.assembly.lettering import balanced, fitted, line_mask, shadow
from videogen.assembly.overlay import Overlay
from videogen.assembly.picture import Picture
from videogen.assembly.style import Look, even, grid_of
from videogen.assembly.timeline import Inscription, InscriptionKind
from videogen.domain.video import Format
from videogen.media.frames import BLACK, WHITE, Yuv, copy_of, yuv

_FADE_SECONDS = 0.4

# Letters in parts of the frame's shorter side, places in parts of its height.
_TITLE_LARGEST, _TITLE_SMALLEST = 0.092, 0.05
_CALLOUT_LARGEST, _CALLOUT_SMALLEST = 0.072, 0.045
_TITLE_COLUMN, _TITLE_LINES = 0.7, 2
# Above what burned captions or a player's own stand in.
_TITLE_FOOT = 0.28
_TITLE_SHADE = 150
_SMALLEST, _STEP, _ROW = 0.022, 0.002, 1.45
_CREDITS_LARGEST, _CREDITS_TOP, _CREDITS_FOOT, _CREDITS_SHADE = 0.05, 0.1, 0.8, 205
# Above what cards and captions have to themselves.
_LINE_LARGEST, _LINE_TOP, _LINE_FOOT, _LINE_SHADE, _LINE_SHADED = 0.03, 0.03, 0.15, 190, 0.25


class Inscribed(Effect):  # type: ignore[misc]  # MoviePy has no types
    """MoviePy effect that lays a scene's title and credits over its pictures."""

    def __init__(self, inscriptions: Sequence[Inscription], output: Format, look: Look) -> None:
        self._inscriptions, self._output, self._look = inscriptions, output, look
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
        goes = shown.kind in {"title", "callout"}
        gone = (shown.end - index) / fade if goes else 1.0
        return min(1.0, come, gone)

    def _overlays(self, shown: Inscription) -> tuple[Overlay, ...]:
        if shown not in self._drawn:
            self._drawn[shown] = _DRAWN[shown.kind](shown.lines, self._output, self._look)
        return self._drawn[shown]


def _title(lines: Sequence[str], output: Format, look: Look) -> tuple[Overlay, ...]:
    return _lower_third(lines, output, look, (_TITLE_LARGEST, _TITLE_SMALLEST))


def _callout(lines: Sequence[str], output: Format, look: Look) -> tuple[Overlay, ...]:
    return _lower_third(lines, output, look, (_CALLOUT_LARGEST, _CALLOUT_SMALLEST))


def _lower_third(
    lines: Sequence[str], output: Format, look: Look, shares: tuple[float, float]
) -> tuple[Overlay, ...]:
    """Set a line as a lower third, under an accent and over a shade that rises from the foot."""
    unit = min(output.size)
    largest, smallest = (round(share * unit) for share in shares)
    sizes = range(largest, smallest, -max(1, largest // 16))
    column = round(output.width * _TITLE_COLUMN)
    face, rows = fitted(lines[0], "Bold", sizes, column, _TITLE_LINES)
    step = even(face.size * 1.14)
    top = even(output.height * (1 - _TITLE_FOOT) - step * len(rows))
    margin = grid_of(output.size).left
    bar = np.full((even(unit * 0.01), even(unit * 0.085)), 255, np.uint8)
    left = output.width - margin - bar.shape[1] if face.right_to_left else margin
    return (
        _shade(output, (even(output.height * 0.4), output.height), (0, _TITLE_SHADE)),
        Overlay(left, top - even(unit * 0.032), bar, yuv(look.mark)),
        *(_line(row, face, output, margin, top + step * number) for number, row in enumerate(rows)),
    )


def _credits(lines: Sequence[str], output: Format, _: Look) -> tuple[Overlay, ...]:
    """Set credits in the middle of a picture, darkened, as large as all of them can stand there."""
    shade = _shade(output, (0, output.height), (_CREDITS_SHADE, _CREDITS_SHADE))
    return (shade, *_block(lines, output, _CREDITS_LARGEST, (_CREDITS_TOP, _CREDITS_FOOT)))


def _credits_on_ground(lines: Sequence[str], output: Format, look: Look) -> tuple[Overlay, ...]:
    """Set credits as over a picture, in the ink of the look's own ground."""
    ink = yuv(look.ink)
    return _block(lines, output, _CREDITS_LARGEST, (_CREDITS_TOP, _CREDITS_FOOT), ink)


def _credit_line(lines: Sequence[str], output: Format, _: Look) -> tuple[Overlay, ...]:
    """Set credits small along the head of the frame, where they hide nothing."""
    shade = _shade(output, (0, even(output.height * _LINE_SHADED)), (_LINE_SHADE, 0))
    return (shade, *_block(lines, output, _LINE_LARGEST, (_LINE_TOP, _LINE_FOOT)))


def _block(
    lines: Sequence[str],
    output: Format,
    largest: float,
    place: tuple[float, float],
    ink: Yuv | None = None,
) -> tuple[Overlay, ...]:
    """Set lines between two places of the frame's height, as large as all can stand there.

    Without an ink of their own they are white, in a shadow.
    """
    unit, margin = min(output.size), grid_of(output.size).left
    room = output.height * (place[1] - place[0])
    sizes = [even(unit * share) for share in np.arange(largest, _SMALLEST - 1e-6, -_STEP)]
    face, rows = _fitted(lines, sizes, output.width - 2 * margin, room)
    step = face.size * _ROW
    top = output.height * place[0] + (room - step * len(rows)) / 2
    return tuple(
        _line(row, face, output, margin, even(top + step * number), ink)
        for number, row in enumerate(rows)
    )


def _fitted(
    lines: Sequence[str], sizes: Sequence[int], width: int, height: float
) -> tuple[Font, list[str]]:
    """Return the first face in which all lines, broken, stand in an area, and the rows.

    Where none is small enough, the last row that has room ends in an ellipsis.
    """
    for size in sizes:
        face = font_of("SemiBold", max(4, size), " ".join(lines))
        rows = [row for line in lines for row in balanced(line, face, width)]
        room = max(1, int(height // (face.size * _ROW)))
        if len(rows) <= room and all(face.length(row) <= width for row in rows):
            return face, rows
    kept = rows[:room]
    return face, [*kept[:-1], f"{kept[-1]} …"] if len(kept) < len(rows) else kept


def _line(
    text: str, face: Font, output: Format, margin: int, top: int, ink: Yuv | None = None
) -> Overlay:
    unit = min(output.size)
    around = even(unit * 0.03)
    mask = line_mask(text, face, around)
    left = output.width - margin - mask.shape[1] + around if face.right_to_left else margin - around
    shade = shadow(mask, unit * 0.008, 0.6) if ink is None else None
    return Overlay(left, top - around, mask, ink or WHITE, shade)


def _shade(output: Format, rows: tuple[int, int], strengths: tuple[int, int]) -> Overlay:
    """Return a shade over some rows, from one strength to another, 0 to 255."""
    top, foot = rows
    fall = np.linspace(*strengths, foot - top)[:, None].astype(np.uint8)
    return Overlay(0, top, np.repeat(fall, output.width, axis=1), BLACK)


_DRAWN: dict[InscriptionKind, Callable[[Sequence[str], Format, Look], tuple[Overlay, ...]]] = {
    "title": _title,
    "callout": _callout,
    "credits": _credits,
    "credits on ground": _credits_on_ground,
    "credit line": _credit_line,
}
