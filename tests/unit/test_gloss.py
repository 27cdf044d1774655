"""What narrations in other languages speak of, in English."""

from __future__ import annotations

import pytest

from videogen.language.gloss import glosses


@pytest.mark.parametrize(
    ("language", "text", "english"),
    [
        ("es", "Los marineros veían las luces del faro.", ("sailor", "light", "lighthouse")),
        ("fr-fr", "Les ponts suspendus, les chevaux.", ("suspension bridge", "horse")),
        ("it", "Le api visitano i fiori.", ("bee", "flower")),
        ("pt-br", "Os vulcões e os faróis.", ("volcano", "lighthouse")),
        ("hi", "मधुमक्खियाँ फूलों से शहद बनाती हैं।", ("bee", "flower", "honey")),
        ("ja", "蜜蜂は花から蜂蜜を作る。", ("bee", "flower", "honey")),
        ("zh", "灯塔保护船只。", ("lighthouse", "ship")),
    ],
)
def test_common_things_are_known_in_each_spoken_language(
    language: str, text: str, english: tuple[str, ...]
) -> None:
    assert glosses(text, language) == english


def test_names_stay_as_they_are_and_countries_are_translated() -> None:
    said = "En Bélgica, Leonardo da Vinci y Ana de Austria vieron a Rubens."
    assert glosses(said, "es") == ("Belgium", "Leonardo da Vinci", "Ana de Austria", "Rubens")


def test_a_capital_at_the_beginning_of_a_sentence_makes_no_name() -> None:
    assert glosses("Durmieron poco. Corrieron mucho.", "es") == ()


def test_a_language_without_a_dictionary_tells_names_of_several_words_alone() -> None:
    assert glosses("Der Turm von Marie Curie.", "de") == ("Marie Curie",)
