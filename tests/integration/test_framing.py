"""What is seen of a film or picture whose shape is not the cut's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from av import VideoFrame
from fakes.media import make_film, make_portrait, make_video
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from videogen import serialization
from videogen.assembly.fonts import font_of
from videogen.assembly.framing import framed, framing_of
from videogen.assembly.lettering import line_mask
from videogen.assembly.shots import ShotFrames
from videogen.assembly.style import DEFAULT_LOOK
from videogen.assembly.timeline import Shot, TimedScene, Timeline
from videogen.domain.footage import MediaFile
from videogen.domain.video import CENTRED, Format, Framing
from videogen.executors import InlineExecutor
from videogen.media.conform import Conformer

RATE = Fraction(30)
TALL, SQUARE, WIDE = (Format(RATE, *size) for size in ((180, 320), (240, 240), (320, 180)))
WHOLE = Framing(whole=True)
Pixels = NDArray[np.uint8]


def meadow(size: tuple[int, int]) -> Image.Image:
    """Return a ground with some texture everywhere, as fields and walls have."""
    chance = np.random.default_rng(7)
    coarse = chance.integers(70, 120, (max(1, size[1] // 12), max(1, size[0] // 12), 3), np.uint8)
    return Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)


def with_figures(size: tuple[int, int], *middles: float, colour: str = "#ffe040") -> Image.Image:
    """Draw bright figures half as high as the picture at parts of its width."""
    image = meadow(size)
    draw = ImageDraw.Draw(image)
    height = size[1]
    for middle in middles:
        x, half = middle * size[0], height * 0.09
        draw.ellipse((x - half, height * 0.25, x + half, height * 0.25 + 2 * half), colour)
        draw.rectangle((x - half, height * 0.45, x + half, height * 0.8), colour)
    return image


def film(path: Path, *middles: float, size: tuple[int, int] = (640, 360)) -> MediaFile:
    """Write two seconds of figures that sway a little."""
    sways = [0.004 * (number % 5) for number in range(20)]
    pictures = [with_figures(size, *(x + sway for x in middles)) for sway in sways]
    return MediaFile(make_film(path, pictures), "video")


def rgb(frame: VideoFrame) -> Pixels:
    seen = frame.reformat(format="rgb24", src_colorspace="ITU709", src_color_range="MPEG")
    return np.asarray(seen.to_ndarray(), np.uint8)


def shown(media: MediaFile, output: Format, *, frames: int = 45) -> tuple[Framing, Pixels, Pixels]:
    """Return how a shot is framed, and its first and last frame."""
    shot = Shot(media, frames, 0, 0)
    framing = framing_of(shot, output)
    drawn = ShotFrames(replace(shot, framing=framing), frames, "", output, DEFAULT_LOOK)
    first, last = (rgb(drawn.frame(index)) for index in (0, frames - 1))
    return framing, first, last


def yellow(pixels: Pixels) -> NDArray[np.bool_]:
    """Return where the figures are."""
    red, green, blue = (pixels[..., plane].astype(int) for plane in range(3))
    found: NDArray[np.bool_] = (red > 190) & (green > 160) & (blue < 150)
    return found


def spans(found: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the runs of columns, from first to last, in which something was found."""
    columns = np.flatnonzero(found.any(axis=0))
    runs = np.split(columns, np.flatnonzero(np.diff(columns) > 2) + 1)
    return [(int(run[0]), int(run[-1])) for run in runs if len(run)]


@pytest.mark.parametrize("middle", [0.12, 0.3, 0.5, 0.85])
@pytest.mark.parametrize("output", [TALL, SQUARE], ids=["tall", "square"])
def test_a_figure_stays_in_the_frame_of_another_shape(
    middle: float, output: Format, tmp_path: Path
) -> None:
    framing, first, last = shown(film(tmp_path / "film.mp4", middle), output)

    assert not framing.whole
    for pixels in (first, last):
        [(left, right)] = spans(yellow(pixels))
        assert left > 0
        assert right < output.width - 1
        assert right - left == pytest.approx(output.height * 0.18, abs=4)


