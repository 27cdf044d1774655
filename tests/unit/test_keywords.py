from __future__ import annotations

import pytest

from videogen.domain.script import Scene
from videogen.language.keywords import illustrate, key_phrases, subject

CARRIERS = (
    "Aircraft carriers remain the centerpiece of modern naval warfare. Each one carries more than "
    "seventy aircraft, protected by destroyers armed with the Aegis combat system. The U.S. Navy "
    "operates eleven of them in the Pacific Ocean."
)


def test_a_text_gives_the_things_that_can_be_seen() -> None:
    scene = illustrate(Scene(1, CARRIERS), "Naval warfare", "en-us")
    assert {"Aircraft carriers", "destroyers"} <= set(scene.keywords)
    assert scene.queries[-1] == "Naval warfare"
    assert all(len(query.split()) <= 4 for query in scene.queries)


def test_what_the_writer_gave_is_kept() -> None:
    given = Scene(1, CARRIERS, keywords=("harbor",), queries=("old harbor",))
    assert illustrate(given, "Naval warfare", "en-us") == given


def test_keywords_alone_become_the_queries() -> None:
    scene = illustrate(Scene(1, "It is so.", keywords=("harbor", "tug", "crane")), "Ports", "en-us")
    assert scene.queries == ("harbor", "tug", "Ports")


@pytest.mark.parametrize(
    ("title", "thing"),
    [
        ("A short history of chess", "chess"),
        ("How football became the world's game", "football"),
        ("Why cities bring back the bicycle", "bicycle"),
        ("Marie Curie's life", "Marie Curie"),
        ("10 facts about octopuses", "octopuses"),
        ("Why we sleep", "sleep"),
        ("!", "!"),
    ],
)
def test_a_title_is_about_a_thing(title: str, thing: str) -> None:
    assert subject(title) == thing


def test_a_drawn_word_is_searched_as_what_it_is_of_the_topic() -> None:
    text = "A telephone plays better than any human. People look at Paris across the table."
    scene = illustrate(Scene(1, text), "A short history of chess", "en-us")
    assert scene.is_drawn
    assert illustrate(scene, "A short history of chess", "en-us") == scene
    assert {"chess telephone", "Paris"} & set(scene.queries)
    assert "telephone" not in scene.queries
    assert scene.queries[-1] == "chess"


@pytest.mark.parametrize("text", ["Yes.", "It was what it was.", "12 345", "!"])
def test_a_text_about_nothing_is_shown_by_its_topic(text: str) -> None:
    scene = illustrate(Scene(1, text), "Naval warfare", "en-us")
    assert (scene.keywords, scene.queries) == (("Naval warfare",), ("Naval warfare",))


@pytest.mark.parametrize(
    ("language", "text", "phrase"),
    [
        ("es", "La abeja melífera es pequeña. La abeja melífera no duerme.", "abeja melífera"),
        ("fr-fr", "La guerre navale a changé avec les sous-marins.", "guerre navale"),
        ("it", "Il mare profondo è freddo e il mare profondo è buio.", "mare profondo"),
        (
            "pt-br",
            "A floresta tropical é úmida, e a floresta tropical é verde.",
            "floresta tropical",
        ),
    ],
)
def test_other_languages_give_phrases_without_their_small_words(
    language: str, text: str, phrase: str
) -> None:
    assert phrase in [one.casefold() for one in illustrate(Scene(1, text), "T", language).keywords]


def test_services_are_asked_in_english_for_what_is_known_of_another_language() -> None:
    said = "La torre de piedra llevaba un fuego que los marineros de Alejandría veían de noche."
    scene = illustrate(Scene(1, said), "Los faros", "es")
    assert scene.queries[-1] == "lighthouse"
    assert set(scene.queries[:-1]) <= {
        *("lighthouse sailor", "lighthouse tower", "lighthouse fire", "lighthouse stone"),
        *("Alejandría", "lighthouse night"),
    }
    assert len(scene.queries) == 3


@pytest.mark.parametrize(
    ("scene", "phrase"),
    [
        (Scene(1, CARRIERS, title="The age of carriers"), "The Age of Carriers"),
        (Scene(1, CARRIERS, title="The Young and the Old: A Comparison"), "The Young and the Old"),
        (Scene(1, "Honey bees visit millions of flowers."), "Honey Bees"),
        (Scene(1, "The F-35B lands on the USS America."), "USS America"),
        (Scene(1, "Yes.", keywords=("open sea",)), "Open Sea"),
        (Scene(1, "Silence."), "Silence"),
        (Scene(1, ""), ""),
    ],
)
def test_a_card_shows_a_whole_phrase_in_title_case(scene: Scene, phrase: str) -> None:
    assert key_phrases(scene, "en-us")[0] == phrase


def test_another_language_keeps_its_own_capitals() -> None:
    scene = Scene(1, "x", title="la vida de las abejas")
    assert key_phrases(scene, "es") == ("la vida de las abejas",)


def test_a_second_card_shows_another_phrase_of_the_text() -> None:
    phrases = key_phrases(Scene(1, CARRIERS, title="Carriers Today"), "en-us")
    assert phrases[0] == "Carriers Today"
    assert len(phrases) == len(set(phrases)) > 2
