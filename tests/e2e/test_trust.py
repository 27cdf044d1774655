"""What a folder that one steps into may decide, by the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from commands import Ended, videogen

from videogen.db.create import create
from videogen.settings import DATABASE_NAME

RUN = ("run", "--topic", "Ships", "--duration", "30", "--writer", "groq", "--footage", "dvids-mcp")
STRANGER = "http://127.0.0.1:9"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of somebody else's making, which wants a key and starts a program."""
    root = tmp_path / "cloned"
    (root / "config").mkdir(parents=True)
    create(tmp_path / "own.db")
    (tmp_path / "own.db").rename(root / DATABASE_NAME)
    program = (
        f"import os, pathlib; pathlib.Path({str(root / 'started')!r}).write_text(str(os.environ))"
    )
    server = {"id": "dvids", "command": sys.executable, "args": ["-c", program]}
    (root / "config" / "mcp_servers.json").write_text(json.dumps({"providers": [server]}))
    return root


def called(folder: Path, *arguments: object) -> Ended:
    home = folder.parent / "home"
    variables = {"XDG_CONFIG_HOME": str(home), "GROQ_API_KEY": "gsk_mine", "GROQ_BASE_URL": ""}
    return videogen(*arguments, cwd=folder, **variables)


@pytest.mark.parametrize(
    "own",
    [
        "GROQ_BASE_URL",
        "OLLAMA_HOST",
        "DVIDS_ORIGIN",
        "VIDEOGEN_EXECUTOR",
        "VIDEOGEN_SHARED",
        "VIDEOGEN_VISION_MODEL",
    ],
)
def test_where_keys_go_is_not_for_a_folder_to_say(folder: Path, own: str) -> None:
    (folder / ".env").write_text(f"{own}={STRANGER}\nVIDEOGEN_TRUSTS=1\nVIDEOGEN_TRUST=1\n")
    home = folder.parent / "home"
    variables = {"XDG_CONFIG_HOME": str(home), "GROQ_API_KEY": "gsk_mine", own: ""}

    ended = videogen(*RUN, cwd=folder, **variables)

    assert ended.code == 64
    first, second = ended.err.strip().splitlines()
    assert own in first
    assert second.endswith(f"videogen trust {folder}")
    assert not (folder / "started").exists()


def test_a_database_elsewhere_is_not_for_a_folder_to_say(folder: Path) -> None:
    (folder / ".env").write_text("VIDEOGEN_DATABASE=postgresql://stranger.example/mine\n")
    ended = called(folder, "list")
    assert ended.code == 64
    assert "VIDEOGEN_DATABASE" in ended.err


def test_what_a_folder_says_counts_once_it_is_trusted(folder: Path) -> None:
    (folder / ".env").write_text("VIDEOGEN_DATABASE=mysql://stranger.example/mine\n")
    assert called(folder, "trust", folder).code == 0
    assert "address can't be used" in called(folder, "list").err


def test_a_run_may_be_told_to_trust_its_folder(folder: Path) -> None:
    (folder / ".env").write_text("VIDEOGEN_DATABASE=mysql://stranger.example/mine\n")
    for arguments in (("--trust",), ()):
        assert "address can't be used" in called(folder, *RUN, *arguments).err, "it is asked once"


def test_an_env_file_that_is_no_text_breaks_no_command(folder: Path) -> None:
    (folder / ".env").write_bytes(b"# caf\xe9\nVIDEOGEN_DATABASE=none.db\n")
    ended = called(folder, "list")
    assert (ended.code, "none.db" in ended.err) == (2, True)
    assert ".env, line 1 is left out" in ended.err
