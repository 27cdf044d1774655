"""Files of every kind, read at the cut's rate and shape."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from videogen.assembly.still import StillFootage
from videogen.domain.video import Format
from videogen.errors import FootageError
from videogen.media.conform import Conformer
from videogen.media.frames import planes_of
from videogen.media.video import VideoFootage

SHAPE = Format(Fraction(30), 320, 180)
RED_IN_BT709 = (63, 102, 240)

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write frames to a video; frame n is shown from `times[n]` seconds on."""

    def written(
        name: str,
        pictures: Sequence[np.ndarray],
        times: Sequence[Fraction],
        *,
        codec: str = "libx264",
        pixels: str = "yuv420p",
        options: dict[str, str] | None = None,
        prepare: Callable[[av.VideoStream], None] = lambda _stream: None,
    ) -> Path:
        path = tmp_path / name
        with av.open(path, "w") as container:
            stream = container.add_stream(codec, rate=30, options=options or {})
            assert isinstance(stream, av.VideoStream)
            stream.height, stream.width = pictures[0].shape[:2]
            stream.pix_fmt = pixels
            stream.codec_context.time_base = Fraction(1, 60_000)
            prepare(stream)
            for picture, time in zip(pictures, times, strict=True):
                frame = av.VideoFrame.from_ndarray(picture, "rgb24")
                frame.pts, frame.time_base = round(time * 60_000), Fraction(1, 60_000)
                container.mux(stream.encode(frame))
            container.mux(stream.encode())
        return path

    return written


def greys(count: int) -> list[np.ndarray]:
    """Return frames whose brightness is 4 more in each than in the one before."""
    return [np.full((180, 320, 3), 20 + 4 * number, np.uint8) for number in range(count)]


def shown(path: Path, frames: range, source_in: int = 0) -> list[int]:
    """Return which of the greys is seen at each frame of the cut."""
    footage = VideoFootage(path, SHAPE, source_in)
    try:
        return [numbered(footage.frame(index)) for index in frames]
    finally:
        footage.close()


def numbered(frame: av.VideoFrame) -> int:
    luma = float(planes_of(frame)[0].mean())
    return round(((luma - 16) * 255 / 219 - 20) / 4)


@pytest.mark.parametrize(
    "rate",
    [Fraction(24_000, 1001), Fraction(25), Fraction(30), Fraction(50), Fraction(60_000, 1001)],
    ids=str,
)
def test_each_frame_is_shown_from_the_nearest_frame_of_the_cut_on(
    rate: Fraction, write: Write
) -> None:
    times = [number / rate for number in range(50)]
    path = write("clip.mp4", greys(50), times)

    seen = shown(path, range(20))

    nearest = [int(time * 30 + Fraction(1, 2)) for time in times]
    expected = [max(n for n, slot in enumerate(nearest) if slot <= index) for index in range(20)]
    assert seen == expected


def test_uneven_times_are_kept(write: Write) -> None:
    times = [Fraction(0), Fraction(1, 30), Fraction(10, 30), Fraction(11, 30), Fraction(20, 30)]
    path = write("uneven.mkv", greys(5), times)

    assert shown(path, range(22)) == [0] + [1] * 9 + [2] + [3] * 9 + [4] * 2


def test_reading_starts_inside_the_file_at_the_very_frame(write: Write) -> None:
    path = write("clip.mp4", greys(55), [Fraction(n, 30) for n in range(55)], options={"g": "250"})

    assert shown(path, range(5), source_in=45) == [45, 46, 47, 48, 49]


def test_the_last_frame_is_held_where_a_clip_is_too_short(write: Write) -> None:
    path = write("clip.mp4", greys(10), [Fraction(n, 30) for n in range(10)])

    assert shown(path, range(8, 14)) == [8, 9, 9, 9, 9, 9]
    assert shown(path, range(2), source_in=500) == [9, 9]


def red(height: int, width: int) -> list[np.ndarray]:
    picture = np.zeros((height, width, 3), np.uint8)
    picture[:, :, 0] = 255
    return [picture] * 3


@pytest.fixture
def same_scheduling() -> Iterator[None]:
    """Leave the process as it is scheduled.

    Run by root, SVT-AV1 makes it a real-time one (SCHED_FIFO 99), and all that it starts: a thread
    pool that spins then keeps two cores from everybody else, itself included.
    """
    if sys.platform != "linux":
        yield
        return
    policy, priority = os.sched_getscheduler(0), os.sched_getparam(0)
    yield
    os.sched_setscheduler(0, policy, priority)
    assert os.sched_getscheduler(0) == policy


