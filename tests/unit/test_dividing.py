from __future__ import annotations

from videogen.domain.script import Scene
from videogen.language.words import word_count
from videogen.script.writers.dividing import divided

SENTENCE = "The ship leaves the old port at {} today. "
WHOLE = Scene(
    1,
    "".join(SENTENCE.format(f"hour number {n}") for n in range(1, 10)).strip(),
    "Leaving",
    ("port",),
    ("port ship",),
    "hour number 9",
)


def test_a_film_in_one_scene_becomes_the_scenes_that_were_asked_for() -> None:
    parts = divided([WHOLE], [1, 2, 3], 33, "en-us")
    assert [part.number for part in parts] == [1, 2, 3]
    assert " ".join(part.text for part in parts) == WHOLE.text
    assert {word_count(part.text) for part in parts} == {33}


def test_only_the_first_part_shows_what_was_asked_for_the_whole() -> None:
    first, *others = divided([WHOLE], [1, 2, 3], 33, "en-us")
    assert (first.title, first.keywords, first.queries) == ("Leaving", ("port",), ("port ship",))
    assert {(part.title, part.keywords, part.queries) for part in others} == {("", (), ())}
    assert first.on_screen == ""


def test_scenes_of_the_right_length_stay_as_they_are_numbered() -> None:
    scenes = [Scene(1, "One two three four."), Scene(3, "One two three four five.")]
    assert divided(scenes, [1, 2, 3], 4, "en-us") == tuple(scenes)


def test_there_are_never_more_than_were_asked_for_nor_more_than_sentences() -> None:
    parts = divided([Scene(1, "A b c d."), WHOLE], [1, 2, 3], 4, "en-us")
    assert [part.number for part in parts] == [1, 2, 3]
    assert len(divided([Scene(1, "A b c d e f g h.")], [1, 2], 4, "en-us")) == 1
