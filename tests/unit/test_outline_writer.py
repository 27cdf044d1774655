from __future__ import annotations

from collections import Counter

import pytest

from videogen.domain.script import Brief
from videogen.errors import WriterUnavailable
from videogen.language.sentences import sentences
from videogen.language.words import normalized
from videogen.script.writers.outline import NOTE, OutlineWriter


def words(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


@pytest.mark.parametrize("seconds", [30, 60, 180, 300, 600, 1800])
def test_the_words_of_the_brief_are_filled_within_two_percent(seconds: int) -> None:
    brief = Brief("Modern naval warfare", seconds, 2.9)
    script = OutlineWriter().write(brief)
    wanted = brief.words_per_scene * brief.scene_count
    assert len(script.scenes) == brief.scene_count
    assert words([scene.text for scene in script.scenes]) == pytest.approx(wanted, rel=0.02)
    assert all(scene.title and scene.keywords and scene.queries for scene in script.scenes)
    assert script.note == NOTE


@pytest.mark.parametrize("topic", ["Modern naval warfare", "Russian invasion of Ukraine"])
def test_no_sentence_is_said_twice_in_half_an_hour(topic: str) -> None:
    script = OutlineWriter().write(Brief(topic, 1800, 2.9))
    said = [
        normalized(sentence)
        for scene in script.scenes
        for sentence in sentences(scene.text, "en-us")
    ]
    assert [sentence for sentence, times in Counter(said).items() if times > 1] == []


@pytest.mark.parametrize(
    ("topic", "spoken"),
    [
        ("Modern naval warfare", "at modern naval warfare,"),
        ("Russian invasion of Ukraine", "at the Russian invasion of Ukraine,"),
        ("NASA", "at NASA,"),
        ("The history of the Roman Empire", "at the history of the Roman Empire,"),
        ("How do bees make honey?", "How do bees make honey? "),
        ("A topic " + "of many words " * 4, "words. "),
    ],
)
def test_the_topic_is_named_as_a_speaker_would(topic: str, spoken: str) -> None:
    opening = OutlineWriter().write(Brief(topic, 60, 2.9)).scenes[0].text
    assert spoken in opening


def test_two_topics_do_not_get_the_same_outline() -> None:
    titles = {
        tuple(scene.title for scene in OutlineWriter().write(Brief(topic, 120, 2.9)).scenes)
        for topic in ("Bees", "Volcanoes", "Jazz", "Rome")
    }
    assert len(titles) > 1


def test_a_topic_of_odd_characters_is_only_text() -> None:
    script = OutlineWriter().write(Brief("../{evil} %s \U0001f600 {topic}", 30, 2.9))
    assert "{evil}" in script.scenes[0].text


def test_another_language_is_refused_with_a_cure() -> None:
    with pytest.raises(WriterUnavailable, match="English") as seen:
        OutlineWriter().write(Brief("Abejas", 60, 2.9, "es"))
    assert "--script" in seen.value.cure
