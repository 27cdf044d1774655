"""Where type on cards and titles is broken."""

from __future__ import annotations

import pytest

from videogen.assembly.fonts import font_of
from videogen.assembly.lettering import fitted


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("November 7, 1940", "November 7, 1940"),
        ("A wave of 35 miles an hour", "35 miles"),
        ("The opening of the Suez Canal", "Suez Canal"),
        ("It cost $13.3 billion", "$13.3 billion"),
        ("दिल्ली की सड़कों पर चाय", "सड़कों पर"),
    ],
)
def test_a_date_a_measure_and_a_name_stay_in_one_line(text: str, whole: str) -> None:
    # Just too narrow for what stands together, in the largest type.
    width = round(font_of("Bold", 100, whole).length(whole)) - 4

    _, lines = fitted(text, "Bold", range(100, 40, -4), width, 4)

    assert any(whole in line for line in lines)
    assert " ".join(lines) == text


def test_a_name_is_broken_where_it_would_take_a_line_more() -> None:
    text = "Why the Tacoma Narrows Bridge fell"
    width = round(font_of("Bold", 100, text).length("Tacoma Narrows Bridge")) + 4

    assert fitted(text, "Bold", range(100, 40, -4), width, 3)[1] == (
        "Why the Tacoma",
        "Narrows Bridge fell",
    )


def test_no_word_is_left_alone_before_two_that_only_end_the_text() -> None:
    width = round(font_of("Bold", 100, "A").length("computer scientist")) - 4

    assert fitted("A computer scientist", "Bold", range(100, 40, -4), width, 4)[1] == (
        "A computer",
        "scientist",
    )


def test_what_stands_together_is_broken_before_type_becomes_small() -> None:
    text = "Queen Elizabeth II"
    width = round(font_of("Bold", 50, text).length(text))

    font, lines = fitted(text, "Bold", range(100, 40, -4), width, 3)

    assert font.size > 72
    assert len(lines) > 1


@pytest.mark.parametrize("text", ["", " ", "新幹線は東京と大阪を結ぶ", "« Nous protestons »"])
def test_no_letter_is_lost(text: str) -> None:
    _, lines = fitted(text, "Bold", range(40, 10, -2), 200, 6)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
