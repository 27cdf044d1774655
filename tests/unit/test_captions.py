from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.assembly.captions.cues import captions
from videogen.assembly.captions.sidecar import srt, vtt
from videogen.assembly.timeline import Caption, Shot, TimedScene, Timeline
from videogen.domain.footage import Card
from videogen.domain.speech import Word
from videogen.domain.video import Format

RATE = Fraction(30)
WIDE = Format(RATE, 1920, 1080)
LINE_WIDTH = 42
SENTENCES = (
    "Naval warfare has changed more in the last thirty years than in the three centuries before. "
    "The aircraft carrier, once the undisputed queen of the seas, now shares the stage with "
    "submarines, drones, and missiles that can be launched from trucks hidden hundreds of miles "
    "inland. In 1982, during the Falklands War, a single Exocet missile sank HMS Sheffield; it "
    "cost about $200,000, while the ship was worth more than $30 million. Navies noticed."
)


def spoken(text: str, seconds_per_letter: float = 0.06) -> list[Word]:
    words, at = [], 0.1
    for word in text.split():
        end = at + 0.05 + seconds_per_letter * len(word)
        words.append(Word(word, round(at, 3), round(end, 3)))
        at = end + (0.45 if word[-1] in ".?!" else 0.15 if word[-1] in ",;" else 0.02)
    return words


def frames_of(words: list[Word]) -> int:
    return round(words[-1].end * RATE) + 15


def made(text: str) -> tuple[Caption, ...]:
    words = spoken(text)
    return captions(words, "en-us", WIDE, frames_of(words))


def test_every_word_is_shown_once_and_in_order() -> None:
    assert " ".join(line for caption in made(SENTENCES) for line in caption.lines) == SENTENCES


def test_two_lines_of_42_letters_for_one_to_seven_seconds() -> None:
    for caption in made(SENTENCES):
        assert 1 <= len(caption.lines) <= 2
        assert all(len(line) <= LINE_WIDTH for line in caption.lines)
        assert 1 <= (caption.end - caption.start) / RATE <= 7


def test_captions_neither_overlap_nor_flicker() -> None:
    for before, after in pairwise(made(SENTENCES)):
        gap = after.start - before.end
        assert gap == 0 or gap >= RATE / 2


def test_a_caption_starts_with_its_first_word() -> None:
    words = spoken(SENTENCES)
    for caption in made(SENTENCES):
        first = next(word for word in words if round(word.start * RATE) == caption.start)
        assert caption.lines[0].startswith(first.text)
        assert caption.word_starts[0] == caption.start
        assert len(caption.word_starts) == len(" ".join(caption.lines).split())


def test_lines_break_at_phrases() -> None:
    last_words = [line.split()[-1] for caption in made(SENTENCES) for line in caption.lines]

    assert not {"the", "a", "of", "and", "in", "than", "HMS", "more"} & set(last_words)
    assert sum(word[-1] in ".,;" for word in last_words) >= len(last_words) / 2


def test_a_long_silence_leaves_the_screen_empty() -> None:
    words = [Word("One.", 0.0, 0.4), Word("Two.", 9.0, 9.4)]

    first, second = captions(words, "en-us", WIDE, 300)

    assert first.end < 9 * RATE - RATE
    assert second.start == 270


def test_a_scene_shorter_than_a_second_shows_its_word_to_its_end() -> None:
    assert captions([Word("Yes.", 0.05, 0.4)], "en-us", WIDE, 14) == (
        Caption(2, 14, ("Yes.",), (2,)),
    )


def test_no_words_make_no_captions() -> None:
    assert captions([], "en-us", WIDE, 60) == ()


@pytest.mark.parametrize(
    "text", ["https://example.org/" + "x" * 120, "海洋覆盖着我们星球的大部分。" * 6]
)
def test_text_without_spaces_is_cut_to_lines(text: str) -> None:
    shown = captions([Word(text, 0.0, 12.0)], "zh", WIDE, 400)

    lines = [line for caption in shown for line in caption.lines]
    assert "".join("".join(lines).split()) == text
    limit = LINE_WIDTH // 2 if text.startswith("海") else LINE_WIDTH
    assert max(map(len, lines)) <= limit + 1


words_strategy = st.lists(
    st.tuples(st.text("abcdefg,.", min_size=1, max_size=60), st.floats(0.02, 2), st.floats(0, 3)),
    min_size=1,
    max_size=40,
)


@given(words_strategy, st.sampled_from([Fraction(24), Fraction(30_000, 1001), Fraction(60)]))
def test_any_words_keep_the_measures(parts: list[tuple[str, float, float]], rate: Fraction) -> None:
    words, at = [], 0.0
    for text, length, pause in parts:
        words.append(Word(text, at, at + length))
        at += length + pause
    frames = round(Fraction(at) * rate) + 1

    shown = captions(words, "en-us", Format(rate, 1920, 1080), frames)

    for caption in shown:
        assert 0 <= caption.start < caption.end <= frames
        assert len(caption.lines) <= 2
        assert all(len(line) <= LINE_WIDTH for line in caption.lines)
        assert caption.end - caption.start <= 7 * rate
        assert all(caption.start <= start for start in caption.word_starts)
    gaps = [after.start - before.end for before, after in pairwise(shown)]
    assert all(gap == 0 or gap >= rate / 2 for gap in gaps)


def test_a_word_longer_than_a_caption_may_stay_leaves_no_blink_before_the_next() -> None:
    first, second = captions([Word("Aaah!", 0.0, 7.1), Word("No.", 7.2, 8.0)], "en-us", WIDE, 260)

    assert second.start - first.end >= RATE / 2


@pytest.fixture
def timeline() -> Timeline:
    shots = (Shot(Card("A", 1), 45, 0, 0),)
    caption = Caption(15, 45, ("Fish & <chips>", "for two"), (15, 20, 25, 30, 35))
    scenes = [TimedScene(n, "", Path("a.flac"), shots, (caption,)) for n in (1, 2)]
    return Timeline(Fraction(30_000, 1001), 1920, 1080, tuple(scenes))


def test_srt_counts_time_from_the_start_of_the_video(timeline: Timeline) -> None:
    assert srt(timeline) == (
        "1\n00:00:00,500 --> 00:00:01,502\nFish & <chips>\nfor two\n\n"
        "2\n00:00:02,002 --> 00:00:03,003\nFish & <chips>\nfor two\n"
    )


def test_webvtt_escapes_what_would_be_a_tag(timeline: Timeline) -> None:
    assert vtt(timeline) == (
        "WEBVTT\n\n00:00:00.500 --> 00:00:01.502\nFish &amp; &lt;chips&gt;\nfor two\n\n"
        "00:00:02.002 --> 00:00:03.003\nFish &amp; &lt;chips&gt;\nfor two\n"
    )
