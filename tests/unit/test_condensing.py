from __future__ import annotations

from videogen.domain import Brief
from videogen.script.writers.condensing import Article, condensed

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
