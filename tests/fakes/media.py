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


def make_long_video(
    path: Path,
    seconds: float,
    *,
    width: int = 640,
    height: int = 360,
    bits_a_second: int = 1_500_000,
    index_first: bool = True,
    blank: bool = False,
    b_frames: int = 0,
) -> Path:
    """Write a video of constant bit rate, 30 frames a second, a keyframe each second.

    Two seconds are encoded, and their packets are repeated for as long as it takes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    pattern = path.with_suffix(".pattern.mp4")
    rate = {"b": str(bits_a_second), "maxrate": str(bits_a_second), "bufsize": str(bits_a_second)}
    options = {
        "g": "30",
        "bf": str(b_frames),
        "preset": "ultrafast",
        "x264-params": "nal-hrd=cbr:filler=1",
    } | rate
    with av.open(str(pattern), "w") as container:
        stream = container.add_stream("libx264", rate=30, options=options)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(60):
            picture = np.full((height, width, 3), (number * 4, 120, 200), np.uint8)
            picture[:, : width * (number + 15) // 90] = (20, 40, 60)
            picture *= not blank
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(stream.encode())
    flags = {"movflags": "faststart"} if index_first else {}
    with av.open(str(pattern)) as source, av.open(str(path), "w", options=flags) as target:
        template = source.streams.video[0]
        copy = target.add_stream_from_template(template)
        packets = [packet for packet in source.demux(template) if packet.dts is not None]
        base = template.time_base or Fraction(1, 1)
        length = round(2 / base)
        times = [(packet.dts or 0, packet.pts or 0) for packet in packets]
        for turn in range(round(seconds / 2)):
            for packet, (dts, pts) in zip(packets, times, strict=True):
                packet.dts, packet.pts = dts + turn * length, pts + turn * length
                packet.stream, packet.time_base = copy, base
                target.mux(packet)
    pattern.unlink()
    return path
