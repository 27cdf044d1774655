"""A film by a model and one by a person, from the command line, as long as was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import videogen
from fakes.groq import KEY, FakeGroq

SMALL = ("--size", "160x90", "--fps", "10", "--footage", "cards", "--captions", "off")
DATABASE = ("--database", "output/videogen.db")


def test_a_model_that_writes_too_little_fills_the_duration(standalone: Path) -> None:
    topic = ("--topic", "Modern naval warfare", "--duration", 20)
    with FakeGroq("rate limited", "short", "exact") as groq:
        keys = {"GROQ_API_KEY": KEY, "GROQ_BASE_URL": groq.url}
        ended = videogen(
            "run", "--root", standalone, *DATABASE, *topic, *SMALL, "--json", cwd=standalone, **keys
        )
        assert 2 <= len(groq.requests) <= 4
    assert ended.code == 0, ended.err
    assert ended.json["duration"] == pytest.approx(20, rel=0.02)
    assert ended.json["warnings"] == []
    assert KEY not in ended.out + ended.err
    left = [path.read_bytes() for path in standalone.rglob("*") if path.is_file()]
    assert not [content for content in left if KEY.encode() in content]


def test_a_persons_script_is_fitted_where_that_is_asked_for(standalone: Path) -> None:
    # Some sixteen seconds at the voice's own speed.
    line = "The tide comes in twice a day, and every harbor waits for it.\n\n"
    (standalone / "tides.md").write_text(line + "Fishermen read it in tables. " * 8, "utf-8")
    script = ("--script", "tides.md", "--fit", "--duration", 18)
    ended = videogen(
        "run", "--root", standalone, *DATABASE, *script, *SMALL, "--json", cwd=standalone
    )
    assert ended.code == 0, ended.err
    assert ended.json["duration"] == pytest.approx(18, rel=0.02)
    assert len(ended.json["scenes"]) == 2