@pytest.mark.parametrize(
    ("name", "codec", "pixels", "options"),
    [
        ("sd.mp4", "libx264", "yuv420p", {}),
        ("full.mp4", "libx264", "yuvj420p", {}),
        ("ten-bits.mp4", "libx264", "yuv420p10le", {}),
        ("rgb.mkv", "ffv1", "bgr0", {}),
        ("mpeg4.avi", "mpeg4", "yuv420p", {"b": "4000000"}),
        ("prores.mov", "prores_ks", "yuv422p10le", {}),
        ("small.gif", "gif", "rgb8", {}),
        ("hevc.mp4", "libx265", "yuv420p", {"x265-params": "log-level=none"}),
        ("vp8.webm", "libvpx", "yuv420p", {"b": "4000000", "deadline": "realtime"}),
        ("vp9.webm", "libvpx-vp9", "yuv444p", {"deadline": "realtime", "cpu-used": "8"}),
        ("av1.mp4", "libsvtav1", "yuv420p", {"preset": "12", "svtav1-params": "lp=1"}),
        ("photographs.avi", "mjpeg", "yuvj422p", {}),
        ("windows.wmv", "wmv2", "yuv420p", {"b": "4000000"}),
        ("archive.mkv", "ffv1", "yuv444p10le", {}),
        ("lossless.avi", "huffyuv", "yuv422p", {}),
        ("film.mov", "cfhd", "yuv422p10le", {}),
        ("animation.mov", "qtrle", "rgb24", {}),
        ("old.mov", "svq1", "yuv410p", {}),
    ],
)
@pytest.mark.filterwarnings("ignore:deprecated pixel format")
@pytest.mark.usefixtures("same_scheduling")
def test_colours_stay_what_they_were(
    name: str, codec: str, pixels: str, options: dict[str, str], write: Write
) -> None:
    times = [Fraction(n, 30) for n in range(3)]
    path = write(
        name,
        red(217, 333) if name == "rgb.mkv" else red(216, 384),
        times,
        codec=codec,
        pixels=pixels,
        options=options,
    )
    footage = VideoFootage(path, SHAPE, 0)

    frame = footage.frame(1)

    middle = tuple(
        int(plane[plane.shape[0] // 2, plane.shape[1] // 2]) for plane in planes_of(frame)
    )
    footage.close()
    assert (frame.width, frame.height, frame.format.name) == (320, 180, "yuv420p")
    assert middle == pytest.approx(RED_IN_BT709, abs=4)


@pytest.mark.parametrize(("luma", "expected"), [(30, 220), (220, 58)])
@pytest.mark.parametrize(
    ("name", "codec", "pixels"), [("logo.mov", "qtrle", "argb"), ("logo.mkv", "ffv1", "yuva444p")]
)
def test_transparent_footage_stands_on_a_background_that_does_not_change(
    luma: int, expected: int, name: str, codec: str, pixels: str, tmp_path: Path
) -> None:
    with av.open(tmp_path / name, "w") as container:
        stream = container.add_stream(codec, rate=30)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 320, 180, pixels
        for number in range(6):
            picture = np.zeros((180, 320, 4), np.uint8)
            picture[40:140, 60 : 160 + 10 * number] = (luma, luma, luma, 255)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgba")))
        container.mux(stream.encode())
    footage = VideoFootage(tmp_path / name, SHAPE, 0, 1)

    lumas = [planes_of(footage.frame(index))[0] for index in range(6)]

    footage.close()
    assert [int(plane[10, 10]) for plane in lumas] == pytest.approx([expected] * 6, abs=4)
    assert [int(plane[90, 100]) for plane in lumas] == pytest.approx(
        [16 + luma * 219 / 255] * 6, abs=3
    )


def test_high_dynamic_range_is_brought_down_to_white() -> None:
    # Diffuse white of 203 nits by ITU-R BT.2408: 58 % of the PQ curve.
    frame = av.VideoFrame(320, 180, "yuv420p10le")
    frame.color_trc, frame.color_primaries, frame.colorspace, frame.color_range = 16, 9, 9, 1
    for plane, value in zip(frame.planes, (572, 512, 512), strict=True):
        np.frombuffer(memoryview(plane), np.uint16)[:] = value

    luma = planes_of(Conformer(320, 180, None).conform(frame))[0]

    assert luma.mean() > 215


def quarters(height: int, width: int) -> np.ndarray:
    """Return a picture whose upper left quarter is white."""
    picture = np.zeros((height, width, 3), np.uint8)
    picture[: height // 2, : width // 2] = 255
    return picture


def corners(frame: av.VideoFrame) -> list[bool]:
    luma = planes_of(frame)[0]
    return [bool(luma[y, x] > 120) for y in (40, 140) for x in (60, 260)]


@pytest.mark.parametrize(
    ("degrees", "expected"),
    [
        (0, [True, False, False, False]),
        (90, [False, False, True, False]),
        (180, [False, False, False, True]),
        (270, [False, True, False, False]),
    ],
)
def test_a_rotation_flag_is_obeyed(degrees: int, expected: list[bool], write: Write) -> None:
    size = (320, 180) if degrees in {90, 270} else (180, 320)
    path = write(
        "turned.mp4",
        [quarters(*size)] * 3,
        [Fraction(n, 30) for n in range(3)],
        prepare=lambda stream: stream.set_display_rotation(degrees),
    )
    footage = VideoFootage(path, SHAPE, 0)

    assert corners(footage.frame(1)) == expected
    footage.close()


def test_wide_pixels_are_shown_wide(write: Write) -> None:
    def anamorphic(stream: av.VideoStream) -> None:
        stream.sample_aspect_ratio = Fraction(2, 1)

    picture = np.zeros((180, 160, 3), np.uint8)
    picture[:, 40:120] = 255
    path = write("wide.mp4", [picture] * 3, [Fraction(n, 30) for n in range(3)], prepare=anamorphic)
    footage = VideoFootage(path, SHAPE, 0)

    row = planes_of(footage.frame(1))[0][90] > 120
    footage.close()
    assert row.sum() == pytest.approx(160, abs=4)
    assert row[160]
    assert not row[70]


def noisy(count: int) -> list[np.ndarray]:
    chance = np.random.default_rng(1)
    return [chance.integers(60, 200, (180, 320, 3), np.uint8) for _ in range(count)]


def test_interlaced_frames_are_taken_apart_into_their_two_moments(write: Write) -> None:
    def bar(moment: int) -> np.ndarray:
        picture = np.full((180, 320, 3), 20, np.uint8)
        picture[:, 20 + 8 * moment : 60 + 8 * moment] = 220
        return picture

    frames = []
    for number in range(14):
        frames.append(bar(2 * number + 1))
        frames[-1][1::2] = bar(2 * number)[1::2]
    lower_first = {"x264-params": "bff=1:qp=10"}
    times = [Fraction(number, 15) for number in range(14)]
    footage = VideoFootage(write("clip.mkv", frames, times, options=lower_first), SHAPE, 0)

    lumas = [planes_of(footage.frame(index))[0].astype(int) for index in range(27)]

    footage.close()
    rows = [np.abs(luma[2:-2:2] - luma[1:-3:2]).mean() for luma in lumas]
    assert max(rows) < 4
    middles = [float(np.flatnonzero(luma[90] > 125).mean()) for luma in lumas]
    assert np.diff(middles) == pytest.approx([8] * 26, abs=2.5)


@pytest.mark.parametrize("name", ["damaged.mp4", "damaged.ts"])
def test_damage_is_held_over_and_never_black(name: str, write: Write) -> None:
    path = write(name, noisy(60), [Fraction(n, 30) for n in range(60)])
    content = bytearray(path.read_bytes())
    third = len(content) // 3
    content[third : 2 * third : 40] = bytes(len(content[third : 2 * third : 40]))
    path.write_bytes(content)
    footage = VideoFootage(path, SHAPE, 0)

    lumas = [float(planes_of(footage.frame(index))[0].mean()) for index in range(70)]

    footage.close()
    assert min(lumas) > 60


def test_a_file_cut_off_in_the_middle_is_shown_as_far_as_it_goes(write: Write) -> None:
    path = write("cut.ts", noisy(60), [Fraction(n, 30) for n in range(60)])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    footage = VideoFootage(path, SHAPE, 40)

    assert float(planes_of(footage.frame(0))[0].mean()) > 60
    footage.close()


@pytest.mark.parametrize("content", [b"", b"neither video nor anything else" * 50])
def test_what_is_no_video_is_refused_by_name(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "nothing.mp4"
    path.write_bytes(content)

    with pytest.raises(FootageError, match=r"nothing\.mp4"):
        VideoFootage(path, SHAPE, 0)


def test_sound_alone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sound.mp4"
    with av.open(path, "w") as container:
        stream = container.add_stream("aac", rate=48_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 4096), np.float32), "fltp", "mono")
        frame.sample_rate = 48_000
        container.mux(stream.encode(frame))
        container.mux(stream.encode())

    with pytest.raises(FootageError, match="no picture"):
        VideoFootage(path, SHAPE, 0)


def test_a_still_moves_smoothly_by_parts_of_a_pixel(tmp_path: Path) -> None:
    path = tmp_path / "still.png"
    columns = np.arange(1280) * 200 // 1280
    Image.fromarray(np.repeat(columns[None, :], 720, 0).astype(np.uint8)).save(path)
    footage = StillFootage(path, SHAPE, 120)

    lumas = [float(planes_of(footage.frame(index))[0][:, :40].mean()) for index in range(120)]

    footage.close()
    steps = np.diff(lumas)
    assert abs(lumas[-1] - lumas[0]) > 1
    # One way only, and never by a jump.
    assert np.all(steps >= -0.05) or np.all(steps <= 0.05)
    assert np.abs(steps).max() < 3 * abs(lumas[-1] - lumas[0]) / 119


def test_a_frame_that_fits_already_goes_on_untouched() -> None:
    frame = av.VideoFrame(320, 180, "yuv420p")
    frame.colorspace, frame.color_range = 1, 1

    assert Conformer(320, 180, None).conform(frame) is frame
