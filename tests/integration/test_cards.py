"""Cards of every kind as a viewer sees them: inside their grid, part by part, as they are said."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

import numpy as np
import pytest
from av import VideoFrame
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from videogen.assembly.cards.card import CardFootage
from videogen.assembly.cards.ground import ground
from videogen.assembly.cards.numbers import counted
from videogen.assembly.shots import ShotFrames
from videogen.assembly.style import LOOKS, Look, grid_of
from videogen.assembly.timeline import Drawing, Shot
from videogen.domain.footage import Card
from videogen.domain.video import Format
from videogen.language.statements.content import (
    Bar,
    Comparison,
    Content,
    Dates,
    Definition,
    Enumeration,
    Figure,
    Idea,
    Moment,
    Number,
    Place,
    Process,
    Quotation,
    Said,
    Site,
    parts,
)
from videogen.language.statements.icons import glyphs
from videogen.media.frames import planes_of, yuv

RATE = Fraction(30)
DARK = LOOKS["dark"][0]
SIZES = [(320, 180), (180, 320), (240, 240)]
# Letters may lean out of their line, and rounds sit on even pixels.
LEANING = 4


def figure(text: str, value: float, at: int = 0, after: str = "") -> Figure:
    return Figure("", text, after, value, ",", ".", at)


NEIGHBOURS = Place(
    (Site(Said("Brazil", 0), -10.0, -53.0, 76), Site(Said("Argentina", 10), -34.0, -64.0, 32))
)
EVERY_KIND: list[Content] = [
    Number(
        figure("2,300,000", 2.3e6, 9, " gallons"), Said("The tank held", 0), Said("of syrup", 30)
    ),
    Comparison(
        Said("Lakes", 0),
        (
            Bar(Said("Finland", 0), figure("188,000", 188_000, 10)),
            Bar(Said("Sweden", 20), figure("97,500", 97_500, 30)),
        ),
    ),
    Dates((Moment(Said("January 15, 1919", 0), 1919.04, Said("a tank burst", 20)),), is_span=False),
    Dates(
        (
            Moment(Said("1961", 0), 1961, Said("the Wall went up", 5)),
            Moment(Said("1989", 20), 1989, Said("it fell", 25)),
        ),
        is_span=False,
    ),
    Dates(
        (
            Moment(Said("1939", 0), 1939, Said("the war lasted", 5)),
            Moment(Said("1945", 20), 1945, Said("the war lasted", 5)),
        ),
        is_span=True,
    ),
    Quotation(Said("Ask not what your country can do for you", 0), Said("President Kennedy", 40)),
    Enumeration(Said("the region grows", 0), (Said("rice", 10), Said("tea", 20), Said("silk", 30))),
    Definition(Said("Photosynthesis", 0), Said("a process by which plants make sugar", 20)),
    Place((Site(Said("Boston", 0), 42.36, -71.06),)),
    Place((Site(Said("Lisbon", 0), 38.7, -9.1), Site(Said("Istanbul", 20), 41.0, 28.9))),
    Place((Site(Said("Finland", 0), 63.0, 26.0, 246),)),
    NEIGHBOURS,
    Process(
        (Said("the cane is crushed", 0), Said("the juice is boiled", 20), Said("it cools", 40))
    ),
    Idea(Said("the bridge twisted", 0), "bridge"),
    Idea(Said("an idea without an icon", 0), ""),
]
kinds = pytest.mark.parametrize("content", EVERY_KIND, ids=lambda content: content.kind)


def drawn(content: Content | Card, size: tuple[int, int], look: Look = DARK) -> CardFootage:
    """Return a card of which a character is said every tenth of a second."""
    words = tuple((at, at / 10) for at in range(60))
    source = content if isinstance(content, Card) else Drawing(content, words)
    return CardFootage(source, Format(RATE, *size), look)


def luma(frame: VideoFrame) -> NDArray[np.float64]:
    return planes_of(frame)[0].astype(np.float64)


def touched(frame: VideoFrame, look: Look) -> NDArray[np.bool_]:
    """Return where a frame is not its ground."""
    bare = ground(look.ground, (frame.width, frame.height))
    return np.asarray(np.abs(luma(frame) - luma(bare)) > 1)


def assert_inside(frame: VideoFrame, look: Look) -> None:
    size = (frame.width, frame.height)
    grid = grid_of(size)
    rows, columns = np.nonzero(touched(frame, look))
    if len(rows):
        assert columns.min() >= grid.left - LEANING - grid.unit // 100
        assert columns.max() < grid.right + LEANING + grid.unit // 100
        assert rows.min() >= grid.top - LEANING - grid.unit // 50
        assert rows.max() < grid.bottom + LEANING + grid.unit // 50


def patches(mask: NDArray[np.bool_]) -> int:
    """Return of how many pieces of more than 200 pixels side by side a picture consists."""
    left, large = set(map(tuple, np.argwhere(mask).tolist())), 0
    while left:
        waiting, count = [left.pop()], 0
        while waiting:
            row, column = waiting.pop()
            count += 1
            beside = {(row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)}
            waiting += beside & left
            left -= beside
        large += count > 200
    return large


def test_neighbours_on_a_map_have_their_border_between_them() -> None:
    frame = drawn(NEIGHBOURS, (1280, 720)).frame(240)

    accent = np.abs(luma(frame) - yuv(DARK.accent).luma) < 4

    assert patches(accent) == 2


def test_every_kind_of_card_is_looked_at() -> None:
    assert {type(content) for content in EVERY_KIND} == set(get_args(Content))


@kinds
@pytest.mark.parametrize("size", SIZES)
def test_a_card_is_filled_part_by_part_above_the_captions_and_then_stands_still(
    content: Content, size: tuple[int, int]
) -> None:
    look = LOOKS["light"][1]
    card = drawn(content, size, look)
    said = max(part.at for part in parts(content)) * 3

    early, late = card.frame(max(0, said - 20)), card.frame(240)

    assert_inside(early, look)
    assert_inside(late, look)
    assert touched(late, look).mean() > 0.005
    if said > 30:
        assert np.abs(luma(late) - luma(early)).max() > 20
    assert card.frame(241) is late


@pytest.mark.parametrize("size", SIZES)
def test_a_title_stays_inside(size: tuple[int, int]) -> None:
    for card in (Card("Donaudampfschifffahrt" * 6, 3), Card("", 1)):
        assert_inside(drawn(card, size).frame(200), DARK)


@kinds
def test_a_card_is_not_empty_until_its_words_are_said(content: Content) -> None:
    late = tuple((at, 2 + at / 10) for at in range(60))
    card = CardFootage(Drawing(content, late), Format(RATE, 320, 180), DARK)
    # More than a rule: letters, a figure, a shape.
    assert touched(card.frame(20), DARK).sum() > 250


@kinds
def test_the_first_frame_of_a_film_shows_something(content: Content) -> None:
    late = tuple((at, 2 + at / 10) for at in range(60))
    output = Format(RATE, 320, 180)
    first = ShotFrames(Shot(Drawing(content, late), 90, 0, 0), 90, "", output, DARK)
    later = ShotFrames(Shot(Drawing(content, late), 90, 15, 0), 90, "", output, DARK)

    assert touched(first.frame(0), DARK).sum() > 250
    assert not touched(later.frame(0), DARK).any()


def test_a_figure_is_whole_while_its_digits_are_wider_than_its_own() -> None:
    narrow = Number(figure("11,111", 11_111, 5), None, None)
    card = drawn(narrow, (320, 180))
    for index in range(60):
        frame = card.frame(index)
        columns = np.nonzero(touched(frame, DARK))[1]
        if len(columns):
            assert columns.max() < grid_of((320, 180)).right


@given(
    whole=st.integers(0, 10**9),
    decimals=st.sampled_from(["", "5", "25", "004"]),
    share=st.floats(0, 1),
)
def test_a_figure_counts_up_to_what_is_written_and_never_past_it(
    whole: int, decimals: str, share: float
) -> None:
    text = f"{whole:,}" + (f".{decimals}" if decimals else "")
    written = figure(text, float(text.replace(",", "")))

    shown = counted(written, share)

    assert float(shown.replace(",", "")) <= written.value
    assert counted(written, 1) == text
    assert len(shown) <= len(text)


texts = (
    st.text(max_size=60)
    | st.sampled_from(
        ["", " ", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", "海洋" * 20, "שלום עולם"]
    )
    | st.text("Naval warfare, 海洋 مرحبا بالعالم สวัสดี 12.3", max_size=90)
)
said = st.builds(Said, texts, st.integers(0, 400))
figures = st.builds(
    Figure,
    st.sampled_from(["", "$", "R$ "]),
    st.sampled_from(["7", "1,234", "13.3", "999,999,999,999"]),
    st.sampled_from(["", " km/h", "%", " million tonnes of oil equivalent"]),
    st.floats(1e-3, 1e15),
    st.just(","),
    st.just("."),
    st.integers(0, 400),
    st.sampled_from(["", "nearly"]),
)
SAME_YEAR = Moment(Said("1940", 0), 1940.0, None)
moments = st.builds(Moment, said, st.floats(-5000, 2100), st.none() | said)


def several(one: st.SearchStrategy[object], least: int, most: int) -> st.SearchStrategy[object]:
    return st.lists(one, min_size=least, max_size=most).map(tuple)


sites = st.builds(
    Site, said, st.floats(-90, 90), st.floats(-180, 180), st.sampled_from([None, 643, 242, 840, 36])
)
contents = st.one_of(
    st.builds(Number, figures, st.none() | said, st.none() | said),
    st.builds(Comparison, st.none() | said, several(st.builds(Bar, said, figures), 2, 5)),
    st.builds(Dates, several(moments, 1, 4), st.just(False)),
    st.builds(Dates, several(moments, 2, 2), st.just(True)),
    st.builds(Quotation, said, st.none() | said),
    st.builds(Enumeration, st.none() | said, several(said, 3, 6)),
    st.builds(Definition, said, said),
    st.builds(Place, several(sites, 1, 3)),
    st.builds(Process, several(said, 3, 5)),
    st.builds(Idea, said, st.sampled_from(["", *glyphs()])),
)
formats = st.builds(
    Format,
    st.sampled_from([Fraction(1), Fraction(24_000, 1001), Fraction(30), Fraction(120)]),
    st.integers(16, 240),
    st.integers(16, 240),
)


@given(
    content=contents | st.builds(Card, texts, st.integers(0, 9)),
    output=formats,
    seconds=st.lists(st.floats(0, 90), min_size=1, max_size=3).map(sorted),
    look=st.sampled_from([look for looks in LOOKS.values() for look in looks]),
)
@example(Card("Steel", 4), Format(RATE, 270, 480), [50.0], DARK)
@example(Dates((SAME_YEAR, SAME_YEAR), is_span=False), Format(RATE, 480, 270), [2.0], DARK)
@settings(max_examples=40, deadline=None)
def test_whatever_a_card_says_it_is_drawn_inside_its_grid(
    content: Content | Card, output: Format, seconds: list[float], look: Look
) -> None:
    words = tuple((at, at / 10) for at in range(0, 400, 7))
    source = content if isinstance(content, Card) else Drawing(content, words)
    card = CardFootage(source, output, look)

    for moment in seconds:
        frame = card.frame(int(moment * output.rate))
        assert (frame.width, frame.height, frame.format.name) == (*output.size, "yuv420p")
        if min(output.size) >= 100:
            assert_inside(frame, look)
