"""What every footage source must do, tried on each of them with real files and servers."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fakes import pexels, pixabay
from fakes.dvids import KEY
from fakes.footage import asked
from fakes.sources import SERVICES
from fakes.web import Web

from videogen.domain.footage import Card, Clip
from videogen.errors import Interrupted
from videogen.footage.sources import SOURCES
from videogen.footage.sources.base import FootageSource
from videogen.footage.sources.chain import open_chain
from videogen.footage.sources.provider import FootageOptions
from videogen.media.probe import probe
from videogen.settings import Settings


@pytest.fixture(params=SERVICES)
def source(
    request: pytest.FixtureRequest, tmp_path: Path, web: Web, long_video: Path
) -> Iterator[FootageSource]:
    name: str = request.param
    SERVICES[name](tmp_path, web, long_video)
    settings = Settings(
        tmp_path,
        "sqlite://",
        tmp_path / "cache",
        variables={
            "DVIDS_API_KEY": KEY,
            "DVIDS_BASE_URL": web.url,
            "NASA_BASE_URL": web.url,
            "PEXELS_API_KEY": pexels.KEY,
            "PEXELS_BASE_URL": web.url,
            "PIXABAY_API_KEY": pixabay.KEY,
            "PIXABAY_BASE_URL": web.url,
            "COMMONS_BASE_URL": web.url,
            "ARCHIVE_BASE_URL": web.url,
            "OPENVERSE_BASE_URL": web.url,
        },
        trusts_root=True,
    )
    options = FootageOptions(640, 360, clips=tmp_path / "clips")
    opened = open_chain([name], settings, options).by_name[name]
    yield opened
    opened.close()


def test_every_source_is_tried_here() -> None:
    assert set(SERVICES) == set(SOURCES)


def test_candidates_name_their_source_and_can_be_told_apart(source: FootageSource) -> None:
    found = source.search(asked("ship"))
    assert found
    assert {one.source for one in found} == {source.name}
    assert len({one.id for one in found}) == len(found)
    assert all(one.id and one.title and one.license for one in found)


def test_a_candidate_is_found_again_by_its_id(source: FootageSource) -> None:
    one = source.search(asked("ship"))[0]
    assert source.lookup(one.id).id == one.id


def test_a_clip_holds_a_picture_for_as_long_as_it_says(source: FootageSource) -> None:
    one = source.search(asked("ship"))[0]
    clip = source.fetch(one, 6.0)
    assert clip.candidate == one
    assert clip.duration >= 6.0
    if not isinstance(clip.media, Card):
        found = probe(clip.media.path, clip.media.kind)
        assert clip.media.kind == "still" or clip.offset + clip.duration <= found.duration + 0.01


def test_another_take_is_another_piece_of_all_but_a_picture(source: FootageSource) -> None:
    one = source.search(asked("ship"))[0]
    takes = [source.fetch(one, 6.0, take) for take in range(3)]
    assert len({_piece(clip) for clip in takes}) == (1 if one.kind == "still" else 3)


def _piece(clip: Clip) -> object:
    return clip.media if isinstance(clip.media, Card) else clip.start


def test_the_same_take_is_the_same_clip(source: FootageSource) -> None:
    one = source.search(asked("ship"))[0]
    assert source.fetch(one, 6.0) == source.fetch(one, 6.0)


def test_threads_may_share_it(source: FootageSource) -> None:
    one = source.search(asked("ship"))[0]
    with ThreadPoolExecutor(4) as pool:
        clips = list(pool.map(lambda take: source.fetch(one, 6.0, take), [0, 1, 0, 1]))
    assert clips[0] == clips[2]
    assert clips[1] == clips[3]


def test_it_is_closed_more_than_once_and_then_answers_or_says_no(source: FootageSource) -> None:
    known = source.search(asked("ship"))
    source.close()
    source.close()
    assert source.search(asked("ship")) == known
    try:
        source.search(asked("another word"))
    except Interrupted:
        assert source.is_remote
    else:
        assert not source.is_remote
