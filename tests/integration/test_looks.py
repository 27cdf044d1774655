"""What a viewer sees: cards, captions, thumbnails."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from av import VideoFrame
from fakes.media import make_portrait, make_still, make_video
from numpy.typing import NDArray
from PIL import Image

from videogen.assembly.captions.setting import setting_of
from videogen.assembly.composition import Composition
from videogen.assembly.face_detection import prominence
from videogen.assembly.segment import CaptionStyle, Segment
from videogen.assembly.still import StillFootage
from videogen.assembly.style import LOOKS
from videogen.assembly.thumbnail import draw_thumbnail
from videogen.assembly.timeline import Caption, Inscription, Shot, TimedScene, Timeline
from videogen.domain.footage import Card, MediaFile
from videogen.domain.video import Format, StyleName
from videogen.media.encoding import ENCODERS, SOFTWARE
from videogen.media.frames import planes_of

WIDE = Format(Fraction(30), 640, 360)
MANY_CREDITS = tuple(
    f"Footage: Wikimedia Commons – Photographer {number} (CC BY 4.0)" for number in range(30)
)
CAPTION = Caption(
    10,
    60,
    ("The carrier strike group remains the", "centrepiece of modern naval power."),
    (10, 14, 19, 24, 29, 35, 40, 44, 48, 52, 56),
)


def luma(frame: VideoFrame) -> NDArray[np.float64]:
    return planes_of(frame)[0].astype(np.float64)


def captioned(output: Format, style: CaptionStyle | None) -> list[VideoFrame]:
    scene = TimedScene(1, "", None, (Shot(Card("", 2), 70, 0, 0),), (CAPTION,))
    with Composition(
        Segment(scene, None, output, ENCODERS[SOFTWARE]["good"], style)
    ) as composition:
        return list(composition.frames())


@pytest.mark.parametrize(
    ("kind", "size"),
    [
        ("title", (640, 360)),
        ("title", (480, 480)),
        ("credit line", (640, 360)),
        ("credit line", (360, 640)),
        ("credit line", (480, 480)),
    ],
)
def test_what_stands_over_a_picture_comes_in_softly_and_clear_of_captions_and_edges(
    kind: Literal["title", "credit line"], size: tuple[int, int]
) -> None:
    output = Format(Fraction(30), *size)
    lines = ("Why the Tacoma Narrows Bridge fell",) if kind == "title" else MANY_CREDITS
    shown = Inscription(kind, 10, 60, lines)

    def pictures(*inscriptions: Inscription) -> list[VideoFrame]:
        shots = (Shot(Card("", 2), 60, 0, 0),)
        scene = TimedScene(1, "", None, shots, (), inscriptions)
        with Composition(
            Segment(scene, None, output, ENCODERS[SOFTWARE]["good"], None)
        ) as composition:
            return list(composition.frames())

    plain, laid = pictures(), pictures(shown)
    changes = [float(np.abs(luma(a) - luma(b)).mean()) for a, b in zip(plain, laid, strict=True)]
    assert changes[:10] == [0] * 10
    assert 0 < changes[10] < changes[16] < changes[30]
    letters = luma(laid[35]) > 190
    rows, columns = np.nonzero(letters)
    assert len(rows) > 40
    assert columns.min() >= size[0] * 0.04
    assert columns.max() <= size[0] * 0.96
    assert rows.min() >= size[1] * 0.03
    setting = setting_of(output)
    assert rows.max() < size[1] * (1 - setting.foot - 2.3 * setting.size)


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (480, 480)])
def test_captions_are_shown_for_exactly_their_frames_inside_the_safe_area(
    size: tuple[int, int],
) -> None:
    output = Format(Fraction(30), *size)
    plain = captioned(output, None)
    burned = captioned(output, CaptionStyle())

    changed = [not np.array_equal(luma(a), luma(b)) for a, b in zip(plain, burned, strict=True)]
    assert changed == [10 <= index < 60 for index in range(70)]
    rows, columns = np.nonzero(luma(plain[30]) != luma(burned[30]))
    assert columns.min() >= size[0] * 0.04
    assert columns.max() <= size[0] * 0.96
    assert rows.min() >= size[1] * 0.5
    assert rows.max() <= size[1] * 0.96


def test_captions_are_white_in_a_dark_outline() -> None:
    difference = luma(captioned(WIDE, CaptionStyle())[30])

    foot = difference[290:345]
    assert (foot > 225).sum() > 300
    assert (foot < 25).sum() > 300


def test_the_spoken_word_is_coloured_and_no_other() -> None:
    plain, lit = captioned(WIDE, CaptionStyle()), captioned(WIDE, CaptionStyle(highlight=True))

    def coloured(index: int) -> NDArray[np.intp]:
        blue = [planes_of(frames[index])[1].astype(int) for frames in (plain, lit)]
        return np.flatnonzero((blue[0] - blue[1] > 25).any(axis=0))

    first, last = coloured(12), coloured(39)
    assert len(first)
    assert len(last)
    assert first.max() < last.min()


def test_a_word_too_wide_for_its_frame_is_set_smaller() -> None:
    tall = Format(Fraction(30), 360, 640)
    word = Caption(0, 70, ("internationalization", "counterrevolutionaries"), (0, 30))
    scene = TimedScene(1, "", None, (Shot(Card("", 2), 70, 0, 0),), (word,))

    with Composition(
        Segment(scene, None, tall, ENCODERS[SOFTWARE]["good"], CaptionStyle())
    ) as composition:
        letters = luma(next(composition.frames())) > 225

    columns = np.nonzero(letters)[1]
    assert columns.min() >= 360 * 0.06
    assert columns.max() <= 360 * 0.94


def timeline(*sources: MediaFile | Card) -> Timeline:
    """Lay out a scene of a second for each source."""
    scenes = [
        TimedScene(number, "", None, (Shot(source, 30, 0, 0),))
        for number, source in enumerate(sources, 1)
    ]
    return Timeline(Fraction(30), 640, 360, tuple(scenes))


def test_the_thumbnail_is_taken_from_the_sharp_footage(tmp_path: Path) -> None:
    striped = MediaFile(make_video(tmp_path / "striped.mp4", 2.0), "video")
    flat = tmp_path / "flat.png"
    Image.new("RGB", (640, 360), (120, 120, 120)).save(flat)

    jpeg = draw_thumbnail(timeline(MediaFile(flat, "still"), striped, Card("x", 1)), "Naval", {})

    with Image.open(BytesIO(jpeg)) as image:
        assert (image.size, image.format) == ((1280, 720), "JPEG")
        upper = np.asarray(image.convert("L"))[:200]
    assert upper.std() > 30


needs_detector = pytest.mark.usefixtures("face_detector")


def seen(path: Path) -> VideoFrame:
    still = StillFootage(path, Format(Fraction(30), 320, 180), 1)
    return still.frame(0)


@needs_detector
def test_a_face_counts_where_the_title_leaves_it_seen(tmp_path: Path) -> None:
    portrait = make_portrait(tmp_path / "portrait.png")
    low = make_portrait(tmp_path / "low.png", eyes_at=0.72)
    plain = make_still(tmp_path / "plain.png")

    assert prominence(seen(portrait)) == 1
    assert prominence(seen(low)) == 0
    assert prominence(seen(plain)) == 0


@needs_detector
def test_the_thumbnail_prefers_a_face_to_a_sharper_pattern(tmp_path: Path) -> None:
    pattern = tmp_path / "pattern.png"
    columns = np.where(np.arange(640) % 64 < 32, 90, 160).astype(np.uint8)
    Image.fromarray(np.repeat(columns[None], 360, 0)).save(pattern)
    portrait = make_portrait(tmp_path / "portrait.png")

    jpeg = draw_thumbnail(
        timeline(MediaFile(pattern, "still"), MediaFile(portrait, "still")), "Crew", {}
    )

    with Image.open(BytesIO(jpeg)) as image:
        skin = np.asarray(image.convert("RGB")).astype(int)[:430]
    assert ((skin[..., 0] > skin[..., 2] + 40) & (skin[..., 0] > 180)).mean() > 0.03


def test_the_topic_can_be_read_in_a_list_of_videos(tmp_path: Path) -> None:
    grey = tmp_path / "grey.png"
    Image.new("RGB", (640, 360), (120, 120, 120)).save(grey)

    jpeg = draw_thumbnail(timeline(MediaFile(grey, "still")), "Modern naval warfare", {})

    with Image.open(BytesIO(jpeg)) as image:
        small = np.asarray(image.convert("L").resize((320, 180), Image.Resampling.LANCZOS))
    rows = np.flatnonzero((small[100:] > 200).sum(axis=1) > 4)
    assert rows.max() - rows.min() >= 14


def test_without_footage_the_thumbnail_is_a_card() -> None:
    jpeg = draw_thumbnail(timeline(Card("Steel", 1)), "Modern naval warfare", {})

    with Image.open(BytesIO(jpeg)) as image:
        assert (np.asarray(image.convert("L")) > 230).sum() > 5000


@pytest.mark.parametrize("style", list(LOOKS))
def test_credits_on_a_ground_are_read_in_every_style(style: StyleName) -> None:
    look = LOOKS[style][0]
    shots = (Shot(Card("", 0), 40, 0, 0),)
    shown = Inscription("credits on ground", 0, 40, ("Footage: Jane Doe (CC BY 4.0)",))

    def last(*inscriptions: Inscription) -> NDArray[np.float64]:
        scene = TimedScene(1, "", None, shots, (), inscriptions)
        segment = Segment(scene, None, WIDE, ENCODERS[SOFTWARE]["good"], None, look)
        with Composition(segment) as composition:
            return luma(list(composition.frames())[-1])

    difference = np.abs(last(shown) - last())
    assert difference.max() > 120
    assert (difference == 0).mean() > 0.9
