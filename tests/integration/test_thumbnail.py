"""The picture that stands for a video."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from fakes.media import make_film
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from videogen.assembly.thumbnail import draw_thumbnail
from videogen.assembly.timeline import Shot, TimedScene, Timeline
from videogen.domain.footage import Card, MediaFile
from videogen.domain.video import Framing

RED, GREEN = (200, 60, 50), (50, 150, 70)


def pattern(path: Path, size: tuple[int, int], colour: tuple[int, int, int]) -> MediaFile:
    """Write a picture of stripes in a colour, a sixteenth of its width each."""
    stripes = (np.arange(size[0]) * 16 // size[0] % 2)[None, :, None]
    pixels = np.broadcast_to(np.array(colour) + 50 * stripes, (size[1], size[0], 3))
    Image.fromarray(pixels.astype(np.uint8)).save(path)
    return MediaFile(path, "still")


def drawn(
    *sources: MediaFile | Card,
    relevance: Mapping[Path, float] | None = None,
    size: tuple[int, int] = (1920, 1080),
    words: str = "",
    framing: Framing | None = None,
) -> NDArray[np.uint8]:
    """Return the thumbnail's pixels for scenes of a second each."""
    scenes = tuple(
        TimedScene(number, "", None, (Shot(source, 30, 0, 0, framing or Framing()),))
        for number, source in enumerate(sources, 1)
    )
    timeline = Timeline(Fraction(30), *size, scenes)
    with Image.open(BytesIO(draw_thumbnail(timeline, words, relevance or {}))) as image:
        assert image.format == "JPEG"
        return np.asarray(image.convert("RGB"))


def is_red(pixels: NDArray[np.uint8]) -> bool:
    return bool(pixels[..., 0].mean() > pixels[..., 1].mean() + 20)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1920, 1080), (1280, 720)),
        ((640, 360), (1280, 720)),
        ((1080, 1920), (720, 1280)),
        ((1080, 1080), (1080, 1080)),
        ((1080, 1350), (1024, 1280)),
    ],
)
@pytest.mark.parametrize("kind", ["still", "card"])
def test_it_has_the_video_s_own_shape(
    size: tuple[int, int], expected: tuple[int, int], kind: str, tmp_path: Path
) -> None:
    source = pattern(tmp_path / "red.png", (1600, 1600), RED) if kind == "still" else Card("A", 1)

    rows, columns, _ = drawn(source, size=size, words="Red stripes").shape

    assert (columns, rows) == expected


def test_a_frame_is_not_enlarged_by_more_than_a_half_while_another_serves(tmp_path: Path) -> None:
    small = pattern(tmp_path / "small.png", (640, 360), RED)
    large = pattern(tmp_path / "large.png", (900, 506), GREEN)
    shown = {small.path: 1.0, large.path: 0.1}

    assert not is_red(drawn(small, large, relevance=shown))
    assert is_red(drawn(small, relevance=shown))


def test_a_film_s_own_pixels_count_and_not_those_that_it_is_cut_at(tmp_path: Path) -> None:
    red = Image.new("RGB", (480, 270), RED)
    ImageDraw.Draw(red).rectangle((100, 50, 300, 200), (255, 120, 110))
    film = MediaFile(make_film(tmp_path / "small.mp4", [red] * 12), "video")
    large = pattern(tmp_path / "large.png", (1280, 720), GREEN)

    assert not is_red(drawn(film, large, relevance={film.path: 1.0, large.path: 0.3}))


def test_what_shows_the_topic_comes_before_what_is_as_sharp(tmp_path: Path) -> None:
    red = pattern(tmp_path / "red.png", (1280, 720), RED)
    green = pattern(tmp_path / "green.png", (1280, 720), GREEN)

    assert is_red(drawn(red, green, relevance={red.path: 0.9, green.path: 0.2}))
    assert not is_red(drawn(red, green, relevance={red.path: 0.2, green.path: 0.9}))


def test_a_card_never_stands_where_footage_can(tmp_path: Path) -> None:
    tiny = pattern(tmp_path / "tiny.png", (160, 90), RED)

    assert is_red(drawn(Card("A", 1), tiny, Card("B", 2), relevance={}))


def test_the_part_that_matters_is_seen(tmp_path: Path) -> None:
    image = Image.new("RGB", (1920, 1080), (60, 70, 90))
    ImageDraw.Draw(image).rectangle((100, 300, 400, 900), (240, 220, 60))
    image.save(tmp_path / "left.png")

    pixels = drawn(
        MediaFile(tmp_path / "left.png", "still"), size=(1080, 1920), framing=Framing(0.16, 0.5)
    )

    yellow = (pixels[..., 0] > 180) & (pixels[..., 2] < 150)
    assert yellow.mean() == pytest.approx(300 * 600 / (607 * 1080), rel=0.1)


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (1080, 1080)])
@pytest.mark.parametrize("words", ["Trams", "Tacoma Narrows Bridge collapse", "海洋污染的历史"])
def test_words_stand_large_inside_the_picture(
    size: tuple[int, int], words: str, tmp_path: Path
) -> None:
    grey = tmp_path / "grey.png"
    Image.new("RGB", (1920, 1920), (120, 120, 120)).save(grey)

    white = drawn(MediaFile(grey, "still"), size=size, words=words).min(axis=-1) > 225

    rows, columns = np.nonzero(white)
    height, width = white.shape
    assert np.ptp(rows) > 0.08 * min(width, height)
    assert columns.min() >= 0.04 * width
    assert columns.max() <= 0.96 * width
    assert rows.max() <= (0.86 if height > width else 0.95) * height


def test_without_words_nothing_is_laid_over_the_picture(tmp_path: Path) -> None:
    grey = tmp_path / "grey.png"
    Image.new("RGB", (1920, 1080), (120, 120, 120)).save(grey)

    assert np.ptp(drawn(MediaFile(grey, "still"))) < 4
