"""What a render is asked for: an encoder, and its quality."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

import pytest

from videogen.domain.video import EncoderChoice, Format, Quality
from videogen.media.encoding import ENCODERS


def test_every_encoder_that_can_be_asked_for_is_known() -> None:
    assert set(get_args(EncoderChoice)) == {"auto", *ENCODERS}


@pytest.mark.parametrize("name", ENCODERS)
def test_every_encoder_has_settings_of_its_own_for_every_quality(name: str) -> None:
    levels = ENCODERS[name]

    assert set(levels) == set(get_args(Quality))
    assert len({repr(encoder.options) for encoder in levels.values()}) == len(levels)


@pytest.mark.parametrize(
    ("size", "half"),
    [((1920, 1080), (960, 540)), ((1080, 1920), (540, 960)), ((642, 362), (320, 180))],
)
def test_a_draft_has_half_the_size_in_even_pixels(
    size: tuple[int, int], half: tuple[int, int]
) -> None:
    assert Format(Fraction(30), *size).halved == Format(Fraction(30), *half)
