from __future__ import annotations

import pytest

from videogen.domain.script import Brief, Scene
from videogen.language.sentences import sentences
from videogen.script.draft import Draft
from videogen.script.filler import without_filler
from videogen.script.pacing import reach
from videogen.script.repair import find_faults
from videogen.script.trimming import Trimmed, trimmed
from videogen.script.writers.base import Fault

# Three scenes of 12 seconds with a pause each: 11.4 seconds of speech, 34 words at 3 a second.
BRIEF = Brief("Bees", 36, 3.0)


def seconds(text: str) -> float:
    return len(text.split()) / 3


def scene(number: int, words: int, mark: str = "") -> Scene:
    """Return a scene of sentences of about five words; `mark` makes them another scene's."""
    told = [f"w{mark or number}-{n}" for n in range(words)]
    parts = [" ".join(told[n : n + 5]).capitalize() + "." for n in range(0, words, 5)]
    return Scene(number, " ".join(parts))


def draft(*scenes: Scene) -> Draft:
    return Draft.of(scenes, seconds)


def faults(*scenes: Scene, asked: int = 102) -> list[Fault]:
    return find_faults(draft(*scenes), BRIEF, asked)


@pytest.mark.parametrize(
    "words",
    [(34, 34, 34), (31, 31, 31), (36, 36, 36), (15, 53, 34)],
    ids=["as asked", "rather short", "rather long", "uneven"],
)
def test_what_speed_and_pauses_can_fill_has_no_faults(words: tuple[int, ...]) -> None:
    assert faults(*(scene(n, count) for n, count in enumerate(words, start=1))) == []


def test_a_model_that_writes_little_is_asked_for_more_than_is_missing() -> None:
    found = faults(scene(1, 20), scene(2, 20), scene(3, 20))
    # 14 words are missing of 34, and as it wrote 60 of 102, 14 x 102 / 60.
    assert [(one.scene, one.kind, one.words) for one in found] == [
        (number, "short", 24) for number in (1, 2, 3)
    ]


def test_only_as_many_scenes_go_on_as_the_film_lacks() -> None:
    found = faults(scene(1, 34), scene(2, 14), scene(3, 34))
    assert [(fault.scene, fault.kind) for fault in found] == [(2, "short")]


def test_the_last_scene_is_asked_for_more_after_the_others_and_keeps_its_last_sentence() -> None:
    end = Scene(3, "The bees flew home. Nobody saw them again.")
    first, last = faults(scene(1, 20), scene(2, 40), end)
    assert (first.scene, first.sentence) == (1, "")
    assert (last.scene, last.sentence) == (3, "Nobody saw them again.")
    assert [one.scene for one in faults(scene(1, 20), scene(2, 20), scene(3, 30))] == [1, 2]


def test_a_scene_that_is_too_long_is_told_which_inner_sentence_may_go() -> None:
    (fault,) = faults(scene(1, 34), scene(2, 34), scene(3, 60), asked=128)
    # 128 words of 103: the longest scene has the 25 to lose.
    assert (fault.scene, fault.kind, fault.words) == (3, "long", 35)
    said = [part.strip() + "." for part in scene(3, 60).text.split(".") if part.strip()]
    assert fault.sentence in said[1:-1]


def test_a_model_that_wrote_more_than_was_asked_for_is_asked_for_less() -> None:
    (fault,) = faults(scene(1, 34), scene(2, 34), scene(3, 60))
    assert (fault.kind, fault.words) == ("long", round(35 * 102 / 128))


def test_scenes_in_which_no_sentence_can_go_are_to_be_said_in_fewer_words() -> None:
    told = [Scene(n, " ".join(f"w{n}-{word}" for word in range(45)) + ".") for n in (1, 2, 3)]
    found = faults(*told, asked=135)
    assert {(one.kind, one.words, one.sentence) for one in found} == {("long", 34, "")}
    assert len(found) == 3


def test_a_short_film_is_asked_for_less_than_a_scene_is_otherwise() -> None:
    brief = Brief("Bees", 8, 3.0)
    (fault,) = find_faults(draft(scene(1, 17)), brief, 17)
    assert (fault.kind, fault.words) == ("short", 5)


def test_a_film_without_its_end_is_asked_for_it_however_long_it_is() -> None:
    assert [(one.scene, one.kind) for one in faults(scene(1, 50), scene(2, 50))] == [(3, "missing")]


