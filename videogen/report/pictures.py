"""What a page shows of a film without playing it: a small frame a shot, and its sound as a wave."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from videogen.assembly.timeline import Timeline
from videogen.barrier import Fault, attempt
from videogen.media.audio import decoded
from videogen.media.glimpses import frame_at

# All thumbnails together, so that the page stays below two megabytes.
_MOST_BYTES = 1_000_000
_SIDE, _SMALLER_SIDE = 240, 120
_QUALITY = 72
_WAVE_POINTS = 800
_WAVE_RATE = 8000


def thumbnails(video: Path, timeline: Timeline, places: Sequence[int]) -> tuple[str, ...]:
    """Return a JPEG as Base64 for the frame at each place; empty where it can't be read."""
    large = tuple(_thumbnail(video, timeline, place, _SIDE) for place in places)
    if sum(map(len, large)) <= _MOST_BYTES:
        return large
    return tuple(_thumbnail(video, timeline, place, _SMALLER_SIDE) for place in places)


def wave(video: Path) -> tuple[float, ...]:
    """Return how far the sound swings, 0 to 1, in parts of equal length of the whole film."""
    heard = [float(np.abs(part).max(initial=0.0)) for part in _hundredths(video)]
    parts = np.array_split(np.array(heard or [0.0]), min(_WAVE_POINTS, max(1, len(heard))))
    return tuple(round(float(part.max()), 3) for part in parts)


def _hundredths(video: Path) -> Iterator[np.ndarray]:
    step = _WAVE_RATE // 100
    for block in decoded(video, _WAVE_RATE, "mono"):
        yield from (block[start : start + step] for start in range(0, len(block), step))


def _thumbnail(video: Path, timeline: Timeline, place: int, side: int) -> str:
    found = attempt(lambda: frame_at(video, timeline.rate, place))
    if isinstance(found, Fault):
        return ""  # the page shows the shot's name instead
    image = Image.fromarray(found)
    image.thumbnail((side, side))
    jpeg = io.BytesIO()
    image.save(jpeg, "JPEG", quality=_QUALITY)
    return base64.b64encode(jpeg.getvalue()).decode()
