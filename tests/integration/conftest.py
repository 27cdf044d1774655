"""Servers on loopback, real media, and databases that nobody else writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.media import make_long_video
from fakes.web import Web

from videogen.db import engine
from videogen.script.writers import ollama


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the rests between writes away, which are for an app that a test does not run."""
    monkeypatch.setattr(engine, "FILE_REST", 0)


@pytest.fixture
def web() -> Iterator[Web]:
    with Web().running() as server:
        yield server


@pytest.fixture(scope="session")
def long_video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three minutes of 640x360, its index at the start."""
    return make_long_video(tmp_path_factory.mktemp("media") / "long.mp4", 180.0)


@pytest.fixture(scope="session")
def small_video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a minute of 320x180."""
    path = tmp_path_factory.mktemp("media") / "small.mp4"
    return make_long_video(path, 30.0, width=320, height=180, bits_a_second=300_000)


@pytest.fixture
def loaded_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a local Ollama more time to answer than users get: tests share their processors."""
    monkeypatch.setattr(ollama, "REACHABLE_SECONDS", 3.0)
