"""Pieces of a remote WebM, by the bytes that are shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from fakes.footage import candidate
from fakes.media import make_webm
from fakes.web import Fault, Reply, Web

from videogen.domain.footage import Clip, MediaFile
from videogen.errors import FootageError
from videogen.footage.fetch.cache import PieceCache
from videogen.footage.fetch.client import footage_client
from videogen.footage.fetch.clips import ClipFetcher, Recording
from videogen.footage.fetch.pieces import Rendition
from videogen.http.limits import Budget
from videogen.media.probe import probe

SECONDS = 60
SHOWN = 6.5


@pytest.fixture(scope="module", params=["libvpx-vp9", "libvpx"])
def webm(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_webm(tmp_path_factory.mktemp("media") / "film.webm", request.param, SECONDS)


@pytest.fixture
def fetcher(web: Web, webm: Path, tmp_path: Path) -> Iterator[ClipFetcher]:
    web.pages["/film.webm"] = lambda _asked: Reply(webm, "video/webm")
    with footage_client(web.url, Budget(60.0)) as client:
        yield ClipFetcher(client, PieceCache(tmp_path / "cache"), 320, 180)


def fetch(fetcher: ClipFetcher, web: Web, take: int = 0) -> Clip:
    rendition = Rendition(f"{web.url}/film.webm", 320, 180, 0)
    return fetcher.fetch(candidate("film"), SHOWN, take, lambda: Recording((rendition,)))


@pytest.mark.parametrize("take", [0, 1, 2])
def test_a_piece_costs_little_more_than_what_it_shows(
    fetcher: ClipFetcher, web: Web, webm: Path, take: int
) -> None:
    clip = fetch(fetcher, web, take)
    assert isinstance(clip.media, MediaFile)
    assert probe(clip.media.path, "video").duration == pytest.approx(SHOWN, abs=0.5)
    shown = webm.stat().st_size * SHOWN / SECONDS
    assert web.sent / shown <= 1.5


def test_a_piece_shows_what_the_whole_file_shows_there(
    fetcher: ClipFetcher, web: Web, webm: Path
) -> None:
    clip = fetch(fetcher, web, take=1)
    assert isinstance(clip.media, MediaFile)
    assert clip.start > 0
    with av.open(str(clip.media.path)) as piece, av.open(str(webm)) as whole:
        found = next(piece.decode(video=0)).to_ndarray(format="gray")
        at = next(
            frame
            for frame in whole.decode(video=0)
            if frame.time is not None and frame.time >= clip.start - 0.01
        )
    assert np.array_equal(found, at.to_ndarray(format="gray"))


@pytest.mark.parametrize("fault", [Fault.CUT_OFF, Fault.NO_RANGES])
def test_a_server_that_misbehaves_costs_no_more_than_the_file(
    fetcher: ClipFetcher, web: Web, webm: Path, fault: Fault
) -> None:
    web.fail("/film.webm", fault, times=1)
    assert fetch(fetcher, web).duration == pytest.approx(SHOWN, abs=0.5)
    assert web.sent <= 2 * webm.stat().st_size


def test_a_file_without_cues_or_picture_is_no_use(
    fetcher: ClipFetcher, web: Web, webm: Path
) -> None:
    web.pages["/film.webm"] = lambda _asked: Reply(webm.read_bytes()[:600], "video/webm")
    with pytest.raises(FootageError):
        fetch(fetcher, web)
