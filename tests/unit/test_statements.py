"""What a text states that can be drawn, and that nothing is drawn that it does not state."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from videogen.domain.script import Scene
from videogen.language.statements.choices import ideas
from videogen.language.statements.comparisons import comparisons
from videogen.language.statements.content import Comparison, Content, Dates, Number, parts
from videogen.language.statements.dates import dates
from videogen.language.statements.definitions import definitions
from videogen.language.statements.figures import numbers
from videogen.language.statements.gists import gists
from videogen.language.statements.icons import FLOOR, icon_of
from videogen.language.statements.places import places
from videogen.language.statements.quotations import quotations
from videogen.language.statements.sequences import enumerations, processes
from videogen.language.statements.told import Told

FINDERS: tuple[Callable[[Told], Iterator[Content]], ...] = (
    numbers,
    comparisons,
    dates,
    quotations,
    enumerations,
    definitions,
    places,
    processes,
)


def told(text: str, language: str = "en-us") -> Told:
    return Told(text, language)


def texts(content: Content) -> list[str]:
    return [part.text for part in parts(content)]


def number(text: str, language: str = "en-us") -> list[tuple[str, str, str]]:
    """Return what stands before, in and behind each number card of a text."""
    return [
        (
            found.lead.text if found.lead else "",
            found.figure.text,
            found.tail.text if found.tail else "",
        )
        for found in numbers(told(text, language))
    ]


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        (
            "The wave moved at 35 mph through the narrow streets of Boston's North End.",
            "en-us",
            ("The wave moved at", "35 mph", "through the narrow streets of Boston's North End"),
        ),
        ("The carrier cost $13.3 billion.", "en-us", ("The carrier cost", "$13.3 billion", "")),
        ("Nearly 800 people drowned.", "en-us", ("Nearly", "800", "people drowned")),
        ("El puente mide 1.280 metros.", "es", ("El puente mide", "1.280", "metros")),
        ("La tour pèse 10 100 tonnes.", "fr-fr", ("La tour pèse", "10 100", "tonnes")),
    ],
)
def test_a_number_stands_between_the_words_of_its_own_clause(
    text: str, language: str, shown: tuple[str, str, str]
) -> None:
    assert number(text, language)[0] == shown


def test_what_takes_a_number_back_is_kept_where_the_rest_of_its_lead_is_too_long() -> None:
    text = "In the long and bitter winter that followed the war, the small old town had fewer than 900 people."
    long = text.replace(
        "the small old town had", "what was left of the small old town by the sea had"
    )

    assert number(text)[0][0] == "the small old town had fewer than"
    assert number(long)[0][0] == "fewer than"


@pytest.mark.parametrize(
    "text",
    [
        "Apollo 11 landed on the Moon.",
        "It stands on page 12 of Section 230.",
        "Light takes 8 minutes and 20 seconds to reach us.",
        "It weighs 20-30 kg at 3:15 in the afternoon.",
        "He was born in 1879 and had 2 sons.",
        "It fell just after 11 o'clock, and at half past 12 they left.",
        "On 15 August 1914 it opened.",
    ],
)
def test_names_ranges_parts_years_and_small_counts_are_no_numbers(text: str) -> None:
    assert number(text) == []


def test_a_small_count_is_a_number_where_it_measures() -> None:
    assert number("His deck was only 8 feet deep.")[0] == ("His deck was only", "8", "feet deep")


def test_a_number_stops_before_what_is_told_of_the_next_one() -> None:
    text = "Corals from 400 million years ago counted about 400 days in a year."

    assert number(text)[0] == ("Corals from", "400 million", "years ago")


def bars(text: str, language: str = "en-us") -> list[tuple[str, str, str]]:
    return [
        (bar.label.text, bar.figure.qualifier, bar.figure.text)
        for found in comparisons(told(text, language))
        for bar in found.bars
    ]


def test_figures_of_one_unit_are_compared_by_their_owners() -> None:
    assert bars("Finland has 188,000 lakes, Sweden has 97,500 lakes and Norway 65,000 lakes.") == [
        ("Finland", "", "188,000 lakes"),
        ("Sweden", "", "97,500 lakes"),
        ("Norway", "", "65,000 lakes"),
    ]
    assert bars("40 percent of men but only 25 percent of women could read.") == [
        ("men", "", "40 percent"),
        ("women", "only", "25 percent"),
    ]
    assert bars("A driver needs 140 square meters, and a cyclist needs 5 square meters.") == [
        ("A driver", "", "140 square meters"),
        ("a cyclist", "", "5 square meters"),
    ]
    assert bars("A mile of lane costs $2 million, and a mile of road costs $20 million.") == [
        ("A mile of lane", "", "$2 million"),
        ("a mile of road", "", "$20 million"),
    ]
    assert bars("Literacy rose from 12 percent to 86 percent.") == [
        ("from", "", "12 percent"),
        ("to", "", "86 percent"),
    ]
    assert bars("The price rose from 3 euros in 2020 to 9 euros by 2024.") == [
        ("2020", "", "3 euros"),
        ("2024", "", "9 euros"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is 2,800 feet long, and its deck was only 39 feet wide.",
        "The tank was 50 feet tall and held 300 gallons.",
        "The engine makes 450 hp at 6,000 rpm.",
        "It killed 21 people and injured 150.",
    ],
)
def test_what_measures_other_things_is_never_compared(text: str) -> None:
    assert bars(text) == []


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        (
            "Finlandia tiene 188.000 lagos, y Suecia 97.500 lagos.",
            "es",
            [("Finlandia", "", "188.000 lagos"), ("Suecia", "", "97.500 lagos")],
        ),
        (
            "La popolazione scese da 175.000 abitanti a 50.000 abitanti.",
            "it",
            [("da", "", "175.000 abitanti"), ("a", "", "50.000 abitanti")],
        ),
        (
            "O Brasil bebe 6 kg por pessoa, e Portugal 4 kg.",
            "pt-br",
            [("Brasil", "", "6 kg"), ("Portugal", "", "4 kg")],
        ),
        (
            "La France compte 68 millions d'habitants et l'Italie 59 millions d'habitants.",
            "fr-fr",
            [("La France", "", "68 millions"), ("Italie", "", "59 millions")],
        ),
    ],
)
def test_figures_are_compared_in_other_languages_where_capitals_tell_whose_they_are(
    text: str, language: str, shown: list[tuple[str, str, str]]
) -> None:
    assert bars(text, language) == shown


@pytest.mark.parametrize(
    ("text", "language", "year"),
    [
        ("El 15 de agosto de 1914, un barco cruzó América.", "es", 1914.62),
        ("Le 14 février 1887, des artistes protestèrent.", "fr-fr", 1887.12),
        ("Il 3 ottobre 2020 le paratoie si alzarono.", "it", 2020.76),
        ("No dia 24 de maio de 2005 nasceu o Dia do Café.", "pt-br", 2005.4),
        ("La tour fut construite entre 1887 et 1889.", "fr-fr", 1887.0),
        ("Tra il 1987 e il 2020 fu costruito il MOSE.", "it", 1987.0),
    ],
)
def test_a_date_is_a_date_in_each_language_and_its_day_no_number(
    text: str, language: str, year: float
) -> None:
    (found,) = dates(told(text, language))

    assert found.moments[0].year == pytest.approx(year, abs=0.02)
    assert number(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "steps"),
    [
        (
            "Primero el barco entra, luego las puertas se cierran, y finalmente el agua sube.",
            "es",
            ["el barco entra", "las puertas se cierran", "el agua sube"],
        ),
        (
            "D'abord on envoya des signaux, puis on parla, et enfin on transmit des images.",
            "fr-fr",
            ["on envoya des signaux", "on parla", "on transmit des images"],
        ),
        (
            "Prima si piantano i pali, poi si posa la pietra, e infine si alzano i muri.",
            "it",
            ["si piantano i pali", "si posa la pietra", "si alzano i muri"],
        ),
        (
            "Primeiro o grão é moído, depois a água ferve, e por fim o café é coado.",
            "pt-br",
            ["o grão é moído", "a água ferve", "o café é coado"],
        ),
    ],
)
def test_steps_are_told_apart_in_each_language(text: str, language: str, steps: list[str]) -> None:
    (found,) = processes(told(text, language))

    assert [step.text for step in found.steps] == steps


@pytest.mark.parametrize(
    ("text", "language", "phrase"),
    [
        ("That November morning, the waves became a twist.", "en-us", "the waves became a twist"),
        ("But the Moon passes overhead only once.", "en-us", "the Moon passes overhead only once"),
        ("All this water rubs against the sea floor.", "en-us", "sea floor"),
        ("Leonard Coatsworth, a newspaperman, left his car.", "en-us", "Leonard Coatsworth"),
        (
            "The neighbors knew that the old tank was about to burst.",
            "en-us",
            "the old tank was about to burst",
        ),
        ("El canal de Panamá unió dos océanos.", "es", "El canal de Panamá unió dos océanos"),
        ("नदी में डॉल्फ़िन भी रहती हैं।", "hi", "नदी में डॉल्फ़िन भी रहती हैं"),
    ],
)
def test_what_stands_for_a_sentence_can_be_read_alone(
    text: str, language: str, phrase: str
) -> None:
    assert gists(text, language)[0].text == phrase


@pytest.mark.parametrize("text", ["Each time, it went on.", "So it did.", "That was all of it."])
def test_what_only_points_elsewhere_stands_for_nothing(text: str) -> None:
    assert all(len(one.text.split()) > 3 for one in gists(text, "en-us"))


def test_dates_stand_with_what_happened_then() -> None:
    (found,) = dates(told("The Berlin Wall went up in 1961, and it fell in 1989."))

    assert [(one.date.text, one.label and one.label.text) for one in found.moments] == [
        ("1961", "The Berlin Wall went up"),
        ("1989", "it fell"),
    ]
    (day,) = dates(told("On January 15, 1919, a tank of molasses burst in Boston."))
    assert texts(day) == ["January 15, 1919", "a tank of molasses burst in Boston"]
    assert 1919.03 < day.moments[0].year < 1919.05


def test_a_span_has_two_ends_and_a_count_of_people_is_no_year() -> None:
    (war,) = dates(told("The war lasted from 1939 to 1945."))

    assert war.is_span
    assert [one.year for one in war.moments] == [1939, 1945]
    assert list(dates(told("It killed 1815 people."))) == []


def test_a_quotation_has_its_speaker_where_the_sentence_names_one() -> None:
    (asked,) = quotations(
        told("“Ask not what your country can do for you,” said President Kennedy.")
    )
    (dreamt,) = quotations(told('"I have a dream that one day this nation will rise up," he said.'))

    assert texts(asked) == ["Ask not what your country can do for you", "President Kennedy"]
    assert dreamt.speaker is None
    assert list(quotations(told("They called it “the flood”."))) == []


def test_lists_definitions_and_steps() -> None:
    (grown,) = enumerations(told("The region grows rice, tea, cotton and silk."))
    (bread,) = enumerations(told("Tres cosas hacen el pan: harina, agua y sal.", "es"))
    (made,) = definitions(
        told("Photosynthesis is a process by which plants turn light into sugar.")
    )
    (cheese,) = processes(
        told("First the milk is heated, then rennet is added, and finally the curd is pressed.")
    )

    assert texts(grown) == ["The region grows", "rice", "tea", "cotton", "silk"]
    assert texts(bread) == ["Tres cosas hacen el pan", "harina", "agua", "sal"]
    assert texts(made) == ["Photosynthesis", "a process by which plants turn light into sugar"]
    assert [step.text for step in cheese.steps] == [
        "the milk is heated",
        "rennet is added",
        "the curd is pressed",
    ]
    assert list(definitions(told("It is a strange thing that nobody saw."))) == []


def test_clauses_are_cut_at_whole_words() -> None:
    spoken = told("Then it cooled and thickened, which nobody saw.")

    pieces = [spoken.text[start:end].strip() for start, end in spoken.clauses()]

    assert [piece for piece in pieces if piece] == ["it cooled", "thickened", "nobody saw"]


def test_places_are_those_that_something_is_in() -> None:
    (studied,) = places(told("He studied in London, Paris and Berlin."))

    assert [site.name.text for site in studied.sites] == ["London", "Paris", "Berlin"]
    assert (round(studied.sites[2].latitude), round(studied.sites[2].longitude)) == (53, 13)
    (lakes,) = places(told("The lakes lie in Finland."))
    assert lakes.sites[0].country == 246
    assert list(places(told("London's banks failed."))) == []


@pytest.mark.parametrize(
    ("phrase", "sentence", "icon"),
    [
        ("central bank", "The central bank raises interest rates.", "bank"),
        ("Bicycles return", "Bicycles return to the street.", "bicycle"),
        ("an investigation", "The investigation took six years.", "detective"),
    ],
)
def test_an_icon_means_what_is_said(phrase: str, sentence: str, icon: str) -> None:
    found, near = icon_of(phrase, sentence, ())

    assert found == icon
    assert near > FLOOR


def test_an_article_makes_no_phrase_of_a_single_word() -> None:
    scene = Scene(1, "The drought lasted seven years.", on_screen="The drought")

    assert next(ideas(told(scene.text), scene, set(), set())).icon == ""  # no rain


def test_what_no_icon_means_is_below_the_floor() -> None:
    assert icon_of("loneliness", "Loneliness is as harmful as smoking.", ())[1] < FLOOR
    assert icon_of("central bank", "The central bank raises rates.", {"bank"})[0] != "bank"


PIECES = (
    "Finland|the tank|Marie Curie|35|2.3 million|$13.3 billion|12 percent|1,234|1815|in 1915|from|to|"
    "killed|people|and|but|,|.|;|: |“We shall not be moved by this”|said Churchill|is a|of|first|then|"
    "finally|rice, tea and silk|in Boston|more than|was|km|tall|→|海洋|el puente|mide|metros|Nov. 5"
).split("|")


@given(
    words=st.lists(st.sampled_from(PIECES), min_size=1, max_size=14),
    language=st.sampled_from(["en-us", "es", "ja"]),
)
@settings(max_examples=150, deadline=None)
def test_all_that_is_drawn_stands_in_the_text_at_its_place(words: list[str], language: str) -> None:
    text = " ".join(words)
    spoken = told(text, language)

    for find in FINDERS:
        for content in find(spoken):
            for part in parts(content):
                assert text[part.at : part.at + len(part.text)] == part.text
            if isinstance(content, Number):
                digits = content.figure.digits.replace(content.figure.groups[0], "")
                assert float(digits.replace(content.figure.point, ".")) <= content.figure.value
            if isinstance(content, Comparison):
                assert len({bar.label.text for bar in content.bars}) == len(content.bars)
            if isinstance(content, Dates):
                years = [one.year for one in content.moments]
                assert years == sorted(set(years))
