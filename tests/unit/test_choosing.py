from __future__ import annotations

from fractions import Fraction

import pytest
from fakes.footage import candidate

from videogen.domain.footage import LOCAL, Candidate
from videogen.domain.script import Scene
from videogen.domain.video import Format
from videogen.footage.judge import FLOOR, judge
from videogen.footage.quality import quality
from videogen.footage.request import SceneRequest
from videogen.language.keywords import illustrate

OUTPUT = Format(Fraction(30), 1920, 1080)


def request(text: str, *queries: str) -> SceneRequest:
    return SceneRequest(Scene(1, text, queries=queries), 6.0, (text,), ("A phrase",))


def relevance(asked: SceneRequest, *titles: str) -> list[float]:
    found = [candidate(str(number), title) for number, title in enumerate(titles)]
    return [float(one) for one in judge([asked], found).relevance[0]]


@pytest.mark.parametrize(
    ("text", "query", "right", "wrong"),
    [
        (
            "Bicycles return to the streets of the city.",
            "bicycles in the city",
            "Cyclists in city traffic",
            "A cartoon rabbit in the meadow",
        ),
        (
            "At night the Milky Way rises over the sea.",
            "milky way at night",
            "Starry night with the galaxy over water",
            "The pier in the afternoon",
        ),
        (
            "In the wind the suspension bridge twisted until it fell.",
            "suspension bridge in the wind",
            "Suspension bridge swaying in a storm",
            "Press briefing: a bridge to the future",
        ),
        (
            "Trams carry people through the town again.",
            "tram in the city",
            "An old tram passes the town hall",
            "Chess board with figures",
        ),
    ],
)
def test_what_means_the_same_fits_and_what_shares_a_word_only_does_not(
    text: str, query: str, right: str, wrong: str
) -> None:
    fitting, other = relevance(request(text, query), right, wrong)
    assert fitting >= FLOOR > other


def test_a_narration_in_another_language_is_judged_by_its_english_queries() -> None:
    queries = ("fishing boats in the harbour", "fishermen")
    said = "Die Fischer kehren am Morgen mit leeren Netzen in den Hafen zurueck."
    scene = Scene(1, said, queries=queries, keywords=("fishing boat", "harbour"))
    asked = SceneRequest(scene, 6.0, (said,), ("Die Fischer",), language="de")
    fitting, other = relevance(asked, "Fishing boats return to the harbour", "A chess board")
    assert fitting >= FLOOR > other


def spanish(text: str) -> SceneRequest:
    scene = illustrate(Scene(1, text), "Los faros", "es")
    return SceneRequest(scene, 6.0, (text,), ("Los faros",), language="es")


FISHERS = "Los barcos de pesca vuelven al puerto de noche, y el faro los guía."


def test_a_narration_without_queries_is_judged_by_what_is_known_of_it_in_english() -> None:
    fitting, other = relevance(
        spanish(FISHERS), "Ship and lighthouse in the harbor at night", "Toy"
    )
    assert fitting >= FLOOR > other


def test_what_a_narration_in_another_language_says_in_verbs_is_read() -> None:
    text = "選手たちは泳ぎ、走り、勝って喜びます。"
    told = SceneRequest(illustrate(Scene(1, text), "", "ja"), 6.0, (text,), (text,), language="ja")
    fitting, other = relevance(told, "Athletes swim and run to win the race", "A game of chess")
    assert fitting >= FLOOR > other


def test_words_of_another_language_match_no_service_s_titles() -> None:
    once = spanish("Los pescadores sacan once peces con la red, y todo el pan queda en la mesa.")
    titles = (
        "Once upon a time",
        "Red carpet in Cannes",
        "Pan on a stove",
        "Mesa Verde",
        "Todo list",
    )
    for shown in relevance(once, *titles):
        assert shown < FLOOR


def test_a_person_s_own_clips_may_be_named_in_the_narration_s_language() -> None:
    own = Candidate(LOCAL, "a.mp4", "barcos de pesca en el puerto de noche", "", "", "")
    strange = Candidate(LOCAL, "b.mp4", "partida de ajedrez", "", "", "")
    judgement = judge([spanish(FISHERS)], [own, strange])
    fitting, other = judgement.relevance[0]
    assert fitting >= FLOOR > other
    assert judgement.reason(0, 0).endswith("words: barcos, pesca, puerto, noche")
    small = Candidate(LOCAL, "c.mp4", "la vuelta de los niños en el parque", "", "", "")
    assert judge([spanish(FISHERS)], [small]).relevance[0, 0] < FLOOR


def test_a_candidate_fits_as_well_whoever_stands_beside_it() -> None:
    asked = request("A ship leaves the harbour.", "ship leaving harbour")
    [alone] = relevance(asked, "Ship leaving the harbour at dawn")
    amid, *_ = relevance(asked, "Ship leaving the harbour at dawn", "A ship", "Ships in port")
    assert alone == pytest.approx(amid, abs=0.15)


def test_the_reasons_name_the_meaning_and_the_words() -> None:
    asked = request("A ship leaves the harbour.", "ship leaving harbour")
    found = [candidate("a", "Ships in a harbour"), candidate("b", "Sailing yacht")]
    judgement = judge([asked], found)
    assert judgement.reason(0, 0).endswith("words: ship, harbour")
    assert judgement.reason(0, 1).endswith("no word in common")


def test_no_candidate_and_no_scene_are_judged_to_nothing() -> None:
    assert judge([request("A ship.", "ship")], []).relevance.shape == (1, 0)
    assert judge([], [candidate("a")]).relevance.shape == (0, 1)


def points(one: Candidate, earlier: frozenset[tuple[str, str]] = frozenset()) -> float:
    return quality(one, OUTPUT, earlier).points


def test_a_short_a_small_a_cropped_and_a_known_clip_count_for_less() -> None:
    whole = points(candidate("a"))
    assert whole == 0.0
    assert points(candidate("a", duration=2.0)) < whole
    assert points(candidate("a", size=(640, 360))) < whole
    assert points(candidate("a", size=(2160, 3840))) < whole
    assert points(candidate("a"), frozenset({("shelf", "a")})) < whole


def test_the_reasons_say_what_is_wanting() -> None:
    mark = quality(candidate("a", duration=2.0, size=(640, 360)), OUTPUT, frozenset())
    assert mark.reasons == ("only 2 s long", "only 640x360")
