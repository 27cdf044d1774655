from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from fakes.pace import seconds, video_seconds
from fakes.surroundings import having
from fakes.wikipedia import DISAMBIGUATION, FakeWikipedia, article

from videogen.domain.script import Brief, Scene, Script
from videogen.errors import ScriptError, WriterUnavailable
from videogen.footage.sources.chain import open_chain
from videogen.footage.sources.provider import FootageOptions
from videogen.language.sentences import sentences
from videogen.project.asked import names_in_english
from videogen.script.encyclopedia import Encyclopedia, edition
from videogen.script.references import article_reference
from videogen.script.write import read_script, write_script
from videogen.script.writers.wikipedia import WikipediaWriter
from videogen.settings import Settings

TOPIC = "Naval warfare"
BRIEF = Brief(TOPIC, 60, 2.9)
LONG = article(9000, "History", "Ships", "Tactics", "See also")


def test_every_sentence_is_the_articles_own_and_credited() -> None:
    with FakeWikipedia({TOPIC: LONG}) as wikipedia:
        script = WikipediaWriter(wikipedia.url).write(BRIEF)
        url = f"{wikipedia.url}/wiki/Naval_warfare"
    said = [one for scene in script.scenes for one in sentences(scene.text, "en-us")]
    assert said
    assert all(sentence in LONG for sentence in said)
    (credit,) = script.credits
    assert (credit.title, credit.license, credit.url) == (TOPIC, "CC BY-SA 4.0", url)
    assert "Naval warfare" in script.note


@pytest.mark.parametrize("target", [30, 180, 1800])
def test_a_long_article_is_condensed_to_any_duration(target: int) -> None:
    with FakeWikipedia({TOPIC: LONG}) as wikipedia:
        brief = Brief(TOPIC, target, 2.9)
        script = write_script(brief, WikipediaWriter(wikipedia.url), seconds)
        assert len(wikipedia.requests) <= 2
    assert video_seconds(script, target)[0] == pytest.approx(target, rel=0.005)
    assert all(scene.keywords and scene.queries for scene in script.scenes)


def test_a_topic_that_is_no_title_is_searched_for() -> None:
    with FakeWikipedia({TOPIC: LONG}) as wikipedia:
        script = WikipediaWriter(wikipedia.url).write(Brief("Modern naval warfare", 60, 2.9))
    assert script.title == TOPIC


def test_a_list_of_meanings_is_passed_over_for_an_article() -> None:
    with FakeWikipedia({"Mercury": DISAMBIGUATION, "Mercury (planet)": LONG}) as wikipedia:
        script = WikipediaWriter(wikipedia.url).write(Brief("Mercury", 60, 2.9))
    assert [credit.title for credit in script.credits] == ["Mercury (planet)"]


def test_a_short_article_is_told_with_those_found_next_to_it() -> None:
    shelf = {TOPIC: article(200), "Naval history": article(900), "Bees": article(900)}
    with FakeWikipedia(shelf) as wikipedia:
        script = WikipediaWriter(wikipedia.url).write(Brief(TOPIC, 120, 2.9))
    assert [credit.title for credit in script.credits] == [TOPIC, "Naval history"]


def test_what_an_article_cannot_fill_is_missing_to_the_second() -> None:
    with FakeWikipedia({TOPIC: article(150)}) as wikipedia:
        script = write_script(Brief(TOPIC, 300, 2.9), WikipediaWriter(wikipedia.url), seconds)
    seen, pacing = video_seconds(script, 300)
    assert pacing.shortfall == pytest.approx(300 - seen, abs=0.05)


@pytest.mark.parametrize("topic", ["Nothing at all", "x" * 300, "a|b#c <>[]{}", "../../etc"])
def test_a_topic_without_an_article_is_said_so(topic: str) -> None:
    with FakeWikipedia({"Bees": LONG}) as wikipedia:
        writer = WikipediaWriter(wikipedia.url)
        assert not writer.has_article(topic, "en-us")
        with pytest.raises(ScriptError, match="no article") as seen:
            writer.write(Brief(topic, 60, 2.9))
    assert "--writer" in seen.value.cure


@pytest.mark.parametrize(
    "fault", ["hang", "endless", "cut connection", "not json", "server error", "too many"]
)
def test_every_fault_means_that_wikipedia_is_not_there(fault: str) -> None:
    with (
        FakeWikipedia({TOPIC: LONG}, fault) as wikipedia,
        pytest.raises(WriterUnavailable) as seen,
    ):
        WikipediaWriter(wikipedia.url, patience=1.0, seconds=0.3).write(BRIEF)
    assert seen.value.cure


@pytest.mark.parametrize(
    ("language", "host"),
    [("en-gb", "en"), ("es", "es"), ("fr-fr", "fr"), ("pt-br", "pt"), ("zh", "zh")],
)
def test_each_language_has_its_own_edition(language: str, host: str) -> None:
    assert edition("https://en.wikipedia.org", language) == f"https://{host}.wikipedia.org"
    assert edition("http://127.0.0.1:8080", language) == "http://127.0.0.1:8080"


