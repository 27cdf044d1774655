"""Small real media files, made on the spot."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.stream import VideoStream
from PIL import Image, ImageDraw, ImageFilter


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


def make_film(path: Path, pictures: Sequence[Image.Image], *, turned: int = 0) -> Path:
    """Write pictures as an H.264 video, 10 a second; `turned` is how the player is to turn it.

    That is in degrees counter-clockwise, as telephones flag what was filmed upright.
    """
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10, options={"preset": "ultrafast"})
        (stream.width, stream.height), stream.pix_fmt = pictures[0].size, "yuv420p"
        if turned:
            stream.set_display_rotation(turned)
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(np.asarray(picture))
            frame.pts, frame.time_base = number, Fraction(1, 10)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def make_still(path: Path, *, width: int = 160, height: int = 90) -> Path:
    """Write a picture of one colour."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (width, height), (40, 90, 160)).save(path)
    return path


def make_portrait(path: Path, *, eyes_at: float = 0.4) -> Path:
    """Draw a person of 640x360, plain enough for a test and a person to a detector.

    `eyes_at` is where the eyes are, in parts of the height.
    """
    image = Image.new("RGB", (640, 360), (90, 110, 130))
    draw = ImageDraw.Draw(image)

    def place(*parts: float) -> tuple[float, ...]:
        """Return corners given in half face heights from between the eyes."""
        middle = (320, 360 * eyes_at)
        return tuple(middle[number % 2] + 90 * part for number, part in enumerate(parts))

    draw.rectangle(place(-1.6, 1.25, 1.6, 4), (50, 60, 90))
    draw.ellipse(place(-0.9, -1.25, 0.9, 0.6), (60, 40, 30))
    draw.ellipse(place(-0.78, -1.0, 0.78, 1.1), (222, 175, 150))
    for x in (-0.34, 0.34):
        draw.ellipse(place(x - 0.17, -0.22, x + 0.17, -0.04), (245, 240, 240))
        draw.ellipse(place(x - 0.085, -0.215, x + 0.085, -0.045), (40, 30, 25))
        draw.line(place(x - 0.22, -0.34, x + 0.22, -0.38), (60, 40, 30), width=6)
    draw.polygon(place(-0.03, -0.1, 0.14, 0.33, -0.14, 0.33), (200, 150, 125))
    draw.ellipse(place(-0.3, 0.52, 0.3, 0.72), (170, 80, 80))
    draw.line(place(-0.28, 0.62, 0.28, 0.62), (110, 50, 50), width=2)
    image.filter(ImageFilter.GaussianBlur(1.2)).save(path)
    return path


def make_heic(path: Path, *, width: int = 160, height: int = 96) -> Path:
    """Write a picture of one colour as telephones do: one HEVC frame in a HEIF file (ISO 23008-12)."""
    coded = path.with_suffix(".mp4")
    with av.open(str(coded), "w") as container:
        stream = container.add_stream("libx265", rate=1, options={"x265-params": "log-level=none"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        picture = np.full((height, width, 3), (40, 90, 160), np.uint8)
        container.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(stream.encode())
    with av.open(str(coded)) as source:
        configuration = source.streams.video[0].codec_context.extradata or b""
        frame = bytes(next(source.demux(video=0)))
    coded.unlink()

    def box(name: bytes, *content: bytes) -> bytes:
        return struct.pack(">I", 8 + sum(map(len, content))) + name + b"".join(content)

    zeros = bytes(4)
    properties = box(b"hvcC", configuration) + box(
        b"ispe", zeros, struct.pack(">II", width, height)
    )
    entry = box(b"infe", b"\2\0\0\0", struct.pack(">HH", 1, 0), b"hvc1\0")
    kind = box(b"ftyp", b"heic", zeros, b"mif1heic")

    def meta(offset: int) -> bytes:
        place = struct.pack(">BBHHHHII", 0x44, 0, 1, 1, 0, 1, offset, len(frame))
        return box(
            b"meta",
            zeros,
            box(b"hdlr", zeros * 2, b"pict", zeros * 3, b"\0"),
            box(b"pitm", zeros, struct.pack(">H", 1)),
            box(b"iloc", zeros, place),
            box(b"iinf", zeros, struct.pack(">H", 1), entry),
            box(
                b"iprp",
                box(b"ipco", properties),
                box(b"ipma", zeros, struct.pack(">IHBBB", 1, 1, 2, 0x81, 2)),
            ),
        )

    path.write_bytes(kind + meta(len(kind) + len(meta(0)) + 8) + box(b"mdat", frame))
    return path


def make_webm(path: Path, codec: str, seconds: int) -> Path:
    """Write a WebM of noise, a keyframe each four seconds; its cues are at the end."""
    chance = np.random.default_rng(1)
    options = {"g": "48", "deadline": "realtime", "cpu-used": "8", "b": "600k"}
    with av.open(str(path), "w", format="webm") as container:
        stream = container.add_stream(codec, rate=12, options=options)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for _ in range(seconds * 12):
            picture = chance.integers(0, 255, (180, 320, 3), np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(stream.encode())
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
