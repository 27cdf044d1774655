"""Small real media files, made on the spot."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image


def make_video(path: Path, seconds: float, *, width: int = 160, height: int = 90) -> Path:
    """Write an H.264 video of moving stripes, 10 frames a second, a keyframe each second."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(
            "libx264", rate=10, options={"g": "10", "preset": "ultrafast"}
        )
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(round(seconds * 10)):
            picture = np.zeros((height, width, 3), np.uint8)
            picture[:, (np.arange(width) + number * 3) % 40 < 20] = (200, 120, number % 256)
            frame = av.VideoFrame.from_ndarray(picture)
            frame.pts, frame.time_base = number, Fraction(1, 10)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def make_still(path: Path, *, width: int = 160, height: int = 90) -> Path:
    """Write a picture of one colour."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (width, height), (40, 90, 160)).save(path)
    return path