def test_the_topics_article_is_a_reference_without_its_appendices() -> None:
    extract = (
        "A sea battle is fought at sea.\n\n\n== History ==\n\n\n=== Galleys ===\nThey had oars."
    )
    shelf = {TOPIC: f"{extract}\n\n\n== References ==\nSmith, p. 4.\n\n\n== See also ==\nBoat"}
    with FakeWikipedia(shelf) as wikipedia:
        found = article_reference(Encyclopedia(wikipedia.url), TOPIC, "en-us")
        assert len(wikipedia.requests) == 1
    assert found is not None
    assert found.text.split("\n\n") == [
        "A sea battle is fought at sea.",
        "== History ==",
        "=== Galleys ===",
        "They had oars.",
    ]
    assert found.credit.author == "Wikipedia contributors"
    assert (found.credit.title, found.credit.license) == (TOPIC, "CC BY-SA 4.0")
    assert found.credit.url.endswith("/wiki/Naval_warfare")


def test_a_topic_without_an_article_has_no_reference() -> None:
    with FakeWikipedia({"Bees": LONG}) as wikipedia:
        assert article_reference(Encyclopedia(wikipedia.url), "Nothing at all", "en-us") is None


def test_an_article_that_cannot_be_had_is_said_with_a_cure() -> None:
    with FakeWikipedia({TOPIC: LONG}, "server error") as wikipedia:
        encyclopedia = Encyclopedia(wikipedia.url, patience=1.0, seconds=0.3)
        with pytest.raises(WriterUnavailable) as seen:
            article_reference(encyclopedia, TOPIC, "en-us")
    assert "WIKIPEDIA_BASE_URL" in seen.value.cure


def test_an_article_that_holds_only_a_list_is_no_article() -> None:
    with (
        FakeWikipedia({TOPIC: "Salamis\nActium\nLepanto\nTrafalgar"}) as wikipedia,
        pytest.raises(ScriptError, match="no article"),
    ):
        WikipediaWriter(wikipedia.url).write(BRIEF)


FAROS = {"Faro": "Lighthouse", "Maguncia": "Mainz", "Prensa (imprenta)": "Press (printing)"}


def test_things_are_known_in_english_by_redirects_and_without_their_brackets() -> None:
    redirects = {"Faros": "Faro", "Prensa": "Prensa (imprenta)"}
    with FakeWikipedia({}, english=FAROS, redirects=redirects) as wikipedia:
        known = Encyclopedia(wikipedia.url).in_english(["faros", "Prensa", "a|b", "xyz", ""], "es")
    assert known == {"faros": "Lighthouse", "Prensa": "Press"}


def test_fifty_things_are_asked_for_at_once() -> None:
    many = [f"Cosa {number}" for number in range(120)]
    with FakeWikipedia({}, english={many[0]: "Thing", many[119]: "Last"}) as wikipedia:
        known = Encyclopedia(wikipedia.url).in_english(many, "es")
        assert len(wikipedia.requests) == 3
    assert known == {many[0]: "Thing", many[119]: "Last"}


def test_a_service_that_asks_for_patience_is_not_waited_for() -> None:
    with (
        FakeWikipedia({}, "too many") as wikipedia,
        pytest.raises(WriterUnavailable),
    ):
        Encyclopedia(wikipedia.url).in_english(["Faro"], "es")


class Told:
    name = "file"

    def write(self, brief: Brief) -> Script:
        text = "En Maguncia el orfebre vertió plomo en el molde."
        return Script(brief.topic, (Scene(1, text),), self.name)


def test_a_narration_without_queries_asks_for_what_wikipedia_knows_in_english() -> None:
    with FakeWikipedia({}, english=FAROS | {"Imprenta": "Printing press"}) as wikipedia:
        names = Encyclopedia(wikipedia.url).in_english
        script = read_script(Brief("imprenta", 30, 2.9, "es"), Told(), names)
    [scene] = script.scenes
    assert scene.queries[-1] == "Printing press"
    assert "Mainz" in scene.queries
    assert "Mainz" in scene.english
    assert "Maguncia" not in scene.english


def test_an_english_narration_asks_for_no_names() -> None:
    def names(_titles: Sequence[str], _language: str) -> Mapping[str, str]:
        raise AssertionError("asked")

    assert read_script(Brief("Ships", 30, 2.9, "en-us"), Told(), names).scenes


def test_where_wikipedia_is_out_of_reach_nothing_is_known_and_all_goes_on(
    settings: Settings,
) -> None:
    away = having(settings, WIKIPEDIA_BASE_URL="http://127.0.0.1:9")
    with open_chain(["nasa"], away, FootageOptions(640, 360)) as chain:
        assert names_in_english(away, chain)(["Faro"], "es") == {}


def test_without_a_service_to_search_wikipedia_is_not_asked(
    settings: Settings, tmp_path: Path
) -> None:
    with FakeWikipedia({}, english=FAROS) as wikipedia:
        given = having(settings, WIKIPEDIA_BASE_URL=wikipedia.url)
        with open_chain(["local"], given, FootageOptions(640, 360, clips=tmp_path)) as chain:
            assert names_in_english(given, chain)(["Faro"], "es") == {}
        assert not wikipedia.requests
