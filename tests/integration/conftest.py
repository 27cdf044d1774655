"""Servers on loopback, real media, and databases that nobody else writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import dvids, pexels, pixabay
from fakes.footage import OpenSource
from fakes.media import make_long_video, make_still
from fakes.surroundings import having
from fakes.web import Web

from videogen.db import engine
from videogen.footage.licenses import LICENSES
from videogen.footage.sources.base import FootageSource
from videogen.footage.sources.chain import Chain, open_chain
from videogen.footage.sources.provider import FootageOptions
from videogen.script.writers import ollama
from videogen.settings import Settings


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
def still(tmp_path: Path) -> Path:
    """A picture of 640x360."""
    return make_still(tmp_path / "still.jpg", width=640, height=360)


@pytest.fixture
def settings(tmp_path: Path, web: Web) -> Settings:
    """Every service of footage on one server, each with its key."""
    return Settings(
        root=tmp_path,
        database_url="sqlite://",
        cache_folder=tmp_path / "cache",
        variables={
            "ARCHIVE_BASE_URL": web.url,
            "COMMONS_BASE_URL": web.url,
            "DVIDS_API_KEY": dvids.KEY,
            "DVIDS_BASE_URL": web.url,
            "NASA_BASE_URL": web.url,
            "OPENVERSE_BASE_URL": web.url,
            "PEXELS_API_KEY": pexels.KEY,
            "PEXELS_BASE_URL": web.url,
            "PIXABAY_API_KEY": pixabay.KEY,
            "PIXABAY_BASE_URL": web.url,
        },
    )


@pytest.fixture
def open_source(settings: Settings) -> Iterator[OpenSource]:
    """Open a source by name, for an output size and licences; closed when the test is over."""
    opened: list[Chain] = []

    def open_source(
        name: str,
        *,
        size: tuple[int, int] = (640, 360),
        licenses: frozenset[str] = LICENSES,
        **changes: str,
    ) -> FootageSource:
        given = having(settings, **changes)
        options = FootageOptions(*size, licenses=licenses)
        opened.append(open_chain([name], given, options))
        return opened[-1].by_name[name]

    yield open_source
    for chain in opened:
        chain.close()


@pytest.fixture
def loaded_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a local Ollama more time to answer than users get: tests share their processors."""
    monkeypatch.setattr(ollama, "REACHABLE_SECONDS", 3.0)
