import os
from pathlib import Path

import pytest

from videogen import settings
from videogen.environment import environment
from videogen.errors import UsageError
from videogen.footage.sources import dvids
from videogen.script.writers import groq


def test_the_root_is_the_nearest_folder_upward_that_holds_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / settings.DATABASE_NAME).touch()
    inside = tmp_path / "tools" / "videogen"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    assert settings.find_root(None) == tmp_path


@pytest.mark.parametrize("shared", [0o777, 0o1777])
def test_a_folder_that_anybody_may_write_is_not_searched(
    shared: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / settings.DATABASE_NAME).touch()
    inside = tmp_path / "mine"
    inside.mkdir()
    tmp_path.chmod(shared)
    monkeypatch.chdir(inside)
    assert settings.find_root(None) != tmp_path


def test_a_folder_of_somebody_else_is_searched_only_where_one_went_into_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / settings.DATABASE_NAME).touch()
    inside = tmp_path / "inside"
    inside.mkdir()
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    monkeypatch.chdir(tmp_path)
    assert settings.find_root(None) == tmp_path
    monkeypatch.chdir(inside)
    assert settings.find_root(None) == tmp_path, "both belong to one"


def test_without_a_database_upward_the_root_is_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (settings.find_root(None) / "videogen" / "settings.py").is_file()


def test_a_given_root_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a folder"):
        settings.find_root(tmp_path / "nowhere")


def test_the_process_outranks_the_dot_env_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("GROQ_API_KEY=from-file\nDVIDS_API_KEY=dvids-from-file\n")
    monkeypatch.setenv("GROQ_API_KEY", "from-process")
    monkeypatch.delenv("DVIDS_API_KEY", raising=False)
    loaded = settings.load(tmp_path, None, environment(tmp_path).variables)
    assert loaded.value_of(groq.KEY) == "from-process"
    assert loaded.value_of(dvids.KEY) == "dvids-from-file"


def test_a_key_is_never_part_of_what_settings_print(tmp_path: Path) -> None:
    loaded = settings.load(tmp_path, None, {"GROQ_API_KEY": "gsk_secret"})
    assert "gsk_secret" not in repr(loaded)


@pytest.mark.parametrize(
    ("given", "url"),
    [
        (None, "sqlite:///{root}/ai-video-generator.db"),
        ("{root}/other.db", "sqlite:///{root}/other.db"),
        ("postgresql://host/app", "postgresql://host/app"),
    ],
)
def test_a_database_is_a_file_or_a_url(tmp_path: Path, given: str | None, url: str) -> None:
    root = tmp_path.resolve()
    chosen = given.format(root=root.as_posix()) if given else None
    assert settings.load(root, chosen, {}).database_url == url.format(root=root.as_posix())


@pytest.mark.parametrize(("given", "seconds"), [("", 300.0), ("0", 0.0), ("12.5", 12.5)])
def test_patience_is_a_number_of_seconds(tmp_path: Path, given: str, seconds: float) -> None:
    variables = {"VIDEOGEN_PATIENCE": given}
    assert settings.load(tmp_path, None, variables).patience == seconds


@pytest.mark.parametrize("given", ["soon", "-1", "inf", "nan"])
def test_patience_that_is_no_number_of_seconds_is_refused(tmp_path: Path, given: str) -> None:
    with pytest.raises(UsageError, match="VIDEOGEN_PATIENCE"):
        settings.load(tmp_path, None, {"VIDEOGEN_PATIENCE": given})
