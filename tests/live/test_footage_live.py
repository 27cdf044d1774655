"""The real services, asked gently: one search and one piece of a few seconds from each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.footage import asked

from videogen.domain import MediaFile
from videogen.footage.sources import FootageOptions, open_chain
from videogen.footage.sources.base import FootageSource
from videogen.media.probe import probe
from videogen.settings import load

KEYED = ["dvids", "pexels", "pixabay"]


@pytest.fixture
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FootageSource]:
    key = f"{request.param.upper()}_API_KEY"
    if request.param in KEYED and not os.environ.get(key):
        pytest.skip(f"no {key}")
    settings = load(tmp_path, None, {**os.environ, "VIDEOGEN_CACHE": str(tmp_path)})
    [opened] = open_chain([request.param], settings, FootageOptions(1280, 720)).sources
    yield opened
    opened.close()


@pytest.mark.parametrize("source", [*KEYED, "nasa"], indirect=True)
def test_a_service_finds_a_video_and_a_piece_of_it_plays(source: FootageSource) -> None:
    found = source.search(asked("rocket launch"))
    assert found
    clip = source.fetch(found[0], 6.5)
    assert isinstance(clip.media, MediaFile)
    assert probe(clip.media.path, "video").duration == pytest.approx(6.5, abs=1.0)
