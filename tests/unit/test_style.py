"""The visual system that cards, titles, captions and thumbnails share."""

from __future__ import annotations

import pytest

from videogen.assembly.style import LOOKS, Look


@pytest.mark.parametrize("look", [look for looks in LOOKS.values() for look in looks])
def test_the_mark_of_every_look_is_seen_on_dark_shades(look: Look) -> None:
    red, green, blue = (int(look.mark[at : at + 2], 16) / 255 for at in (1, 3, 5))

    assert 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5


def test_an_accent_that_is_bright_is_the_mark_itself() -> None:
    assert all(look.mark == look.accent for look in LOOKS["dark"])
