from __future__ import annotations

import pytest

from videogen.domain.speech import Pronounced
from videogen.voiceover.engines.timing import (
    BATCH_PHONEMES,
    FRAME_SAMPLES,
    Batch,
    batches,
    cut,
    length,
    word_times,
)

VOCABULARY = frozenset("abcdefg .,")


def test_phonemes_keep_their_words_and_unknown_ones_are_left_out() -> None:
    words = [Pronounced("Ab", "ab"), Pronounced("?!", "?!"), Pronounced("c.", "cx.")]

    (batch,) = batches(words, VOCABULARY)

    assert batch.phonemes == "ab c."
    assert [batch.words[i] for i in (0, 1, 3, 4)] == [0, 0, 2, 2]


def test_a_long_text_is_split_at_its_sentences() -> None:
    words = [Pronounced(f"w{i}", "abcdefg." if i % 5 == 4 else "abcdefg") for i in range(200)]

    made = batches(words, VOCABULARY)

    assert len(made) > 1
    assert all(len(batch.phonemes) <= BATCH_PHONEMES for batch in made)
    assert all(batch.phonemes.endswith(".") for batch in made)
    assert sorted({word for batch in made for word in batch.words}) == list(range(200))


def test_one_unbroken_word_longer_than_a_batch_loses_no_phoneme() -> None:
    made = batches([Pronounced("a" * 1000, "abcdefg" * 143)], VOCABULARY)

    assert "".join(batch.phonemes for batch in made) == "abcdefg" * 143
    assert {word for batch in made for word in batch.words} == {0}


@pytest.mark.parametrize(("speed", "margin"), [(1.0, 8), (0.5, 16), (2.0, 4)])
def test_silence_before_and_after_speech_is_cut_to_a_margin(speed: float, margin: int) -> None:
    batch = Batch("ab.", (0, 0, 0))

    timed = cut(batch, [17, 2, 20, 6, 1], speed, last=True)

    assert timed.first == 17 - margin
    assert timed.end == 17 + 2 + margin


@pytest.mark.parametrize(("after", "kept"), [(3, 3), (40, 16)])
def test_a_batch_inside_a_text_keeps_a_pause_after_its_sentence(after: int, kept: int) -> None:
    timed = cut(Batch("ab.", (0, 0, 0)), [17, 2, 1, after - 2, 1], 1.0, last=False)

    assert timed.end == 17 + 2 + kept


def test_words_are_timed_from_the_first_kept_frame_across_batches() -> None:
    words = [Pronounced("a", "a"), Pronounced("—", ""), Pronounced("b.", "b.")]
    timed = [
        cut(Batch("a", (0,)), [10, 4, 6], 1.0, last=False),
        cut(Batch("b.", (2, 2)), [9, 4, 6, 1], 1.0, last=True),
    ]

    first, dash, last = word_times(words, timed, shift=0.0)

    # 40 ms before their frames say: that is how the model's audio was found to lie.
    assert (first.start, first.end) == (0.16, 0.26)
    assert (dash.start, dash.end) == (0.26, 0.26)
    assert (last.start, last.end) == (0.61, 0.71)
    assert length(timed) == (18 + 12) * FRAME_SAMPLES


def test_a_word_begins_with_the_space_before_it_and_ends_where_a_pause_begins() -> None:
    words = [Pronounced("a,", "a,"), Pronounced("b", "b")]
    timed = [cut(Batch("a, b", (0, 0, 1, 1)), [8, 20, 3, 2, 4, 6], 1.0, last=True)]

    first, second = word_times(words, timed, shift=-0.04)

    assert (first.start, first.end) == (0.2, 0.325)
    assert (second.start, second.end) == (0.775, 0.925)


def test_word_times_never_leave_the_audio_nor_run_backwards() -> None:
    timed = [cut(Batch("ab", (0, 1)), [3, 1, 1, 1], 1.0, last=True)]

    words = word_times([Pronounced("a", "a"), Pronounced("b", "b")], timed, shift=0.09)

    edges = [edge for word in words for edge in (word.start, word.end)]
    assert edges == sorted(edges)
    assert edges[0] >= 0
