"""`videogen check`: what it prints, and the exit code that a script can ask for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import CHECKOUT, videogen
from fakes import app_database


@pytest.fixture
def app_file(tmp_path: Path) -> Path:
    path = tmp_path / "ai-video-generator.db"
    app_database.make(path, app_database.RICH, extra="")
    return path


def check(path: Path, *options: str) -> tuple[int, str]:
    ended = videogen("check", "--database", path, *options, cwd=path.parent)
    return ended.code, ended.out


def test_a_known_shape_has_no_drift(app_file: Path) -> None:
    assert check(app_file, "--strict") == (0, "No drift.\n")


def test_a_note_is_told_and_is_an_error_only_when_asked(app_file: Path) -> None:
    app_database.execute(app_file, "ALTER TABLE projects ADD COLUMN mood TEXT")

    told = "note projects.mood: a column that videogen does not know\n"
    assert check(app_file) == (0, told)
    assert check(app_file, "--strict") == (1, told)


def test_a_fact_that_would_be_lost_is_an_error(app_file: Path) -> None:
    app_database.execute(app_file, "ALTER TABLE projects DROP COLUMN thumbnail_path")

    code, told = check(app_file, "--json")

    assert code == 1
    assert json.loads(told) == {
        "drift": True,
        "findings": [
            {"severity": "loses", "where": "projects.thumbnail_path", "what": "the column is gone"}
        ],
    }


def test_one_folder_above_the_app_the_folder_one_is_in_is_named(app_file: Path) -> None:
    ended = videogen("check", cwd=app_file.parent.parent)

    assert ended.code == 2
    assert str(app_file.parent.parent / app_file.name) in ended.err
    assert str(CHECKOUT) not in ended.err


def test_a_database_that_is_not_there_can_not_be_checked(tmp_path: Path) -> None:
    code, told = check(tmp_path / "none.db")

    assert (code, told) == (2, "")