def test_a_gap_is_filled_only_where_its_words_are_needed() -> None:
    assert [one.scene for one in faults(scene(1, 34), scene(3, 34))] == [2]
    assert faults(scene(1, 50), scene(3, 50)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "In this video, we will explore the bees.",
        "Welcome back to our channel!",
        "Hello everyone!",
        "Let's dive into the world of bees.",
        "Thank you so much for watching.",
        "Don't forget to like and subscribe.",
        "Stay tuned for more.",
    ],
)
def test_what_speaks_of_the_film_itself_is_not_said(sentence: str) -> None:
    (kept,) = without_filler([Scene(1, f"{sentence} A bee has five eyes.")], "en-us")
    assert kept.text == "A bee has five eyes."


@pytest.mark.parametrize(
    "sentence",
    [
        "Welcome signs hung over the port.",
        "Hi-fi was the word of the decade.",
        "In this valley, nobody slept.",
        "Like and unlike attract each other.",
    ],
)
def test_what_only_sounds_so_is_said(sentence: str) -> None:
    (kept,) = without_filler([Scene(1, f"{sentence} A bee has five eyes.")], "en-us")
    assert kept.text == f"{sentence} A bee has five eyes."


def test_the_better_of_two_versions_of_a_scene_is_kept() -> None:
    first = draft(scene(1, 10), scene(2, 34))
    second = draft(scene(1, 34, "new"), scene(2, 5, "new"), scene(3, 30, "new"))
    kept = first.improved_by(second, BRIEF).scenes
    assert kept == (second.scenes[0], first.scenes[1], second.scenes[2])


def test_what_was_said_before_is_not_said_again() -> None:
    told = [Scene(1, "Bees fly. Bees dance."), Scene(2, "Bees dance!"), Scene(3, "bees FLY. Ants.")]
    kept = without_filler(told, "en-us")
    assert [one.text for one in kept] == ["Bees fly. Bees dance.", "Ants."]


@pytest.mark.parametrize("words", [45, 60, 90, 200])
def test_what_is_too_long_loses_whole_inner_sentences_and_tells_them(words: int) -> None:
    long = draft(scene(1, words), scene(2, words), scene(3, words))
    fitting = trimmed(long, BRIEF)
    assert reach(draft(*fitting.scenes).total, 3)[0] <= BRIEF.seconds
    for short, whole in zip(fitting.scenes, long.scenes, strict=True):
        kept, were = sentences(short.text, "en-us"), sentences(whole.text, "en-us")
        assert (kept[0], kept[-1]) == (were[0], were[-1])
        assert sorted(kept + [cut for cut in fitting.cuts if cut in were]) == sorted(were)


def test_what_speaking_faster_can_make_up_for_is_not_cut() -> None:
    rather_long = draft(scene(1, 36), scene(2, 36), scene(3, 36))
    assert trimmed(rather_long, BRIEF) == Trimmed(rather_long.scenes)


def test_the_shortest_sentence_that_does_is_cut() -> None:
    told = (
        "Bees see more than we do. The flowers that they visit wear colors that nobody else knows. "
        "They dance. Each dance tells the others how far the flowers are from home. Then all of "
        "them fly out into the morning."
    )
    assert trimmed(draft(Scene(1, told)), Brief("Bees", 12.6, 3.0)).cuts == ("They dance.",)


def test_no_scene_is_cut_that_would_be_missed_more_than_it_was_too_much() -> None:
    brief = Brief("Bees", 24, 3.0)
    many = [Scene(n, " ".join(f"w{n}-{word}" for word in range(25)) + ".") for n in (1, 2, 3)]
    assert trimmed(draft(*many), brief) == Trimmed(tuple(many))


def test_scenes_of_one_sentence_are_dropped_between_the_first_and_the_last() -> None:
    brief = Brief("Bees", 60, 3.0)
    many = [Scene(n, " ".join(f"w{n}-{word}" for word in range(34)) + ".") for n in range(1, 9)]
    fitting = trimmed(draft(*many), brief)
    assert len(fitting.scenes) == 5
    assert (fitting.scenes[0], fitting.scenes[-1]) == (many[0], many[-1])
    assert len(fitting.cuts) == 3
