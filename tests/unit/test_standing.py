from __future__ import annotations

import pytest

from videogen.script.writers.standing import Sentence, Subject, plain, spoken

OTTER = Subject("The sea otter", "It")


def read(text: str, subject: Subject = OTTER, language: str = "en-us") -> list[Sentence]:
    return list(spoken(plain(text), subject, language))


def test_a_pronoun_right_after_the_definition_is_named_where_it_has_to_stand_alone() -> None:
    _, second = read("The sea otter is a small marine mammal. It dives to the floor of the sea.")
    assert second.text == "It dives to the floor of the sea."
    assert second.alone == "The sea otter dives to the floor of the sea."


@pytest.mark.parametrize(
    "text",
    [
        "The old hunter met the captain there. It was sold to him by the harbor.",
        "The sea otter is a small marine mammal. It is believed that all will return.",
        "The sea otter is a small marine mammal. They live along the coast of Alaska.",
        "The sea otter sleeps on its back. It has been seen from many ships.",
    ],
)
def test_a_pronoun_is_not_named_where_that_is_not_sure(text: str) -> None:
    assert read(text)[1].alone == ""


@pytest.mark.parametrize(
    "leaning",
    [
        "He was born in a small town by the sea.",
        "However, the population of the islands fell again.",
        "The latter is kept in a museum in London.",
        "In 1831, he joined a voyage around the world.",
        "In this pouch, the animal keeps its food and stones.",
        "According to these estimates, thousands of people died that year.",
        "Some of them were never found by anyone again.",
        "As a result, many families left the country for good.",
    ],
)
def test_what_leans_on_a_sentence_that_cannot_be_spoken_goes_with_it(leaning: str) -> None:
    assert read(f"Too short. {leaning}") == []


@pytest.mark.parametrize(
    "announcing",
    [
        "On 19 August 1800 an event occurred that became part of local lore.",
        "In the harbor a strange accident took place that year.",
    ],
)
def test_what_only_announces_what_others_tell_is_not_spoken(announcing: str) -> None:
    assert read(announcing) == []


@pytest.mark.parametrize(
    "free",
    [
        "Although the eruption had begun in April, ash fell for years.",
        "Animals such as sea urchins graze on the lower stems of kelp.",
        "On 5 April 1815, a giant eruption was heard far away.",
        "The canal has no locks, since its two ends stand at one level.",
    ],
)
def test_what_names_its_own_noun_may_stand_first(free: str) -> None:
    assert read(f"Too short. {free}")[0].alone == free


def test_he_is_nobody_where_no_man_was_named() -> None:
    text = "Hot clouds ran down the mountain to the sea. He told of it in a letter later."
    assert len(read(text)) == 1
    text = "Thomas Raffles heard of it on the island of Java. He told of it in a letter later."
    assert len(read(text)) == 2


def test_a_person_is_known_by_the_pronoun_of_the_introduction() -> None:
    text = "Charles Robert Darwin was an English naturalist. He was known for his work on origins."
    assert Subject.of("Charles Darwin", text, "en-us") == Subject("Charles Robert Darwin", "He")


def test_what_is_on_paper_only_is_not_spoken() -> None:
    text = "The ship sank in 1912 (see below).: 45-46 It lay 3.8 km (2.4 mi) deep.[citation needed]"
    assert plain(text) == "The ship sank in 1912. It lay 3.8 km deep."


def test_a_list_is_not_spoken() -> None:
    text = "The first large eruption came in April.\nThe climax came on the tenth.\n"
    assert read(text + "Smoke was still seen in August of that year.") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Corto. Este canal se abrió al fin en el año 1869."),
        ("fr-fr", "Court. Elle vit le long des côtes du Pacifique nord."),
        ("it", "Breve. Questa nave affondò nel mare del nord nel 1912."),
    ],
)
def test_other_languages_have_their_own_pronouns(language: str, text: str) -> None:
    assert read(text, Subject(), language) == []
