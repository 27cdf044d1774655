from __future__ import annotations

from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.domain.speech import Word
from videogen.errors import UsageError
from videogen.voiceover.alignment import timed_on
from videogen.voiceover.recordings import find_recordings

lengths = st.floats(0.05, 20.0)
waits = st.floats(0.0, 3.0)


@st.composite
def spans(draw: st.DrawFn, length: st.SearchStrategy[float]) -> list[tuple[float, float]]:
    """Stretches of time in order, each as long as drawn, with waits before each."""
    drawn = draw(st.lists(st.tuples(waits, length), min_size=1, max_size=30))
    edges = list(accumulate(part for pair in drawn for part in pair))
    return list(zip(edges[::2], edges[1::2], strict=True))


@given(spoken=spans(lengths), said=spans(st.floats(0.0, 2.0)))
def test_words_lie_in_order_inside_what_is_spoken_and_none_spans_a_silence(
    spoken: list[tuple[float, float]], said: list[tuple[float, float]]
) -> None:
    words = [Word(f"w{number}", *span) for number, span in enumerate(said)]

    timed = timed_on(spoken, words)

    assert [word.text for word in timed] == [word.text for word in words]
    assert all(word.start < word.end for word in timed)
    assert all(before.end <= after.start + 1e-9 for before, after in pairwise(timed))
    for word in timed:
        assert any(a - 1e-9 <= word.start and word.end <= b + 1e-9 for a, b in spoken)


def test_a_recording_that_is_as_the_model_spoke_keeps_its_times() -> None:
    words = (Word("One", 0.2, 0.5), Word("two.", 0.5, 1.0), Word("Three.", 1.6, 2.0))

    timed = timed_on([(0.2, 1.0), (1.6, 2.0)], words)

    for word, true in zip(timed, words, strict=True):
        assert (word.start, word.end) == pytest.approx((true.start, true.end))


def test_words_spoken_twice_as_slowly_last_twice_as_long() -> None:
    timed = timed_on([(1.0, 3.0)], [Word("One", 0.2, 0.6), Word("two.", 0.6, 1.2)])

    assert [word.start for word in timed] == pytest.approx([1.0, 1.8])
    assert timed[-1].end == pytest.approx(3.0)


def test_a_silence_falls_where_the_model_pauses_although_one_part_was_spoken_faster() -> None:
    words = [Word(f"{n}", n * 0.3, n * 0.3 + 0.3) for n in range(8)]
    words += [Word(f"{n}", n * 0.3 + 0.5, n * 0.3 + 0.8) for n in range(8, 16)]

    timed = timed_on([(0.0, 2.2), (2.9, 5.5)], words)

    assert timed[7].end == pytest.approx(2.2)
    assert timed[8].start == pytest.approx(2.9)


def test_a_cough_gets_no_word() -> None:
    words = [Word("Hello", 0.1, 0.6), Word("there.", 0.6, 1.1)]

    timed = timed_on([(0.1, 0.18), (1.0, 2.0)], words)

    assert timed[0].start == pytest.approx(1.0)


def test_no_words_take_no_time() -> None:
    assert timed_on([(0.0, 1.0)], []) == ()


def test_recordings_are_found_by_their_scene_in_any_format_and_spelling(tmp_path: Path) -> None:
    for name in ("scene-1.wav", "Scene-02.M4A", "scene_10.opus", "notes.txt", "._scene-3.wav"):
        (tmp_path / name).touch()
    (tmp_path / "scene-4.wav").mkdir()

    found = find_recordings(tmp_path)

    assert {number: path.name for number, path in found.items()} == {
        1: "scene-1.wav",
        2: "Scene-02.M4A",
        10: "scene_10.opus",
    }


def test_two_recordings_of_a_scene_are_refused_by_name(tmp_path: Path) -> None:
    for name in ("scene-1.wav", "scene-01.mp3"):
        (tmp_path / name).touch()

    with pytest.raises(UsageError, match="Scene 1 has two") as raised:
        find_recordings(tmp_path)

    assert "scene-1.wav" in raised.value.what
    assert "scene-01.mp3" in raised.value.what


def test_a_folder_that_is_none_or_holds_no_recording_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be read") as raised:
        find_recordings(tmp_path / "nowhere")
    assert "nowhere" in raised.value.where

    with pytest.raises(UsageError, match="holds no recording"):
        find_recordings(tmp_path)
