"""What a rehearsal reckons with: room on the disk, questions to a model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from videogen.domain.script import Brief
from videogen.errors import VideogenError
from videogen.rehearsal.asking import asking
from videogen.rehearsal.needs import free_space
from videogen.script.writers.chat import ChatWriter
from videogen.script.writers.groq import PRICES, GroqChat
from videogen.script.writers.outline import OutlineWriter
from videogen.workspace import free_name, reserve_name

BRIEF = Brief("Tides", 60.0, 3.1)


def test_a_disk_that_is_too_small_is_told_with_its_cure(tmp_path: Path) -> None:
    assert free_space(tmp_path / "not" / "there", 1e6).startswith("1 MB of")
    with pytest.raises(VideogenError, match="MB of") as seen:
        free_space(tmp_path, 1e18)
    assert "videogen clean" in seen.value.cure


def test_a_model_whose_price_is_known_costs_dollars_any_other_tokens() -> None:
    known, unknown = (
        asking(ChatWriter(GroqChat("key", "http://127.0.0.1:9", model, 1.0)), BRIEF)
        for model in (next(iter(PRICES)), "of-my-own")
    )
    assert known
    assert unknown
    assert 0 < (known.dollars or 0) < 0.01
    assert unknown.dollars is None
    assert unknown.tokens_out == known.tokens_out > BRIEF.scene_count * BRIEF.words_per_scene


def test_a_longer_film_takes_more_tokens() -> None:
    writer = ChatWriter(GroqChat("key", "http://127.0.0.1:9", "", 1.0))
    short, long = asking(writer, BRIEF), asking(writer, replace(BRIEF, seconds=600.0))
    assert short
    assert long
    assert long.tokens_out > 8 * short.tokens_out


def test_who_asks_no_model_costs_nothing() -> None:
    assert asking(OutlineWriter(), BRIEF) is None


def test_the_name_that_is_told_is_the_one_that_is_claimed(tmp_path: Path) -> None:
    for number in range(3):
        told = free_name(tmp_path, "tides")
        assert reserve_name(tmp_path, "tides", f"p{number}") == told
