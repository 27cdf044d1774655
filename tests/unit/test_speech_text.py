from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.domain import Word
from videogen.stages.speech.text import Passage, passages, sanitize, shown_words


def spoken(*lengths: float) -> list[Word]:
    words, at = [], 0.0
    for length in lengths:
        words.append(Word("x", at, at + length))
        at += length
    return words


def test_a_sum_of_money_is_spoken_in_words_and_shown_in_figures() -> None:
    parts = passages("It cost $13.3 billion.", "en-us")

    assert parts == (
        Passage(("It",), ("It",)),
        Passage(("cost",), ("cost",)),
        Passage(("$13.3", "billion."), ("thirteen", "point", "three", "billion", "dollars.")),
    )


def test_words_shown_share_the_time_of_the_words_spoken_for_them() -> None:
    parts = passages("cost $13.3 billion.", "en-us")

    words = shown_words(parts, spoken(0.4, 0.5, 0.3, 0.3, 0.4, 0.6))

    assert [word.text for word in words] == ["cost", "$13.3", "billion."]
    assert (words[0].start, words[0].end) == (0.0, 0.4)
    assert words[1].start == 0.4
    assert words[1].end == words[2].start
    assert words[2].end == pytest.approx(2.5)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("The **aircraft** _carrier_", "The aircraft carrier"),
        ("[Music] It’s here 🚢.", "It’s here."),
        ("word—word (aside) — end", "word—word (aside) — end"),
        ("See https://www.navy.mil/a/b?c=d.", "See navy.mil."),
        ("Dr. Smith, 3 Jan. 2024", "Dr. Smith, 3 Jan. 2024"),
    ],
)
def test_captions_show_what_is_written_without_its_markup(written: str, shown: str) -> None:
    words = [word for part in passages(written, "en-us") for word in part.shown]

    assert " ".join(words) == shown


def test_other_languages_keep_their_figures_for_their_own_voices() -> None:
    assert sanitize("Il a coûté **13,3** millions d’euros 🚢.", "fr-fr") == (
        "Il a coûté 13,3 millions d'euros."
    )


@pytest.mark.parametrize("text", ["", " \n", "🚢", "[pause]", "**"])
def test_what_has_no_words_has_no_passages(text: str) -> None:
    assert passages(text, "en-us") == ()


def test_a_number_of_a_thousand_digits_is_read_digit_by_digit() -> None:
    assert sanitize("1" * 1000, "en-us") == " ".join(["one"] * 1000)


@given(st.text(alphabet=st.sampled_from("aB1250 .,:$%/-–—()[]*_#'’“”\n&@+km€½IVX"), max_size=80))
def test_any_text_is_read_without_an_error_and_every_word_has_its_time(text: str) -> None:
    parts = passages(text, "en-us")

    count = sum(len(part.spoken) for part in parts)
    words = shown_words(parts, spoken(*[0.1] * count))

    assert sanitize(text, "en-us").split() == [word for part in parts for word in part.spoken]
    assert all(before.end <= after.start + 1e-9 for before, after in pairwise(words))
