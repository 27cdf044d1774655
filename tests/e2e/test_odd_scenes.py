"""Scenes that no voice can speak, from the command line."""

from __future__ import annotations

from pathlib import Path

from commands import videogen

SMALL = ("--size", "160x90", "--fps", "10", "--footage", "cards", "--captions", "off", "--speed", 2)
DATABASE = ("--database", "output/videogen.db")


def test_each_scene_that_cannot_be_spoken_is_named_and_the_rest_is_made(standalone: Path) -> None:
    paragraphs = [
        "Julius Caesar sailed.",
        ",",
        "\N{SHIP}\N{WATER WAVE}",
        "Авианосец остаётся.",
        "The tide comes in twice a day.",
    ]
    (standalone / "odd.md").write_text("\n\n".join(paragraphs), "utf-8")
    ended = videogen(
        "run",
        "--root",
        standalone,
        *DATABASE,
        "--script",
        "odd.md",
        *SMALL,
        "--json",
        cwd=standalone,
    )
    assert ended.code == 1
    assert [scene["number"] for scene in ended.json["scenes"]] == [1, 5]
    assert (standalone / ended.json["video_path"]).is_file()
    said = ended.json["warnings"]
    assert [line.partition(" is left out: ")[0] for line in said] == [
        "Scene 2",
        "Scene 3",
        "Scene 4",
    ]
    assert "nothing to speak" in said[0] + said[1]
    assert "Cyrillic" in said[2]
