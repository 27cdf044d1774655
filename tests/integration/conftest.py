"""Servers on loopback and real media for tests of footage services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.media import make_long_video
from fakes.web import Web


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
