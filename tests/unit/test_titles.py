"""The first and the last seconds of a cut."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.assembly.timeline import Drawing, Shot, TimedScene, Timeline
from videogen.assembly.titles import closed, closing_seconds, titled
from videogen.domain.footage import Card, MediaFile
from videogen.language.statements.content import Idea, Said

RATE = Fraction(30)
FILM = MediaFile(Path("film.mp4"), "video")
CREDITS = ("Footage: Jane Doe (CC BY 4.0)",)


def cut(
    seconds: int, source: MediaFile | Card | Drawing = FILM, size: tuple[int, int] = (1920, 1080)
) -> Timeline:
    """A cut of two scenes, the first of them ten seconds long."""
    first = (Shot(source, 300, 0, 0),)
    rest = (Shot(FILM, seconds * 30 - 400, 15, 0), Shot(FILM, 100, 15, 40))
    scenes = (TimedScene(1, "", Path("1.flac"), first), TimedScene(2, "", Path("2.flac"), rest))
    return Timeline(RATE, *size, scenes)


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1080)])
def test_the_title_stands_over_the_first_shot_while_the_voice_speaks(size: tuple[int, int]) -> None:
    plain = cut(60, size=size)

    opened = titled(plain, "Tides")

    (title,) = opened.scenes[0].inscriptions
    assert (title.kind, title.lines) == ("title", ("Tides",))
    assert title.start < 15
    assert title.end <= 120
    assert opened.frames == plain.frames
    assert opened.scenes[0].audio == Path("1.flac")


@pytest.mark.parametrize(("seconds", "size"), [(59, (1920, 1080)), (90, (1080, 1920))])
def test_short_and_upright_films_have_no_title(seconds: int, size: tuple[int, int]) -> None:
    assert titled(cut(seconds, size=size), "Tides") == cut(seconds, size=size)
    assert titled(cut(seconds, Card("A", 1), size), "Tides") == cut(seconds, Card("A", 1), size)


def test_a_card_lets_the_title_go_first_and_never_stands_under_it() -> None:
    opened = titled(cut(60, Card("High water", 7)), "Tides")

    first = opened.scenes[0]
    assert first.inscriptions == ()
    assert [shot.source for shot in first.shots] == [Card("Tides", 0), Card("High water", 7)]
    assert [shot.frames for shot in first.shots] == [90, 210]
    assert first.shots[1].fade == 8
    assert opened.frames == 1800


@pytest.mark.parametrize(("frames", "shown"), [(150, [75, 75]), (126, [63, 63]), (120, [120])])
def test_a_short_card_shares_its_time_with_the_title_as_long_as_both_can_be_read(
    frames: int, shown: list[int]
) -> None:
    plain = cut(60, Card("High water", 7))
    first = replace(plain.scenes[0], shots=(Shot(Card("High water", 7), frames, 0, 0),))

    opened = titled(replace(plain, scenes=(first, *plain.scenes[1:] * 2)), "Tides")

    assert [shot.frames for shot in opened.scenes[0].shots] == shown
    assert opened.scenes[0].shots[0].source == Card("Tides", 0)


@given(st.integers(45, 7200), st.sampled_from([Fraction(24), Fraction(30_000, 1001), Fraction(50)]))
def test_the_last_shot_runs_on_for_its_seconds_with_the_credits_over_it(
    duration: int, rate: Fraction
) -> None:
    plain = Timeline(rate, 640, 360, cut(60).scenes)

    ended = closed(plain, closing_seconds(duration), CREDITS)

    assert ended.frames - plain.frames == round(Fraction(5, 2) * rate)
    shot, before = ended.scenes[-1].shots[-1], plain.scenes[-1].shots[-1]
    assert (shot.source, shot.source_in, shot.fade) == (before.source, before.source_in, 15)
    (inscription,) = ended.scenes[-1].inscriptions
    assert inscription.start == plain.scenes[-1].frames
    assert inscription.end == ended.scenes[-1].frames
    assert inscription.lines == CREDITS


def test_a_short_film_keeps_its_length_and_still_credits() -> None:
    assert closing_seconds(44.9) == 0

    ended = closed(cut(20), closing_seconds(20), CREDITS)

    assert ended.frames == 600
    assert ended.scenes[-1].inscriptions[0].end == ended.scenes[-1].frames
    assert ended.scenes[-1].inscriptions[0].kind == "credit line"


def test_a_last_card_leaves_its_ground_to_the_credits() -> None:
    card = Card("Second bulge", 4)
    plain = cut(60)
    *shots, last = plain.scenes[-1].shots
    scene = replace(plain.scenes[-1], shots=(*shots, replace(last, source=card)))
    plain = replace(plain, scenes=(plain.scenes[0], scene))

    ended = closed(plain, closing_seconds(60), CREDITS)

    *_, before, ground = ended.scenes[-1].shots
    assert (before.source, before.frames) == (card, last.frames)
    assert (ground.source, ground.frames, ground.fade) == (Card("", 0), 75, 15)
    (inscription,) = ended.scenes[-1].inscriptions
    assert inscription.kind == "credits on ground"
    assert inscription.start == plain.scenes[-1].frames + ground.fade


def test_what_a_drawn_card_says_under_the_title_stands_there_when_it_goes() -> None:
    drawing = Drawing(Idea(Said("high water", 0), ""), ((0, 0.4), (5, 7.0)))

    opened = titled(cut(60, drawing), "Tides")

    title, rest = opened.scenes[0].shots
    assert title.source == Card("Tides", 0)
    assert rest.source == Drawing(drawing.content, ((0, 0.0), (5, 4.0)))


def test_a_last_card_stays_where_there_is_nobody_to_credit() -> None:
    plain = cut(60)
    *others, last = plain.scenes
    drawn = replace(last, shots=(*last.shots[:-1], replace(last.shots[-1], source=Card("A", 1))))

    ended = closed(replace(plain, scenes=(*others, drawn)), Fraction(5, 2), ())

    assert ended.scenes[-1].shots[-1].source == Card("A", 1)
    assert ended.frames == plain.frames + 75
    assert ended.scenes[-1].inscriptions == ()
