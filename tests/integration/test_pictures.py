"""Every kind of picture, drawn at any size, rate and moment."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from av import VideoFrame
from fakes.media import make_still
from hypothesis import given, settings
from hypothesis import strategies as st
from moviepy import VideoClip

from videogen.assembly.captions.burned import BurnedCaptions
from videogen.assembly.captions.cues import captions
from videogen.assembly.picture import Picture
from videogen.assembly.segment import CaptionStyle
from videogen.assembly.still import StillFootage
from videogen.assembly.style import DEFAULT_LOOK
from videogen.domain.speech import Word
from videogen.domain.video import Format
from videogen.media.frames import grey, planes_of

ASPECTS = [(16, 9), (9, 16), (1, 1), (4, 3), (21, 9)]
TEN_MINUTES = 600.0

sides = st.tuples(st.sampled_from(ASPECTS), st.integers(16, 320)).map(
    lambda drawn: (
        round(drawn[1] * max(1, drawn[0][0] / drawn[0][1])),
        round(drawn[1] * max(1, drawn[0][1] / drawn[0][0])),
    )
)
sizes = sides | st.tuples(st.integers(16, 400), st.integers(16, 400))
formats = st.builds(
    lambda rate, size: Format(rate, *size),
    st.sampled_from([Fraction(1), Fraction(24_000, 1001), Fraction(30), Fraction(120)]),
    sizes,
)
moments = st.floats(0, TEN_MINUTES)
texts = st.text(max_size=60) | st.text("Naval warfare, 海洋 שלום עולם", max_size=90)
drawn_often = settings(max_examples=60, deadline=None)


def assert_drawn(frame: VideoFrame, size: tuple[int, int]) -> None:
    assert (frame.width, frame.height, frame.format.name) == (*size, "yuv420p")
    rows, columns = planes_of(frame)[0].shape
    assert (columns, rows) == size


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_still(tmp_path_factory.mktemp("stills") / "still.png")


@given(data=st.data(), output=formats, frames=st.integers(1, 72_000))
@drawn_often
def test_every_moment_of_a_still_is_drawn(
    still: Path, data: st.DataObject, output: Format, frames: int
) -> None:
    footage = StillFootage(still, output, frames)

    assert_drawn(footage.frame(data.draw(st.integers(0, frames - 1))), output.size)


words = st.text(min_size=1, max_size=50).map(lambda text: "".join(text.split())).filter(bool)


@given(
    spoken=st.lists(words, min_size=1, max_size=20),
    output=formats,
    share=st.floats(0, 1, exclude_max=True),
    highlight=st.booleans(),
)
@drawn_often
def test_every_caption_is_laid_over_its_picture(
    spoken: list[str], output: Format, share: float, highlight: bool
) -> None:
    frames = round(output.rate * len(spoken))
    timed = [Word(word, at, at + 0.8) for at, word in enumerate(spoken)]
    shown = captions(timed, "en-us", output, frames)
    picture = Picture(*output.size, lambda: grey(*output.size))
    clip = VideoClip(lambda _t: picture, duration=float(frames / output.rate))
    captioned = clip.with_effects(
        [BurnedCaptions(shown, output, CaptionStyle(highlight), DEFAULT_LOOK)]
    )

    for caption in shown:
        index = caption.start + int(share * (caption.end - caption.start))
        burned = captioned.get_frame(float((index + Fraction(1, 2)) / output.rate))
        assert_drawn(burned.draw(), output.size)
