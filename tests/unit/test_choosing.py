from __future__ import annotations

import pytest
from fakes.footage import candidate

from videogen.domain import Candidate, Scene
from videogen.footage.judge import is_alike, rank
from videogen.footage.sources.base import ShotRequest

REQUEST = ShotRequest(
    Scene(1, "Destroyers launch missiles.", keywords=("destroyer", "missile launch")),
    seconds=12.0,
    shots=2,
    width=1920,
    height=1080,
    phrases=("Missiles at sea",),
)


def ranked(*candidates: Candidate, earlier: frozenset[tuple[str, str]] = frozenset()) -> list[str]:
    return [one.candidate.id for one in rank(candidates, "destroyer", REQUEST, earlier)]


def test_words_in_the_title_weigh_more_than_words_in_the_description() -> None:
    told = candidate("told", "Day 3", description="A destroyer at a missile launch")
    titled = candidate("titled", "Destroyer missile launch")
    assert ranked(told, titled) == ["titled", "told"]


@pytest.mark.parametrize("title", ["Destroyers", "Missiles", "LAUNCHES", "Launching"])
def test_another_form_of_a_word_counts(title: str) -> None:
    [one] = rank([candidate("a", title)], "destroyer", REQUEST, frozenset())
    assert one.relevance > 0


@pytest.mark.parametrize("title", ["Deployment", "Seal", "Lunch", "Missive", "A the of"])
def test_another_word_does_not_count_however_alike(title: str) -> None:
    [one] = rank([candidate("a", title)], "destroyer", REQUEST, frozenset())
    assert (one.relevance, one.reasons[0]) == (0.0, "no word in common")


def test_the_reasons_name_the_words_and_where_they_were_found() -> None:
    [one] = rank(
        [candidate("a", "Destroyer", keywords=("missile",), size=(640, 480))],
        "destroyer",
        REQUEST,
        frozenset(),
    )
    assert one.reasons == ("title: destroyer; keywords: missile", "long enough", "only 640x480")


def test_of_two_alike_the_one_that_is_long_enough_is_better() -> None:
    assert ranked(
        candidate("short", "Destroyer", duration=3.0), candidate("long", "Destroyer")
    ) == [
        "long",
        "short",
    ]


def test_of_two_alike_the_one_that_covers_the_picture_is_better() -> None:
    assert ranked(
        candidate("small", "Destroyer", size=(640, 360)), candidate("hd", "Destroyer")
    ) == [
        "hd",
        "small",
    ]


def test_a_clip_of_an_earlier_video_counts_for_less() -> None:
    old, new = candidate("old", "Destroyer"), candidate("new", "Destroyer")
    assert ranked(old, new, earlier=frozenset({("shelf", "old")})) == ["new", "old"]


def test_equals_keep_the_order_of_the_source() -> None:
    assert ranked(candidate("b", "Sea"), candidate("a", "Sea")) == ["b", "a"]


def test_parts_of_a_series_are_alike() -> None:
    part = candidate("2", "USS Cole returns to Norfolk, part 2")
    assert is_alike(part, ["USS Cole returns to Norfolk, part 1"])
    assert not is_alike(part, ["A helicopter lands at night"])
