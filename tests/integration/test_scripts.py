"""Text in any script: set in a face that has its letters, in its own direction, or left out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pytest
from PIL import features

from videogen.assembly import fonts as faces
from videogen.assembly.captions.cues import captions
from videogen.assembly.captions.setting import setting_of
from videogen.assembly.fonts import cure, font_of, unset
from videogen.assembly.lettering import balanced, fitted, line_mask, word_masks
from videogen.assembly.timeline import Caption
from videogen.domain.speech import Word
from videogen.domain.video import Format
from videogen.voiceover.engines.catalogue import language_of, voice_hashes

needs_shaping = pytest.mark.usefixtures("shaping")

CHINESE = Caption(
    0,
    150,
    ("几个世纪以来，", "船只把消息和货物从一个海岸带到另一个海岸。"),
    (0, 40),
)


@pytest.fixture
def without_shaping(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make Pillow what it is on a machine without FriBidi."""
    kept = (faces._shapes, faces._sources, faces._cached_font)
    monkeypatch.setattr(features, "check", lambda _: False)
    for cached in kept:
        cached.cache_clear()
    yield
    monkeypatch.undo()
    for cached in kept:
        cached.cache_clear()


@needs_shaping
@pytest.mark.parametrize("initial", sorted({voice[0] for voice in voice_hashes()}))
def test_every_language_that_a_voice_speaks_can_be_set(initial: str) -> None:
    voice = next(voice for voice in voice_hashes() if voice[0] == initial)

    assert unset([language_of(voice).sample]) == ""


@pytest.mark.parametrize(
    "letters", ["海洋船", "かなカ", "바다는", "αβж", "🚢🌊🌙", "ქარ"], ids=ascii
)
def test_different_letters_look_different_so_none_is_a_box(letters: str) -> None:
    face = font_of("Bold", 48, letters)
    drawn = [line_mask(letter, face, 8) for letter in letters]

    assert all(mask.max() == 255 for mask in drawn)
    for one, other in combinations(drawn, 2):
        assert one.shape != other.shape or not np.array_equal(one, other)


def test_ideographs_are_drawn_as_the_text_s_own_language_writes_them() -> None:
    japanese, chinese = (
        line_mask("直", font_of("Bold", 96, text), 8) for text in ("直します", "直接")
    )

    assert not np.array_equal(japanese, chinese)


@needs_shaping
@pytest.mark.parametrize("tail", ["", " UN", " 2024"])
def test_lines_from_right_to_left_begin_at_the_right(tail: str) -> None:
    face = font_of("Bold", 48, f"שלום{tail}")
    begun = line_mask("שלום", face, 8)
    width = begun.shape[1] - 16

    whole = line_mask(f"שלום{tail}", face, 8)

    right = whole[:, whole.shape[1] - 8 - width : whole.shape[1] - 8].astype(int)
    assert np.abs(right - begun[:, 8 : 8 + width]).mean() < 25
    assert np.abs(right - begun[:, 8 : 8 + width][:, ::-1]).mean() > 40


@needs_shaping
def test_the_first_word_of_a_line_from_right_to_left_is_the_rightmost() -> None:
    line = "שלום לכל העולם"
    places = [place for place, _ in word_masks(line, font_of("Bold", 48, line), 8)]

    assert places == sorted(places, reverse=True)


@needs_shaping
def test_joined_letters_are_narrower_than_letters_alone() -> None:
    face = font_of("Bold", 48, "ببب")

    assert face.length("ببب") < 0.8 * sum(face.length(letter) for letter in "ببب")


def test_letters_that_no_face_has_are_named_and_leave_no_trace() -> None:
    face = font_of("Bold", 48, "sea 𒀀𒀁 wind")

    assert unset(["sea 𒀀𒀁 wind", "𒀀 and more"]) == "𒀀𒀁"
    assert cure("𒀀𒀁") == ""
    assert np.array_equal(line_mask("sea𒀀", face, 8), line_mask("sea", face, 8))
    assert line_mask("𒀀", face, 8).max() == 0


@pytest.mark.usefixtures("without_shaping")
def test_where_letters_cannot_be_joined_they_are_left_out_and_the_cure_is_named() -> None:
    missing = unset(["مرحبا", "हम", "海洋 and Ελλάδα 🚢"])

    assert set(missing) == set("مرحبا") | set("हम")
    assert "FriBidi" in cure(missing)
    assert line_mask("مرحبا", font_of("Bold", 48, "مرحبا"), 8).max() == 0
    assert line_mask("海洋", font_of("Bold", 48, "海洋"), 8).max() == 255


@pytest.mark.parametrize("size", [(1080, 1920), (1080, 1080), (640, 360)])
def test_a_chinese_caption_is_divided_at_phrases_and_in_time(size: tuple[int, int]) -> None:
    output = Format(Fraction(30), *size)
    spoken = Word("".join(CHINESE.lines), 0.0, 8.0)

    parts = captions([spoken], "zh", output, 260)

    lines = [line for part in parts for line in part.lines]
    assert "".join(lines) == spoken.text
    setting = setting_of(output)
    face = setting.face(output, spoken.text)
    assert all(face.length(line) <= size[0] * setting.column for line in lines)
    assert all(line[0] not in "，。" for line in lines)
    starts = [start for part in parts for start in part.word_starts]
    assert starts == sorted(starts)
    assert all(before.end == after.start for before, after in pairwise(parts))
    assert all(
        len(part.word_starts) == sum(len(line.split()) for line in part.lines) for part in parts
    )


def test_a_title_without_spaces_is_broken_into_even_lines() -> None:
    face, lines = fitted("海洋覆盖着我们星球的大部分", "Bold", range(100, 40, -4), 800, 3)

    assert len(lines) == 2
    assert balanced("海洋覆盖着我们星球的大部分", face, 800) == lines
