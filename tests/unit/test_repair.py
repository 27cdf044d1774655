from __future__ import annotations

import pytest

from videogen.domain import Brief, Scene
from videogen.script.repair import Draft, find_faults, fits, trimmed, without_repeats

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


def complaints(*scenes: Scene) -> list[tuple[int, str]]:
    return [(fault.scene, fault.complaint) for fault in find_faults(draft(*scenes), BRIEF)]


def test_a_script_of_the_right_length_has_no_faults() -> None:
    good = (scene(1, 33), scene(2, 36), scene(3, 34))
    assert complaints(*good) == []
    assert fits(draft(*good), BRIEF)


def test_a_model_that_writes_little_is_asked_for_more_than_is_missing() -> None:
    found = complaints(scene(1, 20), scene(2, 20), scene(3, 20))
    assert [number for number, _ in found] == [1, 2, 3]
    # 34 words, and as the model wrote 20 for them, 34 x 34 / 20.
    assert found[0][1] == "is too short: it has 20 words, make it 58."


def test_a_model_that_writes_much_is_asked_for_what_is_wanted() -> None:
    found = complaints(scene(1, 45), scene(2, 45), scene(3, 45))
    assert found[2] == (3, "is too long: it has 45 words, make it 34.")


def test_one_odd_scene_is_named_even_where_the_sum_is_right() -> None:
    assert [number for number, _ in complaints(scene(1, 15), scene(2, 53), scene(3, 34))] == [1, 2]


def test_empty_missing_and_repeated_scenes_are_named() -> None:
    found = dict(complaints(scene(1, 34), Scene(2, " ... ")))
    assert found[2].startswith("is empty")
    assert found[3].startswith("is missing")
    again = dict(complaints(scene(1, 34), scene(2, 34, "1"), scene(3, 34)))
    assert list(again) == [2]
    assert again[2].startswith("repeats scene 1")


def test_the_better_of_two_versions_of_a_scene_is_kept() -> None:
    first = draft(scene(1, 10), scene(2, 34), Scene(3, ""))
    second = draft(scene(1, 34, "new"), scene(2, 5, "new"), scene(3, 30, "new"))
    kept = first.improved_by(second, BRIEF).scenes
    assert kept == (second.scenes[0], first.scenes[1], second.scenes[2])


def test_what_was_said_before_is_not_said_again() -> None:
    told = [Scene(1, "Bees fly. Bees dance."), Scene(2, "Bees dance!"), Scene(3, "bees FLY. Ants.")]
    kept = without_repeats(told, "en-us")
    assert [one.text for one in kept] == ["Bees fly. Bees dance.", "Ants."]


@pytest.mark.parametrize("words", [45, 60, 90, 200])
def test_what_is_too_long_loses_whole_last_sentences(words: int) -> None:
    long = draft(scene(1, words), scene(2, words), scene(3, words))
    kept = draft(*trimmed(long, BRIEF))
    assert sum(kept.seconds) == pytest.approx(3 * 11.4, rel=0.08)
    for short, whole in zip(kept.scenes, long.scenes, strict=True):
        assert whole.text.startswith(short.text)
        assert short.text.endswith(".")


def test_what_speaking_faster_can_make_up_for_is_not_cut() -> None:
    rather_long = draft(scene(1, 36), scene(2, 36), scene(3, 36))
    assert trimmed(rather_long, BRIEF) == rather_long.scenes


def test_scenes_of_one_sentence_are_dropped_between_the_first_and_the_last() -> None:
    brief = Brief("Bees", 60, 3.0)
    many = [Scene(n, " ".join(f"w{n}-{word}" for word in range(34)) + ".") for n in range(1, 9)]
    kept = trimmed(draft(*many), brief)
    assert len(kept) == 5
    assert (kept[0], kept[-1]) == (many[0], many[-1])
