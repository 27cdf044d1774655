"""The main job with services that answer, each a fake on loopback speaking the real protocol."""

from __future__ import annotations

from pathlib import Path

from commands import videogen
from fakes import app_database
from fakes.groq import KEY, FakeGroq

SMALL = ("--size", "320x180", "--fps", "10")
DATABASE = ("--database", "output/videogen.db")


def test_a_language_model_writes_what_the_voice_says(standalone: Path) -> None:
    with FakeGroq("too short") as groq:
        ended = videogen(
            *("run", "--root", standalone, *DATABASE, "--topic", "Tides", "--duration", 30),
            *(*SMALL, "--footage", "cards", "--json"),
            cwd=standalone,
            GROQ_API_KEY=KEY,
            GROQ_BASE_URL=groq.url,
        )
        asked = [request.path for request in groq.requests]
    assert ended.code == 0, ended.err
    assert asked == ["/openai/v1/chat/completions"] * 2
    assert abs(ended.json["duration"] - 30) < 0.6
    assert KEY not in ended.err + ended.out
    text = app_database.dump(standalone / "output/videogen.db")
    assert KEY not in "\n".join(text)
