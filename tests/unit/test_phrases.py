"""Where lines may end in scripts without spaces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.language.phrases import joined, phrases


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("carrier-based", ["carrier-based"]),
        ("지구의", ["지구의"]),
        ("海洋覆盖着我们星球", ["海洋", "覆盖", "着", "我们", "星球"]),
        ("何世紀ものあいだ、", ["何世紀もの", "あいだ、"]),
        ("ทะเลของโลก", ["ทะเล", "ของ", "โลก"]),
    ],
)
def test_a_word_is_cut_at_phrases_where_its_script_writes_no_spaces(
    word: str, parts: list[str]
) -> None:
    assert phrases(word) == parts


def test_a_foreign_name_or_number_is_never_cut() -> None:
    assert any("NATO" in part for part in phrases("今天NATO有1,200艘船"))
    assert any("1,200" in part for part in phrases("今天NATO有1,200艘船"))


@given(st.text("海洋船は運びました、。」ab1", min_size=1, max_size=30))
def test_no_letter_is_lost_and_no_line_begins_with_a_closing_mark(word: str) -> None:
    parts = phrases(word)

    assert "".join(parts) == word
    assert all(part[0] not in "、。」" for part in parts[1:])


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (("Twice a", "day."), "Twice a day."),
        (("海洋覆盖着", "我们星球。"), "海洋覆盖着我们星球。"),
        (("바다는", "지구의"), "바다는 지구의"),
        (("", "one"), "one"),
    ],
)
def test_lines_are_joined_as_their_script_writes_words(lines: tuple[str, ...], whole: str) -> None:
    assert joined(lines) == whole
