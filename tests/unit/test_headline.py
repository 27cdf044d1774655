from __future__ import annotations

import pytest

from videogen.language.headline import headline


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Modern naval warfare", "Modern naval warfare"),
        ("Why cities bring back trams", "Cities bring back trams"),
        ("Is the moon made of cheese?", "Moon made of cheese"),
        ("The Great Fire of London: How a Bakery Burned a City", "Great Fire of London"),
        ("How did the Tacoma Narrows Bridge collapse in 1940", "Tacoma Narrows Bridge collapse"),
        ("10 things you did not know about honey bees", "Honey bees"),
        ("World War II in the Pacific: From Pearl Harbor to Hiroshima", "World War II"),
    ],
)
def test_a_title_is_told_in_four_words_at_most(title: str, words: str) -> None:
    assert headline(title, "en-us") == words


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A brief history of the Ottoman Empire from 1299 to 1922", "Ottoman Empire"),
        ("How Marie Curie discovered radium and changed medicine", "Marie Curie"),
        ("What the Massachusetts Institute of Technology is for", "Institute of Technology"),
        ("The United Nations Educational, Scientific and Cultural Organization", ""),
    ],
)
def test_no_name_is_cut_in_two(title: str, name: str) -> None:
    words = headline(title, "en-us")

    assert name in words
    assert len(words.split()) <= 4
    assert bool(words) == bool(name)


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        (
            "es",
            "Por qué las ciudades recuperan el tranvía moderno",
            "Ciudades recuperan el tranvía",
        ),
        ("fr-fr", "Comment la vie de Marie Curie a changé", "Marie Curie"),
        ("zh", "海洋污染的历史", "海洋污染的历史"),
    ],
)
def test_other_languages_begin_and_end_with_a_telling_word(
    language: str, title: str, words: str
) -> None:
    assert words in headline(title, language)
    assert len(headline(title, language).split()) <= 4


@pytest.mark.parametrize("title", ["", " ", "?", "What is it and why is it so?", "a " * 40])
def test_what_tells_nothing_still_is_no_fault(title: str) -> None:
    assert len(headline(title, "en-us").split()) <= 4
