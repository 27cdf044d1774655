"""Narrations from articles as they really are: would a listener follow?"""

from __future__ import annotations

import functools
import re

import pytest
from fakes.articles import ANNING, CANAL, OTTER, TAMBORA, TITLES, extract
from fakes.pace import seconds, video_seconds
from fakes.wikipedia import FakeWikipedia

from videogen.domain.script import Brief, Script
from videogen.language.sentences import sentences
from videogen.script.sections import Importance, sections_of
from videogen.script.write import write_script
from videogen.script.writers.wikipedia import WikipediaWriter

LENGTHS = [30, 60, 120, 180]
every_film = pytest.mark.parametrize(
    ("title", "length"), [(title, length) for title in TITLES for length in LENGTHS]
)


@functools.cache
def told(title: str, length: int) -> Script:
    with FakeWikipedia({title: extract(title)}) as wikipedia:
        return write_script(Brief(title, length, 2.9), WikipediaWriter(wikipedia.url), seconds)


def said(title: str, length: int) -> list[str]:
    return [one for scene in told(title, length).scenes for one in sentences(scene.text, "en-us")]


@pytest.mark.parametrize(
    ("title", "definition"),
    [
        (TAMBORA, "In April 1815, Mount Tambora, a volcano on the island of Sumbawa"),
        (ANNING, "Mary Anning was an English fossil collector"),
        (OTTER, "The sea otter is a marine mammal"),
        (CANAL, "The Suez Canal is an artificial sea-level waterway"),
    ],
)
@pytest.mark.parametrize("length", LENGTHS)
def test_a_film_says_what_the_thing_is_before_anything_else(
    title: str, definition: str, length: int
) -> None:
    assert said(title, length)[0].startswith(definition)


@every_film
def test_no_scene_begins_with_what_nobody_has_named(title: str, length: int) -> None:
    lost = re.compile(
        r"(He|She|It|They|His|Her|Its|This|These|Such|However|The latter|The former)\b"
        r"|[^,.]+, (he|she|it|they)\b"
    )
    assert not [scene.text for scene in told(title, length).scenes if lost.match(scene.text)]


@every_film
def test_a_sentence_that_leans_on_another_follows_it_as_in_the_article(
    title: str, length: int
) -> None:
    article = re.sub(r" ?\([^()]*\)|\[\w+\]", "", extract(title))
    # What was cut for the length is told to the user.
    for cut in told(title, length).cuts:
        article = article.replace(f"{cut} ", "")
    for scene in told(title, length).scenes:
        first, *others = sentences(scene.text, "en-us")
        for sentence in others:
            assert f"{first} {sentence}" in article or "\n" + sentence in article
            first = sentence


@pytest.mark.parametrize("length", LENGTHS[:3])
@pytest.mark.parametrize("title", TITLES)
def test_a_short_film_leaves_out_what_a_reader_would_miss_least(title: str, length: int) -> None:
    headings = {scene.title for scene in told(title, length).scenes} - {"", title}
    importance = {one.heading: one.importance for one in sections_of(extract(title))}
    assert headings
    assert all(importance[heading] >= Importance.USUAL for heading in headings)


@pytest.mark.parametrize(
    ("title", "ending"),
    [
        (TAMBORA, "Tambora remains active, "),
        (ANNING, "Today she is remembered as one of the founders of a science "),
        (OTTER, "Where otters have returned, the kelp forests have come back "),
        (CANAL, "For more than a century and a half, the canal has decided "),
    ],
)
@pytest.mark.parametrize("length", LENGTHS)
def test_a_film_ends_on_what_became_of_it_all(title: str, ending: str, length: int) -> None:
    assert said(title, length)[-1].startswith(ending)


@every_film
def test_nothing_is_said_that_only_an_article_on_paper_can_say(title: str, length: int) -> None:
    spoken = " ".join(said(title, length))
    assert not re.search(r"[()\[\]{}=]|citation|: \d|displaystyle|5 April: ", spoken)


@pytest.mark.parametrize("length", [30, 60, 120])
@pytest.mark.parametrize("title", TITLES)
def test_a_real_article_fills_a_short_film_to_the_second(title: str, length: int) -> None:
    assert video_seconds(told(title, length), length)[0] == pytest.approx(length, rel=0.005)


@pytest.mark.parametrize("title", TITLES)
def test_nothing_is_said_twice(title: str) -> None:
    every = said(title, 180)
    assert len(every) == len(set(every))


def test_nothing_is_said_twice_in_other_words() -> None:
    film = " ".join(said(OTTER, 150))
    assert "typically weigh between 14 and 45 kg" in film
    assert "Male sea otters usually weigh" not in film
    assert "the densest of any animal" in film


def test_the_run_says_what_share_alike_means_for_the_video() -> None:
    script = told(OTTER, 60)
    assert "CC BY-SA 4.0" in script.note
    assert "the whole video may be published under the same licence only" in script.note
    (credit,) = script.credits
    assert (credit.author, credit.license) == ("Wikipedia contributors", "CC BY-SA 4.0")


def test_the_article_is_asked_for_once_a_run() -> None:
    with FakeWikipedia({OTTER: extract(OTTER)}) as wikipedia:
        writer = WikipediaWriter(wikipedia.url)
        assert writer.has_article(OTTER, "en-us")
        brief = Brief(OTTER, 60, 2.9)
        writer.revise(brief, writer.write(brief), [])
        assert [one.query["titles"] for one in wikipedia.requests] == [OTTER]
