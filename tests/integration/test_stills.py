"""Still pictures of every kind, as they are meant to be seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from fakes.media import make_heic
from numpy.typing import NDArray
from PIL import Image, ImageCms

from videogen.errors import FootageError
from videogen.media.probe import probe
from videogen.media.stills import load_still

SIZE = (64, 36)


def pixels(path: Path) -> NDArray[np.int64]:
    picture = load_still(path, SIZE)
    assert (picture.mode, picture.size) == ("RGB", SIZE)
    return np.asarray(picture).astype(np.int64)


def ramp() -> Image.Image:
    """Return a grey ramp that grows brighter to the right."""
    return Image.fromarray(np.repeat(np.linspace(0, 255, 128)[None], 72, 0).astype(np.uint8))


SAVED: dict[str, Callable[[Path], None]] = {
    "grey.jpg": lambda path: ramp().save(path, quality=95),
    "palette.png": lambda path: ramp().convert("P").save(path),
    "one-bit.png": lambda path: ramp().convert("1").save(path),
    "cmyk.jpg": lambda path: ramp().convert("CMYK").save(path, quality=95),
    "sixteen-bits.png": lambda path: Image.fromarray(
        np.asarray(ramp()).astype(np.uint16) * 257
    ).save(path),
    "floats.tif": lambda path: Image.fromarray(np.asarray(ramp()).astype(np.float32) / 255).save(
        path
    ),
    "opaque.png": lambda path: ramp().convert("RGBA").save(path),
    "ramp.webp": lambda path: ramp().convert("RGB").save(path, quality=95),
    "ramp.avif": lambda path: ramp().convert("RGB").save(path, quality=90),
    "ramp.gif": lambda path: ramp().save(path),
}


@pytest.mark.parametrize("name", SAVED)
def test_every_way_of_storing_a_picture_shows_the_same(name: str, tmp_path: Path) -> None:
    SAVED[name](tmp_path / name)

    seen = pixels(tmp_path / name).mean(axis=(0, 2))

    expected = np.linspace(0, 255, SIZE[0])
    assert np.abs(seen - expected).mean() < 12
    assert probe(tmp_path / name, "still").width == 128


def test_a_telephone_s_picture_is_read(tmp_path: Path) -> None:
    path = make_heic(tmp_path / "IMG_0001.HEIC")

    assert probe(path, "still").width == 160
    assert pixels(path).mean(axis=(0, 1)) == pytest.approx((40, 90, 160), abs=4)


@pytest.mark.parametrize(("turn", "bright"), [(1, "right"), (3, "left"), (6, "foot"), (8, "head")])
def test_a_turned_camera_s_picture_stands_upright(turn: int, bright: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x112] = turn
    ramp().save(tmp_path / "turned.jpg", exif=exif)

    seen = pixels(tmp_path / "turned.jpg")

    means = {
        "right": seen[:, 32:].mean(),
        "left": seen[:, :32].mean(),
        "foot": seen[18:].mean(),
        "head": seen[:18].mean(),
    }
    assert max(means, key=lambda side: means[side]) == bright


@pytest.mark.parametrize(("colour", "background"), [((10, 10, 60), 200), ((250, 250, 250), 80)])
def test_transparent_parts_become_a_background_that_the_picture_stands_out_on(
    colour: tuple[int, int, int], background: int, tmp_path: Path
) -> None:
    logo = Image.new("RGBA", (128, 72), (0, 0, 0, 0))
    logo.paste((*colour, 255), (48, 20, 80, 52))
    logo.save(tmp_path / "logo.png")

    seen = pixels(tmp_path / "logo.png")

    assert seen[18, 32] == pytest.approx(colour, abs=4)
    assert abs(int(seen[2, 2].mean()) - sum(colour) / 3) > 100
    assert (seen[2, 2].mean() > background) == (background > 100)
    assert seen[2, 2].min() > 30


def test_colours_are_those_that_the_file_s_profile_means(tmp_path: Path) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red_is_blue = srgb.replace(b"rXYZ", b"____").replace(b"bXYZ", b"rXYZ").replace(b"____", b"bXYZ")
    picture = Image.new("RGB", (128, 72), (120, 200, 40))
    for name, profile in (("srgb", srgb), ("odd", red_is_blue), ("broken", b"no profile")):
        picture.save(tmp_path / f"{name}.png", icc_profile=profile)

    assert pixels(tmp_path / "srgb.png")[9, 9] == pytest.approx((120, 200, 40), abs=1)
    assert pixels(tmp_path / "odd.png")[9, 9] == pytest.approx((40, 200, 120), abs=1)
    assert pixels(tmp_path / "broken.png")[9, 9] == pytest.approx((120, 200, 40), abs=1)


@pytest.mark.parametrize("size", [(1, 1), (10, 6), (3000, 20), (20, 3000), (12_000, 40)])
def test_a_picture_of_any_size_fills_the_frame(size: tuple[int, int], tmp_path: Path) -> None:
    Image.new("RGB", size, (90, 160, 40)).save(tmp_path / "any.png")

    assert pixels(tmp_path / "any.png").reshape(-1, 3) == pytest.approx(
        np.full((SIZE[0] * SIZE[1], 3), (90, 160, 40)), abs=2
    )


@pytest.mark.parametrize(
    "content", [b"", b"<svg/>", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)]
)
@pytest.mark.parametrize("name", ["broken.png", "broken.heic", "broken.avif"])
def test_what_is_no_picture_is_refused_by_name(content: bytes, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(FootageError, match=name):
        load_still(tmp_path / name, SIZE)
    with pytest.raises(FootageError, match=name):
        probe(tmp_path / name, "still")


def test_a_picture_of_nothing_is_refused(tmp_path: Path) -> None:
    Image.new("RGBA", (128, 72), (0, 0, 0, 0)).save(tmp_path / "nothing.png")

    with pytest.raises(FootageError, match="shows nothing"):
        load_still(tmp_path / "nothing.png", SIZE)
