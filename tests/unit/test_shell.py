"""What a person is told to paste, on each platform."""

from __future__ import annotations

import shlex
import sys
from pathlib import PurePosixPath

import pytest

from videogen import shell


def test_words_are_quoted_as_a_shell_needs_it() -> None:
    told = shell.line("mv", PurePosixPath("/my films/one"), "it's")
    assert shlex.split(told) == ["mv", "/my films/one", "it's"]
    assert shell.assignment("TMPDIR", "/my films") == "export TMPDIR='/my films'"
    assert shell.unsetting("ALL_PROXY") == "unset ALL_PROXY"


def test_windows_is_told_what_both_of_its_shells_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "_IS_WINDOWS", True)
    assert shell.line("move", r"C:\My films\one") == r'move "C:\My films\one"'
    assert shell.assignment("GROQ_API_KEY", shell.A_KEY) == "setx GROQ_API_KEY your-own-key"
    assert shell.asking("https://archive.org") == "curl.exe --head https://archive.org"


def test_packages_come_by_pip_and_where_there_is_none_by_uv(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    python = shlex.quote(sys.executable)
    assert shell.installing("av") == f"{python} -m pip install av"
    monkeypatch.setattr(shell, "find_spec", lambda _name: None)
    assert shell.reinstalling("av") == (
        f"uv pip install --python {python} --reinstall --no-deps av"
    )
