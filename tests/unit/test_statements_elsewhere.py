"""What is drawn of a text that nothing here parses: as much as its marks and small words tell."""

from __future__ import annotations

import pytest

from videogen.language.statements.choices import statements
from videogen.language.statements.comparisons import comparisons
from videogen.language.statements.content import Dates, Enumeration, Place
from videogen.language.statements.dates import dates
from videogen.language.statements.definitions import definitions
from videogen.language.statements.figures import numbers
from videogen.language.statements.gists import gists
from videogen.language.statements.places import places
from videogen.language.statements.quotations import quotations
from videogen.language.statements.sequences import enumerations, processes
from videogen.language.statements.told import Told


def named(text: str, language: str) -> list[tuple[str, int, int]]:
    """Return each place of a text with its degrees north and east."""
    return [
        (site.name.text, round(site.latitude), round(site.longitude))
        for found in places(Told(text, language))
        for site in found.sites
    ]


def listed(text: str, language: str) -> list[list[str]]:
    return [
        [found.lead.text if found.lead else "", *(item.text for item in found.items)]
        for found in enumerations(Told(text, language))
    ]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Da Roma a Palermo il treno impiega 12 ore.", "it", [("Roma", 42, 13), ("Palermo", 38, 13)]),
        ("Nacque a Monaco di Baviera.", "it", [("Monaco di Baviera", 48, 12)]),
        ("Arriva dagli Stati Uniti.", "it", [("Stati Uniti", 37, -96)]),
        ("De Nantes à Paris, le sel voyageait.", "fr-fr", [("Nantes", 47, -2), ("Paris", 49, 2)]),
        ("Il partit d’Italie vers l’Inde.", "fr-fr", [("Italie", 43, 13), ("Inde", 22, 83)]),
        ("Llueve en Nueva York y en la India.", "es", [("Nueva York", 41, -74), ("India", 22, 83)]),
        ("Viajou de Lisboa até Tóquio.", "pt-br", [("Lisboa", 39, -9), ("Tóquio", 36, 140)]),
        ("मुंबई से लंदन तक।", "hi", [("मुंबई", 19, 73), ("लंदन", 52, 0)]),
        ("東京から大阪まで、新幹線で行く。", "ja", [("東京", 36, 140), ("大阪", 35, 136)]),
        ("在中国，茶是国饮。", "zh", [("中国", 37, 104)]),
        ("The trains run from Manchester to London.", "en-gb", [("Manchester", 53, -2), ("London", 52, 0)]),
    ],
)  # fmt: skip
def test_places_are_found_by_what_their_language_calls_them(
    text: str, language: str, found: list[tuple[str, int, int]]
) -> None:
    assert named(text, language) == found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La vie de Lincoln fut courte.", "fr-fr"),
        ("A vida de Santos Dumont.", "pt-br"),
        ("La sierra de Córdoba arde.", "es"),  # Spain's or Argentina's
        ("दिल्ली की सड़कों पर चाय मिलती है।", "hi"),
        ("東京大学で学ぶ。", "ja"),
        ("在日本海，鱼很多。", "zh"),
    ],
)
def test_what_may_be_another_place_or_none_is_on_no_map(text: str, language: str) -> None:
    assert named(text, language) == []


def test_four_places_are_on_one_map_and_the_last_of_a_row_is_not_lost() -> None:
    text = "O aquífero fica sob o Brasil, a Argentina, o Paraguai e o Uruguai."
    names = [name for name, _, _ in named(text, "pt-br")]
    cycled = named("Today they are back, in Paris, in London and in Copenhagen.", "en-us")

    assert names == ["Brasil", "Argentina", "Paraguai", "Uruguai"]
    assert [name for name, _, _ in cycled] == ["Paris", "London", "Copenhagen"]
    assert isinstance(statements(Told(text, "pt-br"), "", "")[0], Place)


