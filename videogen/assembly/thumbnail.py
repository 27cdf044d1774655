"""The thumbnail: a sharp bright frame of the footage, a face where one is found, and the topic."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import numpy as np
from av import VideoFrame
from PIL import Image

from videogen.assembly.cards.card import CardFootage
from videogen.assembly.face_detection import prominence
from videogen.assembly.fonts import Font
from videogen.assembly.lettering import fitted, line_mask, shadow
from videogen.assembly.overlay import Overlay
from videogen.assembly.still import StillFootage
from videogen.assembly.timeline import Timeline
from videogen.domain import Card, Format, MediaFile
from videogen.errors import FootageError
from videogen.media.frames import BLACK, WHITE, copy_of, planes_of, yuv
from videogen.media.video import keyframe_near

WIDTH, HEIGHT = 1280, 720

_SCOUT_WIDTH, _SCOUT_HEIGHT = 320, 180
_MOST_SCOUTED = 24
_BEST_LUMA = 125.0
_CARD_SECONDS = 4
_FACE = 1.5

# At a quarter of the size, as lists of videos show it, letters are still 15 pixels high.
_SIZES = range(112, 59, -4)
_MARGIN = 56
_MOST_LINES = 3
_ACCENT = yuv("#ffd166")


def draw_thumbnail(timeline: Timeline, title: str) -> bytes:
    """Return a JPEG of 1280 x 720."""
    frame = _best_footage(timeline)
    if frame is None:
        card = Card(title, len(timeline.scenes))
        shape = Format(timeline.rate, WIDTH, HEIGHT)
        frame = CardFootage(card, shape).frame(round(_CARD_SECONDS * timeline.rate))
    else:
        frame = copy_of(frame)
        _set(title, frame)
    jpeg = BytesIO()
    _image(frame).save(jpeg, "JPEG", quality=92)
    return jpeg.getvalue()


def _best_footage(timeline: Timeline) -> VideoFrame | None:
    """Return the best frame in the middle of a shot; None where no footage can be shown."""
    scouted = [
        (_appeal(frame), media, index)
        for media, index, frame in _scouted(
            timeline, Format(timeline.rate, _SCOUT_WIDTH, _SCOUT_HEIGHT)
        )
    ]
    if not scouted:
        return None
    _, media, index = max(scouted, key=lambda entry: entry[0])
    return _frame_at(media, index, Format(timeline.rate, WIDTH, HEIGHT))


def _scouted(timeline: Timeline, shape: Format) -> Iterator[tuple[MediaFile, int, VideoFrame]]:
    places = [
        (shot.source, shot.source_in + shot.frames // 2)
        for _, shot in timeline.shots()
        if isinstance(shot.source, MediaFile)
    ]
    every = max(1, -(-len(places) // _MOST_SCOUTED))
    for media, index in places[::every]:
        try:
            yield media, index, _frame_at(media, index, shape)
        except FootageError:
            continue  # its shot shows a card, which the render has told of


def _frame_at(media: MediaFile, index: int, shape: Format) -> VideoFrame:
    if media.kind == "video":
        return keyframe_near(media.path, shape, index)
    still = StillFootage(media.path, shape, 1)
    try:
        return still.frame(0)
    finally:
        still.close()


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


def _set(title: str, frame: VideoFrame) -> None:
    """Set the title at the foot of a frame, over a scrim that fades upward."""
    font, lines = fitted(title, "Bold", _SIZES, WIDTH - 2 * _MARGIN, _MOST_LINES)
    step = round(font.size * 1.1 / 2) * 2
    top = HEIGHT - _MARGIN - step * len(lines)
    reach = min(HEIGHT, HEIGHT - top + 220) // 2 * 2
    fall = np.linspace(0, 1, reach)[:, None] ** 0.8 * 200
    scrim = np.repeat(fall.astype(np.uint8), WIDTH, axis=1)
    Overlay(0, HEIGHT - reach, scrim, BLACK).draw(frame)
    bar = np.full((10, 120), 255, np.uint8)
    Overlay(_left(font, 120), top - 26, bar, _ACCENT).draw(frame)
    margin = 24
    for row, line in enumerate(lines):
        mask = line_mask(line, font, margin)
        left, y = _left(font, mask.shape[1] - 2 * margin) - margin, top + step * row - margin
        Overlay(left, y, mask, WHITE, shadow(mask, 7, 0.7)).draw(frame)


def _left(font: Font, width: int) -> int:
    return WIDTH - _MARGIN - width if font.right_to_left else _MARGIN


def _image(frame: VideoFrame) -> Image.Image:
    rgb = frame.reformat(format="rgb24", src_colorspace="ITU709", src_color_range="MPEG")
    return Image.fromarray(rgb.to_ndarray())
