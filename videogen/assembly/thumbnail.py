"""The thumbnail: a sharp bright frame of what shows the topic, a face if there is one, few words."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from av import VideoFrame
from PIL import Image

from videogen.assembly.cards.card import CardFootage
from videogen.assembly.face_detection import prominence
from videogen.assembly.fonts import Font
from videogen.assembly.lettering import fitted, line_mask, shadow
from videogen.assembly.overlay import Overlay
from videogen.assembly.still import StillFootage
from videogen.assembly.timeline import Shot, Timeline
from videogen.barrier import Fault, attempt
from videogen.domain.footage import Card, MediaFile
from videogen.domain.video import Format, Framing
from videogen.media.frames import BLACK, WHITE, Yuv, copy_of, planes_of, yuv
from videogen.media.stills import upright_size
from videogen.media.video import KeyFrame, keyframe_near

# The longer side; a square has as many pixels with less.
_LONGER, _SQUARE = 1280, 1080
_SCOUT_SHARE = 4
_MOST_SCOUTED = 24
_MOST_ENLARGED = 1.5
# What a file counts that has nothing to do with the topic, beside one that shows it, with 1 more.
_OFF_TOPIC = 0.2
_BEST_LUMA = 125.0
_CARD_SECONDS = 4
_FACE = 1.5

# Of the shorter side: at a quarter of the size, as lists show it, letters are still readable.
_LARGEST, _SMALLEST, _STEP = 0.16, 0.06, 0.006
_MARGIN_SHARE = 0.078
_MOST_LINES, _MOST_LINES_UPRIGHT = 2, 3
# Of the height: what apps draw over the foot of an upright video.
_COVERED = 0.16


@dataclass(frozen=True, slots=True)
class _Scouted:
    """A frame found, how much it would be enlarged, and how well it would serve."""

    shot: Shot
    enlarged: float
    appeal: float

    @property
    def rank(self) -> tuple[bool, float]:
        """What frames are compared by: too small a one comes after all that are large enough."""
        return self.enlarged <= _MOST_ENLARGED, self.appeal / max(1.0, self.enlarged)


def draw_thumbnail(timeline: Timeline, words: str, relevance: Mapping[Path, float]) -> bytes:
    """Return a JPEG in the video's own shape, 1280 pixels on the longer side, 1080 if square.

    `relevance` is how much each file shows of the topic, from 0 to 1.
    """
    shape = _shape(timeline)
    frame = _best_footage(timeline, shape, relevance)
    if frame is None:
        card = Card(words, len(timeline.scenes))
        frame = CardFootage(card, shape, timeline.look).frame(round(_CARD_SECONDS * timeline.rate))
    elif words:
        frame = copy_of(frame)
        _set(words, frame, yuv(timeline.look.mark))
    jpeg = BytesIO()
    as_image(frame).save(jpeg, "JPEG", quality=92)
    return jpeg.getvalue()


def _shape(timeline: Timeline) -> Format:
    longer = _SQUARE if timeline.width == timeline.height else _LONGER
    return scaled(timeline, longer / max(timeline.width, timeline.height))


def scaled(shape: Timeline | Format, scale: float) -> Format:
    """Return a format of the same shape and rate, in even pixels."""
    width, height = (round(side * scale / 2) * 2 for side in (shape.width, shape.height))
    return Format(shape.rate, width, height)


def _best_footage(
    timeline: Timeline, shape: Format, relevance: Mapping[Path, float]
) -> VideoFrame | None:
    """Return the best frame in the middle of a shot; None where no footage can be shown."""
    ranked = sorted(_scouted(timeline, shape, relevance), key=lambda one: one.rank, reverse=True)
    shown = (attempt(functools.partial(_frame_of, one.shot, shape)) for one in ranked)
    return next((one.frame for one in shown if not isinstance(one, Fault)), None)


def _scouted(
    timeline: Timeline, shape: Format, relevance: Mapping[Path, float]
) -> Iterator[_Scouted]:
    def nearness(shot: Shot) -> float:
        return relevance.get(shot.source.path, 0.0) if isinstance(shot.source, MediaFile) else 0.0

    shots = [shot for _, shot in timeline.shots() if isinstance(shot.source, MediaFile)]
    small = scaled(shape, 1 / _SCOUT_SHARE)
    for shot in sorted(shots, key=nearness, reverse=True)[:_MOST_SCOUTED]:
        found = attempt(functools.partial(_frame_of, shot, small))
        if isinstance(found, Fault):
            continue  # it shows a card, which the render has told of
        enlarged = _enlarged(found.shown_size, shape, shot.framing)
        yield _Scouted(shot, enlarged, _appeal(found.frame) * (_OFF_TOPIC + nearness(shot)))


def _frame_of(shot: Shot, shape: Format) -> KeyFrame:
    media = shot.source
    assert isinstance(media, MediaFile)  # noqa: S101 - no other shot is scouted
    if media.kind == "video":
        middle = shot.source_in + shot.frames // 2
        return keyframe_near(media.path, shape, middle, shot.framing)
    still = StillFootage(media.path, shape, 1, shot.framing)
    try:
        return KeyFrame(still.frame(0), upright_size(media.path))
    finally:
        still.close()


def _enlarged(source: tuple[float, float], shape: Format, framing: Framing) -> float:
    scales = (shape.width / source[0], shape.height / source[1])
    return min(scales) if framing.whole else max(scales)


def _appeal(frame: VideoFrame) -> float:
    """Return how well a frame would serve: its sharpness, less where it is too dark or bright.

    Sharpness is the spread of the Laplacian (Pech-Pacheco et al., 2000), as a root so that noise
    and fine texture do not win over a clear subject. A face is what is looked at in a list of
    videos, so it counts for more.
    """
    luma = planes_of(frame)[0].astype(np.float32)
    edges = (
        luma[:-2, 1:-1] + luma[2:, 1:-1] + luma[1:-1, :-2] + luma[1:-1, 2:] - 4 * luma[1:-1, 1:-1]
    )
    light = 1 - min(1.0, abs(float(luma.mean()) - _BEST_LUMA) / _BEST_LUMA)
    contrast = min(1.0, float(luma.std()) / 50)
    return float(np.sqrt(edges.std())) * light * contrast * (1 + _FACE * prominence(frame))


def _set(words: str, frame: VideoFrame, accent: Yuv) -> None:
    """Set words at the foot of a frame, over a scrim that fades upward."""
    width, height = frame.width, frame.height
    unit = min(width, height)
    margin = round(_MARGIN_SHARE * unit / 2) * 2
    most_lines = _MOST_LINES_UPRIGHT if height > width else _MOST_LINES
    largest, smallest, step = (round(share * unit) for share in (_LARGEST, _SMALLEST, _STEP))
    font, lines = fitted(
        words, "Bold", range(largest, smallest, -step), width - 2 * margin, most_lines
    )
    row_step = round(font.size * 1.1 / 2) * 2
    foot = max(margin, round(_COVERED * height) if height > width else 0)
    top = (height - foot - row_step * len(lines)) // 2 * 2
    _shade(frame, top - unit // 3)
    bar = np.full((round(unit / 144) * 2, round(unit / 12) * 2), 255, np.uint8)
    bar_left = width - margin - bar.shape[1] if font.right_to_left else margin
    Overlay(bar_left, top - round(unit / 56) * 2, bar, accent).draw(frame)
    _write(lines, font, frame, (margin, top), row_step)


def _shade(frame: VideoFrame, top: int) -> None:
    """Darken a frame from a row on downward, ever more."""
    begin = max(0, top) // 2 * 2
    fall = np.linspace(0, 1, frame.height - begin)[:, None] ** 0.8 * 200
    scrim = np.repeat(fall.astype(np.uint8), frame.width, axis=1)
    Overlay(0, begin, scrim, BLACK).draw(frame)


def _write(
    lines: tuple[str, ...], font: Font, frame: VideoFrame, corner: tuple[int, int], step: int
) -> None:
    around = 24
    for row, line in enumerate(lines):
        mask = line_mask(line, font, around)
        left, length = corner[0], mask.shape[1] - 2 * around
        if font.right_to_left:
            left = frame.width - left - length
        y = corner[1] + step * row - around
        Overlay(left - around, y, mask, WHITE, shadow(mask, 7, 0.7)).draw(frame)


def as_image(frame: VideoFrame) -> Image.Image:
    """Return a frame of a cut as an RGB picture."""
    rgb = frame.reformat(format="rgb24", src_colorspace="ITU709", src_color_range="MPEG")
    return Image.fromarray(rgb.to_ndarray())
