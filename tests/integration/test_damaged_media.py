"""Damaged media files: the quick part of what `python -m fuzz.soak` counts."""

from __future__ import annotations

from pathlib import Path

from fuzz.media import outcomes

CASES = 64


def test_a_damaged_file_is_shown_as_far_as_it_goes_or_refused(tmp_path: Path) -> None:
    found = outcomes(tmp_path, range(CASES))
    assert found["shown"] + found["refused"] == CASES, found
    assert found["shown"] > 5
    assert found["refused"] > 5
