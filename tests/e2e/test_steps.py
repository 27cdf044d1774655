"""A film in steps: stopped after a stage, looked at, gone on with."""

from __future__ import annotations

from pathlib import Path

from commands import videogen
from fakes import app_database

DATABASE = ("--database", "output/videogen.db")
SMALL = ("--size", "160x90", "--fps", "10", "--footage", "cards", "--captions", "off")


def test_a_film_stops_after_its_script_and_after_its_voice_and_goes_on(standalone: Path) -> None:
    (standalone / "tides.md").write_text("The tide comes in.\n\nThe harbor waits for it.\n")
    written = videogen(
        *("script", "--root", standalone, *DATABASE, "--script", "tides.md", *SMALL, "--quiet"),
        cwd=standalone,
    )
    assert written.code == 0, written.err
    assert "1. " in written.out
    assert "The harbor waits for it." in written.out
    assert list(standalone.rglob("*.mp3")) == []
    project = app_database.row(standalone / "output/videogen.db", "projects")
    assert project["script_generated"]
    assert project["video_path"] is None

    ended = videogen("resume", project["id"], "--root", standalone, *DATABASE, cwd=standalone)
    assert ended.code == 0, ended.err
    assert Path(ended.out.splitlines()[0]).is_file()


def test_a_film_stops_when_it_is_spoken(standalone: Path) -> None:
    (standalone / "tides.md").write_text("The tide comes in.\n")
    spoken = videogen(
        *("run", "--until", "voiceover", "--root", standalone, *DATABASE),
        *("--script", "tides.md", *SMALL, "--json"),
        cwd=standalone,
    )
    assert spoken.code == 0, spoken.err
    assert [scene["text"] for scene in spoken.json["scenes"]] == ["The tide comes in."]
    assert len(list(standalone.rglob("scene-1.mp3"))) == 1
    assert list(standalone.rglob("*_video.mp4")) == []
