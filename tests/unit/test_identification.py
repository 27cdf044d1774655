from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from fakes.articles import TITLES, extract

from videogen.language.identification import name_of, other_language
from videogen.language.sentences import sentences

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
CODES = {
    "en": "en-gb",
    "es": "es",
    "fr": "fr-fr",
    "it": "it",
    "pt": "pt-br",
    "hi": "hi",
    "ja": "ja",
    "zh": "zh",
}


def lines() -> list[str]:
    """Return what is said in the examples and the articles, a paragraph each."""
    texts = [*map(extract, TITLES), *(one.read_text("utf-8") for one in EXAMPLES.glob("*.md"))]
    every = "\n".join(texts).splitlines()
    return [one for one in every if len(one.split()) > 4 and one[0] not in "#|=-`["]


def told(code: str) -> list[str]:
    return list(importlib.import_module(f"spacy.lang.{code}.examples").sentences)


def test_no_english_sentence_is_taken_for_another_language() -> None:
    said = [sentence for line in lines() for sentence in sentences(line, "en-us")]
    assert len(said) > 300
    assert [one for one in said if other_language(one, "en-us")] == []


def test_an_english_scene_is_noticed_in_a_film_of_any_other_language() -> None:
    scenes = [one for one in lines() if 20 <= len(one.split()) <= 60]
    assert len(scenes) > 30
    for language in CODES.values():
        found = [other_language(one, language) for one in scenes]
        assert found == ["" if language == "en-gb" else "en"] * len(scenes)


@pytest.mark.parametrize("code", CODES)
def test_a_language_is_never_taken_for_another(code: str) -> None:
    assert [one for one in told(code) if other_language(one, CODES[code])] == []


@pytest.mark.parametrize("code", CODES)
def test_two_sentences_of_another_language_are_noticed(code: str) -> None:
    wanted = "es" if code == "en" else "en-us"
    assert other_language(" ".join(told(code)[:2]), wanted) == code


@pytest.mark.parametrize("text", ["", "1914", "Apollo 11.", "Чайковский", "Versailles, Neptune!"])
def test_what_tells_no_language_is_none(text: str) -> None:
    assert other_language(text, "en-us") == ""


def test_languages_are_called_by_their_names() -> None:
    assert (name_of("pt-br"), name_of("zh"), name_of("xx")) == ("Portuguese", "Chinese", "xx")
