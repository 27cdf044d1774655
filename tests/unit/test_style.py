"""The visual system: what is written can be read, and stands where captions do not."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.assembly.style import LOOKS, Look, eased, grid_of, look_of
from videogen.domain import StyleName

EVERY_LOOK = [look for looks in LOOKS.values() for look in looks]


def luminance(colour: str) -> float:
    """Return a colour's relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("look", EVERY_LOOK)
def test_type_can_be_read_on_its_ground(look: Look) -> None:
    for ground in look.ground:
        assert contrast(look.ink, ground) >= 7
        assert contrast(look.quiet, ground) >= 4.5
        assert contrast(look.accent, ground) >= 4.5
    assert contrast(look.on_accent, look.accent) >= 4.5


@pytest.mark.parametrize("style", get_args(StyleName))
def test_a_video_keeps_its_accent_and_videos_differ(style: StyleName) -> None:
    looks = [look_of(style, f"video {number}") for number in range(40)]

    assert looks == [look_of(style, f"video {number}") for number in range(40)]
    assert set(looks) == set(LOOKS[style])


@given(width=st.integers(16, 4000), height=st.integers(16, 4000))
def test_the_grid_lies_inside_the_frame_and_above_the_captions(width: int, height: int) -> None:
    grid = grid_of((width, height))

    assert 0 <= grid.left < grid.right <= width
    assert 0 <= grid.top < grid.bottom <= 0.8 * height


@given(st.floats(-1, 2), st.floats(-1, 2))
def test_motion_never_turns_back(one: float, other: float) -> None:
    earlier, later = sorted((one, other))

    assert 0 <= eased(earlier) <= eased(later) <= 1
    assert (eased(0), eased(1)) == (0, 1)