def test_more_places_than_a_map_holds_are_a_list() -> None:
    text = "Cresce no Brasil, na Argentina, no Chile, no Peru e no Uruguai."

    assert named(text, "pt-br") == []


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("Per costruirlo servono l'acciaio, il cemento e molta pazienza.", "it",
         ["Per costruirlo servono", "l'acciaio", "il cemento", "molta pazienza"]),
        ("Il faut du soleil, du vent, de l’argile et beaucoup de patience.", "fr-fr",
         ["Il faut", "du soleil", "du vent", "de l’argile", "beaucoup de patience"]),
        ("Gastam mais água o chuveiro, a máquina de lavar e o jardim.", "pt-br",
         ["Gastam mais água", "o chuveiro", "a máquina de lavar", "o jardim"]),
        ("Por el valle bajan el agua, las piedras y el barro.", "es",
         ["Por el valle bajan", "el agua", "las piedras", "el barro"]),
        ("अच्छी चाय में पानी, दूध, चीनी और अदरक होते हैं।", "hi", ["अच्छी चाय में", "पानी", "दूध", "चीनी", "अदरक"]),
        ("चाय में चार चीज़ें हैं: पानी, दूध, चीनी और अदरक।", "hi",
         ["चाय में चार चीज़ें हैं", "पानी", "दूध", "चीनी", "अदरक"]),
        ("水には、カルシウム、バナジウム、鉄が含まれる。", "ja", ["", "カルシウム", "バナジウム", "鉄"]),
        ("做面包需要面粉、水、盐和酵母。", "zh", ["做面包需要", "面粉", "水", "盐", "酵母"]),
    ],
)  # fmt: skip
def test_things_in_a_row_are_a_list_in_each_language(
    text: str, language: str, shown: list[str]
) -> None:
    assert listed(text, language)[0] == shown


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("El viento, el agua y el hielo gastan la roca.", "es"),
        ("Cuando llueve, el río sube, la ciudad duerme y el puente tiembla.", "es"),
        ("Dans la cuisine, le chef achète du pain, du vin et du fromage.", "fr-fr"),
        ("On y trouve le chant de la mer, le vent et la pluie.", "fr-fr"),
        ("En la casa, el gato, el perro y el niño.", "es"),
        ("他来了、看见了、征服了。", "zh"),
    ],
)
def test_a_row_whose_ends_nothing_tells_is_no_list(text: str, language: str) -> None:
    assert not [one for one in enumerations(Told(text, language)) if isinstance(one, Enumeration)]


def test_a_figure_keeps_its_sign_and_a_clause_what_and_joins() -> None:
    (dam,) = dates(Told("Em 2014, a represa chegou a 5% da sua capacidade.", "pt-br"))
    (passed,) = numbers(Told("Tra la Sicilia e la Calabria passano 3,2 milioni di persone.", "it"))

    assert dam.moments[0].label is not None
    assert dam.moments[0].label.text == "a represa chegou a 5% da sua capacidade"
    assert passed.lead is not None
    assert passed.lead.text == "Tra la Sicilia e la Calabria passano"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "De 2014 a 2020 o consumo caiu muito. Em 15 de março de 2021 a cidade respirou.",
            "pt-br",
        ),
        ("From 2014 to 2020 the use fell. On March 15, 2021 the city gained a lake.", "en-us"),
    ],
)
def test_a_date_is_not_told_of_another_date(text: str, language: str) -> None:
    (found,) = dates(Told(text, language))

    assert isinstance(found, Dates)
    assert [moment.year for moment in found.moments] == [pytest.approx(2021.2, abs=0.1)]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("दिल्ली की सड़कों पर एक कप चाय दस रुपये में मिलती है।", []),
        ("1835 में अंग्रेज़ों ने असम में पहला बाग़ान लगाया।", []),
        ("सबसे ज़्यादा चाय असम, दार्जिलिंग और नीलगिरि में उगती है।", []),
        ("चाय अब भारत की पहचान है।", ["चाय अब भारत की पहचान है"]),
    ],
)
def test_hindi_is_not_cut_before_what_says_the_role_of_a_noun(
    text: str, phrases: list[str]
) -> None:
    assert [one.text for one in gists(text, "hi")] == phrases


def test_a_step_ends_where_the_next_one_is_joined_to_it() -> None:
    text = "Primero se lava la fruta, después se muele y al final se separa el aceite."
    (made,) = processes(Told(text, "es"))
    assert [step.text for step in made.steps] == [
        "se lava la fruta",
        "se muele",
        "se separa el aceite",
    ]


@pytest.mark.parametrize(
    ("text", "language", "term"),
    [
        ("La almazara es el molino donde se muele la aceituna.", "es", "almazara"),
        ("Le sel est l'or blanc de la côte atlantique.", "fr-fr", "sel"),
        ("Lisboa é a capital de Portugal desde 1255.", "pt-br", "Lisboa"),
        ("Il Po è il fiume più lungo d'Italia.", "it", "Po"),
    ],
)
def test_what_a_thing_is_may_be_the_one_of_its_kind(text: str, language: str, term: str) -> None:
    (made,) = definitions(Told(text, language))
    assert made.term.text == term


def test_a_change_between_two_years_is_named_by_them() -> None:
    text = "El precio subió de 3 euros en 2020 a 9 euros en 2024."
    (made,) = comparisons(Told(text, "es"))
    assert [(bar.label.text, bar.figure.text) for bar in made.bars] == [
        ("2020", "3 euros"),
        ("2024", "9 euros"),
    ]


def test_steps_and_speakers_are_found_in_hindi() -> None:
    (made,) = processes(
        Told("पहले पत्तियाँ तोड़ी जाती हैं, फिर उन्हें सुखाया जाता है, अंत में उन्हें भुना जाता है।", "hi")
    )
    (said,) = quotations(Told('महात्मा गांधी ने कहा, "चाय से पहले पानी।"', "hi"))

    assert [step.text for step in made.steps] == [
        "पत्तियाँ तोड़ी जाती हैं",
        "उन्हें सुखाया जाता है",
        "उन्हें भुना जाता है",
    ]
    assert said.speaker is not None
    assert said.speaker.text == "महात्मा गांधी"
