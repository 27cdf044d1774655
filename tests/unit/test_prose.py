from __future__ import annotations

import pytest

from videogen.language.sentences import mid_sentence, sentences
from videogen.language.words import normalized, word_count


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Gen. Smith of the U.S. Navy spoke first. Nobody answered.", "en-us", 2),
        ("It cost $3.5 million. Why? Nobody knows!", "en-us", 3),
        ("One line\nand another line", "en-us", 2),
        ("La abeja visita flores. ¿Por qué? Nadie lo sabe.", "es", 3),
        ("今日は晴れです。明日は雨でしょう。", "ja", 2),
        ("मधुमक्खी शहद बनाती है। वह उड़ती है।", "hi", 2),
        ("", "en-us", 0),
        ("  \n ", "fr-fr", 0),
    ],
)
def test_sentences_are_split_where_a_reader_would(text: str, language: str, count: int) -> None:
    assert len(sentences(text, language)) == count


def test_a_mark_that_opens_goes_with_what_it_opens() -> None:
    assert sentences("Cayó. «Nadie lo vio», dijo Ana. ¿Por qué?", "es") == [
        "Cayó.",
        "«Nadie lo vio», dijo Ana.",
        "¿Por qué?",
    ]


def test_no_word_is_lost_in_splitting() -> None:
    text = "A first sentence, with a comma. " * 40_000
    assert sum(word_count(one) for one in sentences(text, "es")) == word_count(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [("two words", 2), ("well-known words", 2), ("", 0), ("蜜蜂飞", 3), ("NASA の 火星", 4)],
)
def test_a_letter_is_a_word_where_there_are_no_spaces(text: str, words: int) -> None:
    assert word_count(text) == words


def test_case_and_marks_make_no_difference_to_a_listener() -> None:
    assert normalized("“Why?” he said — twice.") == normalized("why he said: TWICE")


@pytest.mark.parametrize(
    ("title", "spoken"),
    [
        ("Modern naval warfare", "modern naval warfare"),
        ("Russian invasion of Ukraine", "the Russian invasion of Ukraine"),
        ("The moon", "the moon"),
        ("NASA", "NASA"),
        ("iPhone design", "iPhone design"),
        ("World War II", "World War II"),
        ("Women in science", "women in science"),
        ("Paris", "Paris"),
        ("", ""),
    ],
)
def test_a_title_is_written_as_inside_a_sentence(title: str, spoken: str) -> None:
    assert mid_sentence(title) == spoken
