"""What the command line refuses: the exit code, and one or two lines that name the cure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from commands import clean_environment, videogen


def test_a_run_without_a_database_names_both_cures(tmp_path: Path) -> None:
    ended = videogen("run", "--root", tmp_path, "--topic", "Tides", cwd=tmp_path)
    assert ended.code == 2
    assert "videogen db create" in ended.err
    assert "web app" in ended.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--no-such-option",),
        ("--duration", "soon"),
        ("--duration", "-5"),
        ("--duration", "nan"),
        ("--size", "1920x1081"),
        ("--fps", "0"),
        ("--captions", "sometimes"),
    ],
)
def test_wrong_usage_is_told_in_one_line(arguments: tuple[str, ...], standalone: Path) -> None:
    ended = videogen("run", *arguments, cwd=standalone)
    assert ended.code == 64
    assert len(ended.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("--topic", "  "), "topic is empty"),
        (("--script", "missing.md"), "missing.md"),
        (("--script", "."), "script file"),
        (("--music", "missing.mp3"), "missing.mp3"),
        (("--pronunciations", "missing.txt"), "missing.txt"),
        (("--clips", "missing"), "missing"),
        (("--pin", "dvids:949873"), "names no scene"),
        (("--footage", "dreams"), "dreams"),
        (("--writer", "nobody"), "nobody"),
        (("--fit",), "--script"),
    ],
)
def test_a_value_that_cannot_work_is_refused_before_a_project_begins(
    arguments: tuple[str, ...], what: str, standalone: Path
) -> None:
    before = sorted(standalone.rglob("*"))
    database = ("--root", standalone, "--database", "output/videogen.db")
    short = ("--duration", 5, "--size", "160x90", "--fps", 10)
    ended = videogen("run", *database, *short, *arguments, cwd=standalone)
    assert ended.code == 64
    assert what in ended.err
    assert "Traceback" not in ended.err
    assert sorted(standalone.rglob("*")) == before


def test_a_topic_full_of_path_syntax_stays_inside_the_output_folder(standalone: Path) -> None:
    topic = ("../../etc/\"passwd\" \\ 'quoted' 🚢 $(rm -rf /) `id` # % " * 7)[:300]
    arguments = ("--duration", 5, "--size", "160x90", "--fps", "10", "--json")
    database = ("--root", standalone, "--database", "output/videogen.db")
    ended = videogen("run", *database, "--topic", topic, *arguments, cwd=standalone)
    assert ended.code == 0, ended.err
    assert "not in English" not in ended.err
    video = standalone / ended.json["video_path"]
    assert video.parent == standalone / "output"
    assert video.name.isascii()
    assert not set(video.name) & set('<>:"/\\|?*#% ')
    assert [path.name for path in standalone.iterdir()] == ["output"]


def test_a_damaged_database_is_still_the_one_in_use(tmp_path: Path) -> None:
    path = tmp_path / "ai-video-generator.db"
    path.write_text("no database")
    ended = videogen("db", "path", cwd=tmp_path)
    assert (ended.code, ended.out.strip()) == (0, path.as_posix())
    assert videogen("run", "--topic", "Tides", cwd=tmp_path).code == 2


def test_libraries_keep_quiet_whatever_level_they_set(tmp_path: Path) -> None:
    told = (
        "import logging; from videogen.cli import cli;"
        "cli.main(['voices'], standalone_mode=False);"
        "logging.getLogger('phonemizer').setLevel(logging.WARNING);"
        "logging.getLogger('phonemizer').warning('words count mismatch');"
        "logging.getLogger('videogen.db').warning('a row was refused')"
    )

    done = subprocess.run(
        [sys.executable, "-c", told],
        cwd=tmp_path,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr == "WARNING videogen.db: a row was refused\n"
