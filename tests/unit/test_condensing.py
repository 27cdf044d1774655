from __future__ import annotations

from videogen.domain.script import Brief
from videogen.script.sections import Importance
from videogen.script.writers.article import Article
from videogen.script.writers.condensing import condensed
from videogen.script.writers.sharing import Claim, shares

EXTRACT = """The harbor seal (Phoca vitulina; also common seal) is a seal of northern coasts.[2]
It rests on rocks and sandbanks along familiar places. Adults are brown, tan or gray in color.


== Diet ==
Seals eat fish such as cod, herring and flatfish near the coast. However, they also take squid and
other animals when fish are scarce. The formula is {\\displaystyle E=mc^{2}} here.


== References ==
Smith wrote the first long book about the seals of the north.
"""


def read(extract: str = EXTRACT) -> Article:
    return Article.of("Harbor seal", extract, "https://example.org", "en-us")


def test_asides_formulas_and_appendices_are_not_spoken() -> None:
    article = read()
    assert [chapter.heading for chapter in article.chapters] == ["Harbor seal", "Diet"]
    said = [one.text for chapter in article.chapters for one in chapter.sentences]
    assert said[0] == "The harbor seal is a seal of northern coasts."
    assert not [one for one in said if "(" in one or "[" in one or "\\" in one]


def test_a_scene_begins_with_what_stands_on_its_own() -> None:
    used, scenes = condensed([read()], Brief("Seals", 8, 2.0))
    assert used == (read(),)
    assert not scenes[0].text.startswith(("It", "However"))


def test_titles_are_the_sections_headings() -> None:
    long = "Seals rest on rocks along the cold coast of the sea. " * 30
    article = read(f"{long}\n== Diet ==\n{long}\n== Young ==\n{long}")
    _, scenes = condensed([article], Brief("Seals", 96, 2.9))
    titles = [scene.title for scene in scenes if scene.title]
    assert titles == ["Harbor seal", "Diet", "Young"]
    assert [scene.number for scene in scenes] == list(range(1, 9))


def test_a_film_ends_on_what_remains_though_another_section_comes_later() -> None:
    extract = """The tower is a lighthouse on a rock far out in the sea.


== Legacy ==
Many towers were built after its plan in the following years.
The tower is still the model of every lighthouse that stands today.


== Equipment ==
The lamp burned oil from the seeds of rape in those days.
The horn was heard over many miles in fog and snow.
"""
    article = Article.of("The tower", extract, "https://example.org", "en-us")
    _, scenes = condensed([article], Brief("The tower", 24, 1.0))
    assert scenes[-1].text.endswith("every lighthouse that stands today.")


def test_asides_are_told_only_where_nothing_else_is_left() -> None:
    claims = [
        Claim(Importance.INTRODUCTION, 2.0, is_topic=True),
        Claim(Importance.ASIDE, 90.0, is_topic=True),
        Claim(Importance.STORY, 3.0, is_topic=True),
    ]
    assert shares(claims, 4) == [2, 0, 2]
    assert shares(claims, 5) == [2, 0, 3]
    assert shares(claims, 8) == [2, 3, 3]


def test_a_story_is_told_before_a_longer_section_that_is_none() -> None:
    claims = [
        Claim(Importance.INTRODUCTION, 1.0, is_topic=True),
        Claim(Importance.USUAL, 4.0, is_topic=True),
        Claim(Importance.STORY, 3.0, is_topic=True),
    ]
    assert shares(claims, 2) == [1, 0, 1]


def test_an_article_found_with_the_topics_gives_less() -> None:
    claims = [
        Claim(Importance.INTRODUCTION, 1.0, is_topic=True),
        Claim(Importance.STORY, 5.0, is_topic=True),
        Claim(Importance.STORY, 9.0, is_topic=False),
    ]
    assert shares(claims, 4) == [1, 2, 1]