def test_a_figure_of_an_upright_film_stays_in_a_wide_frame(tmp_path: Path) -> None:
    image = meadow((360, 640))
    ImageDraw.Draw(image).ellipse((140, 60, 220, 140), "#ffe040")
    path = make_film(tmp_path / "upright.mp4", [image] * 10)

    framing, first, _ = shown(MediaFile(path, "video"), WIDE)

    assert not framing.whole
    rows = np.flatnonzero(yellow(first).any(axis=1))
    assert rows[0] > 0
    assert rows[-1] < 179
    assert rows[-1] - rows[0] == pytest.approx(71, abs=4)


@pytest.mark.parametrize("output", [TALL, SQUARE, WIDE], ids=["tall", "square", "wide"])
@pytest.mark.parametrize("kind", ["film", "panorama"])
def test_figures_at_both_ends_are_shown_whole_over_a_darker_ground(
    kind: str, output: Format, tmp_path: Path
) -> None:
    if kind == "film":
        media = film(tmp_path / "ends.mp4", 0.05, 0.95, size=(800, 240))
    else:
        with_figures((1600, 480), 0.05, 0.95).save(tmp_path / "ends.png")
        media = MediaFile(tmp_path / "ends.png", "still")

    framing, first, last = shown(media, output)

    assert framing == WHOLE
    for pixels in (first, last):
        assert len(spans(yellow(pixels))) == 2
        ground = pixels[2 : output.height // 12, :].mean()
        assert 20 < ground < 0.6 * pixels[output.height // 2].mean()


def test_what_is_shown_whole_keeps_its_proportions(tmp_path: Path) -> None:
    image = Image.new("RGB", (640, 360), "#203040")
    ImageDraw.Draw(image).ellipse((20, 80, 220, 280), "#ffe040")
    path = make_film(tmp_path / "round.mp4", [image] * 5)
    conformer = Conformer(*TALL.size, None, WHOLE)
    with_frames = ShotFrames(
        Shot(MediaFile(path, "video"), 3, 0, 0, WHOLE), 3, "", TALL, DEFAULT_LOOK
    )

    found = yellow(rgb(with_frames.frame(0)))

    rows, columns = (np.flatnonzero(found.any(axis=axis)) for axis in (1, 0))
    assert np.ptp(rows) == pytest.approx(np.ptp(columns), abs=2)
    assert np.ptp(columns) == pytest.approx(200 / 640 * 180, abs=3)
    assert rows.mean() == pytest.approx(160, abs=2)
    assert conformer.conform(with_frames.frame(1)).width == 180


@pytest.mark.parametrize("output", [TALL, WIDE], ids=["tall", "wide"])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_part_that_is_seen_is_found_in_a_film_that_is_flagged_as_turned(
    turned: int, output: Format, tmp_path: Path
) -> None:
    upright = meadow((480, 480))
    ImageDraw.Draw(upright).rectangle((60, 60, 120, 120), "#ffe040")
    pictures = [upright.rotate(-turned)] * 8
    path = make_film(tmp_path / "turned.mp4", pictures, turned=turned)

    framing, first, _ = shown(MediaFile(path, "video"), output)

    assert not framing.whole
    side = 60 / 480 * max(output.size)
    assert yellow(first).sum() == pytest.approx(side * side, rel=0.15)
    assert not yellow(first)[output.height * 2 // 3 :].any()


@pytest.mark.usefixtures("face_detector")
def test_a_face_matters_more_than_what_is_brighter(tmp_path: Path) -> None:
    portrait = Image.open(make_portrait(tmp_path / "portrait.png")).crop((180, 0, 460, 360))
    scene = with_figures((1280, 360), 0.8)
    scene.paste(portrait, (80, 0))
    scene.save(tmp_path / "scene.png")

    framing, _, last = shown(MediaFile(tmp_path / "scene.png", "still"), TALL)

    skin = np.abs(last.astype(int) - (222, 175, 150)).max(axis=-1) < 25
    assert framing.x == pytest.approx(220 / 1280, abs=0.06)
    assert skin.mean() > 0.03


def test_a_still_ends_on_what_matters_of_it(tmp_path: Path) -> None:
    image = meadow((1280, 720))
    ImageDraw.Draw(image).ellipse((900, 80, 1100, 280), "#ffe040")
    image.save(tmp_path / "still.png")

    _, first, last = shown(MediaFile(tmp_path / "still.png", "still"), WIDE)

    places = [np.argwhere(yellow(pixels)).mean(axis=0) - (90, 160) for pixels in (first, last)]
    assert yellow(last).sum() > 1.2 * yellow(first).sum()
    assert np.abs(places[1][1]) < np.abs(places[0][1])
    assert yellow(last)[0].sum() == 0


@pytest.mark.parametrize("output", [TALL, SQUARE, WIDE], ids=["tall", "square", "wide"])
def test_no_letter_of_a_picture_of_text_is_cut(output: Format, tmp_path: Path) -> None:
    text = "All that is said in this line is to be read"
    font = font_of("Bold", 70, text)
    letters = line_mask(text, font, 0)
    page = np.full((720, 1280), 255, np.uint8)
    for top in range(40, 640, 110):
        page[top : top + letters.shape[0], 40 : 40 + letters.shape[1]] -= letters
    Image.fromarray(page).save(tmp_path / "text.png")

    framing, _, last = shown(MediaFile(tmp_path / "text.png", "still"), output)

    middle = output.height // 2
    inked = np.flatnonzero((last[middle - 30 : middle + 30] < 90).any(axis=(0, 2)))
    assert framing == WHOLE
    assert np.ptp(inked) == pytest.approx(letters.shape[1] / 1280 * output.width, rel=0.05)
    assert inked[0] > 0
    assert inked[-1] < output.width - 1


def test_a_film_of_the_cut_s_own_shape_is_not_cropped(tmp_path: Path) -> None:
    assert framing_of(Shot(film(tmp_path / "film.mp4", 0.1), 45, 0, 0), WIDE) == CENTRED


@pytest.mark.parametrize("kind", ["video", "still"])
def test_what_can_t_be_read_is_left_to_the_render(kind: str, tmp_path: Path) -> None:
    (tmp_path / "broken.mp4").write_bytes(b"neither film nor picture" * 40)
    media = MediaFile(tmp_path / "broken.mp4", "video" if kind == "video" else "still")

    assert framing_of(Shot(media, 45, 0, 0), TALL) == CENTRED


@pytest.fixture
def cut(tmp_path: Path) -> Callable[[], Timeline]:
    """Lay out one shot of a film, framed; what is decided is kept beside it."""
    shot = Shot(film(tmp_path / "film.mp4", 0.2), 45, 0, 0)
    timeline = Timeline(RATE, *TALL.size, (TimedScene(1, "", None, (shot,)),))
    return lambda: framed(timeline, tmp_path / "framings.json", InlineExecutor())


def test_a_framing_holds_as_long_as_its_film_does(
    cut: Callable[[], Timeline], tmp_path: Path
) -> None:
    before = cut()
    kept = tmp_path / "framings.json"
    [framing] = (shot.framing for _, shot in before.shots())
    decided = serialization.load(dict[str, Framing], kept) or {}
    moved = {key: replace(one, x=0.125) for key, one in decided.items()}
    serialization.save(kept, moved)

    [(_, again)] = cut().shots()
    make_video(tmp_path / "film.mp4", 2.0, width=640, height=360)
    [(_, changed)] = cut().shots()

    assert framing.x == pytest.approx(0.2, abs=0.06)
    assert again.framing.x == 0.125
    assert changed.framing.x != 0.125
