"""Whole runs of the stage over services that behave well, badly, or not at all."""

from __future__ import annotations

import json
import logging
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import dvids_mcp_server
from fakes.dvids import KEY, Dvids, DvidsVideo
from fakes.footage import request, sourced
from fakes.nasa import Nasa, NasaVideo
from fakes.surroundings import having
from fakes.web import Fault, Reply, Web

from videogen.domain.footage import Card, MediaFile
from videogen.errors import Interrupted
from videogen.footage.fetch.cache import PieceCache
from videogen.footage.fetch.client import footage_client
from videogen.footage.fetch.clips import ClipFetcher
from videogen.footage.find import Footage
from videogen.footage.sources.breaker import CircuitBreaker
from videogen.footage.sources.chain import Chain, open_chain
from videogen.footage.sources.dvids import DvidsSource
from videogen.footage.sources.provider import FootageOptions
from videogen.http.limits import Budget
from videogen.serialization import encode
from videogen.settings import Settings

SCENES = 5
# Begins as an MP4 does, and is none.
NO_VIDEO = b"\x00\x00\x00\x18ftypmp42" + b"\xff" * 3000


@pytest.fixture
def settings(tmp_path: Path, web: Web) -> Settings:
    return Settings(
        tmp_path,
        "sqlite://",
        tmp_path / "cache",
        variables={"DVIDS_API_KEY": KEY, "DVIDS_BASE_URL": web.url, "NASA_BASE_URL": web.url},
        trusts_root=True,
    )


def run(chain: Chain, seconds: float = 12.0) -> Footage:
    with chain:
        return sourced([request(number, seconds) for number in range(1, SCENES + 1)], chain)


def fleet(video: Path, count: int) -> list[DvidsVideo]:
    return [
        DvidsVideo(number, f"Ship at sea {number * 37}", files={(640, 360): video}, duration=180.0)
        for number in range(1, count + 1)
    ]


def test_little_more_is_fetched_than_is_shown_and_nothing_twice(
    settings: Settings, web: Web, long_video: Path
) -> None:
    Dvids(web, fleet(long_video, 12))
    footage = run(open_chain(["dvids", "cards"], settings, FootageOptions(640, 360)))
    clips = [clip for scene in footage.scenes for clip in scene.clips]
    shown = sum(
        clip.media.path.stat().st_size * min(1.0, 6.5 / clip.duration)
        for clip in clips
        if isinstance(clip.media, MediaFile)
    )
    assert len({clip.candidate.id for clip in clips}) == len(clips) == 10
    assert footage.warnings == ()
    assert web.sent / shown <= 1.5

    asked = len(web.asked)
    again = run(open_chain(["dvids", "cards"], settings, FootageOptions(640, 360)))
    assert len(web.asked) == asked
    assert again == footage


def test_three_broken_services_cost_a_line_each_and_no_scene(
    settings: Settings,
    web: Web,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    with Web().running() as hanging, Web().running() as busy:
        hanging.fail("/", Fault.HANG)
        busy.fail("/", Fault.RATE_LIMIT_FOR_AN_HOUR)
        web.pages["/broken.mp4"] = lambda _asked: Reply(NO_VIDEO, "video/mp4")
        server = {
            "id": "dvids",
            "name": "DVIDS",
            "command": sys.executable,
            "args": [dvids_mcp_server.__file__, "json", "", f"{web.url}/broken.mp4"],
            "env": {"FAKE_MCP_PID": str(settings.root / "pid")},
        }
        (settings.root / "config").mkdir()
        config = settings.root / "config" / "mcp_servers.json"
        config.write_text(json.dumps({"providers": [server]}))
        budget = Budget(60.0)
        key = {"api_key": KEY}
        slow = footage_client(hanging.url, budget, key, call_seconds=1.0)
        cache = PieceCache(settings.cache_folder / "footage")
        dvids = CircuitBreaker(DvidsSource(slow, ClipFetcher(slow, cache, 640, 360)))
        options = FootageOptions(640, 360, timeout=60.0)
        others = open_chain(
            ["nasa", "dvids-mcp", "cards"], having(settings, NASA_BASE_URL=busy.url), options
        )
        chain = replace(others, sources=(dvids, *others.sources))
        footage = run(chain)
    assert all(isinstance(clip.media, Card) for scene in footage.scenes for clip in scene.clips)
    by_name = {line.partition(":")[0]: line for line in footage.warnings}
    cards = [line for line in footage.warnings if line.startswith("Scene ")]
    assert len(footage.warnings) == 3 + SCENES
    assert len(cards) == SCENES
    assert "No answer came in time" in by_name["dvids"]
    assert "asks to be left alone for 3600 s" in by_name["nasa"]
    assert "no MP4" in by_name["dvids-mcp"]
    out, err = capfd.readouterr()
    everything = encode(footage) + caplog.text + out + err + str(list(settings.root.rglob("*")))
    assert KEY not in everything
    assert list(settings.cache_folder.rglob("*.mp4")) == []


def test_when_the_time_is_over_what_is_there_is_used_and_the_rest_falls_to_the_next(
    settings: Settings, web: Web, tmp_path: Path, long_video: Path
) -> None:
    Nasa(web, [NasaVideo("ship", "Ship at sea", {"small": long_video})])
    web.fail("/asset", Fault.HANG)
    (tmp_path / "clips").mkdir()
    (tmp_path / "clips" / "ship at sea.mp4").symlink_to(long_video)
    options = FootageOptions(640, 360, clips=tmp_path / "clips", timeout=1.5)
    footage = run(open_chain(["nasa", "local"], settings, options))
    assert {clip.candidate.source for scene in footage.scenes for clip in scene.clips} == {
        "local",
        "cards",
    }
    assert any("for sourcing are over" in line for line in footage.warnings)


def test_two_runs_at_once_share_a_cache(settings: Settings, web: Web, long_video: Path) -> None:
    Dvids(web, fleet(long_video, 10))
    chains = [open_chain(["dvids"], settings, FootageOptions(640, 360)) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(run, chains)
    for footage in (first, second):
        assert footage.warnings == ()
        for scene in footage.scenes:
            for clip in scene.clips:
                assert isinstance(clip.media, MediaFile)
                assert clip.media.path.stat().st_size > 0


def test_closing_from_another_thread_ends_the_run_with_no_footage_made_up(
    settings: Settings, web: Web
) -> None:
    arrived = threading.Event()

    def wait(_asked: object) -> Reply:
        arrived.set()
        web.stopping.wait()
        return Reply(b"")

    web.pages["/search"] = wait
    chain = open_chain(["nasa", "cards"], settings, FootageOptions(640, 360))
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run, chain)
        assert arrived.wait(10)
        chain.close()
        with pytest.raises(Interrupted):
            running.result(10)
