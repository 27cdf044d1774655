from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes import dvids_mcp_server
from fakes.dvids import KEY
from fakes.footage import asked
from fakes.hls import serve_hls
from fakes.web import Reply, Web

from videogen.domain import MediaFile
from videogen.errors import FootageError, SourceUnavailable
from videogen.footage.sources import FootageOptions, open_chain
from videogen.footage.sources.base import FootageSource
from videogen.footage.sources.dvids_mcp import read_command
from videogen.footage.sources.mcp_session import McpSession, ServerCommand
from videogen.settings import Settings

Start = Callable[..., FootageSource]


def settings_in(root: Path, url: str) -> Settings:
    return Settings(root, "sqlite://", root / "cache", dvids_api_key=KEY, dvids_base_url=url)


@pytest.fixture
def start(tmp_path: Path, web: Web) -> Iterator[Start]:
    """Open the source over a server in a mode; it is closed and seen to end."""
    opened: list[FootageSource] = []

    def start(mode: str, video: str = "", address: str = "") -> FootageSource:
        server = {
            "id": "dvids",
            "name": "DVIDS",
            "priority": 1,
            "enabled": True,
            "command": sys.executable,
            "args": [dvids_mcp_server.__file__, mode, video, address],
            "env": {"FAKE_MCP_PID": str(tmp_path / "pid")},
        }
        other = server | {"id": "pexels", "name": "Pexels", "priority": 0, "command": "no-such"}
        off = server | {"enabled": False, "priority": 0, "command": "no-such"}
        config = tmp_path / "config" / "mcp_servers.json"
        config.parent.mkdir(exist_ok=True)
        config.write_text(json.dumps({"providers": [other, off, server]}))
        chain = open_chain(["dvids-mcp"], settings_in(tmp_path, web.url), FootageOptions(640, 360))
        opened.extend(chain.sources)
        return chain.sources[0]

    yield start
    for source in opened:
        source.close()
    pid = tmp_path / "pid"
    assert not pid.exists() or not is_running(int(pid.read_text()))


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("mode", ["json", "repr"])
def test_both_ways_of_answering_are_understood(start: Start, mode: str) -> None:
    [one] = start(mode).search(asked("ship"))
    assert (one.source, one.id, one.title) == ("dvids-mcp", "949873", "A ship at sea")
    assert (one.duration, one.width, one.height) == (180.0, 640, 360)
    assert one.license == "DVIDS terms of use, credit required"


def test_only_a_piece_is_fetched_where_the_server_tells_an_address(
    start: Start, web: Web, long_video: Path
) -> None:
    web.pages["/ship.mp4"] = lambda _asked: Reply(long_video, "video/mp4")
    source = start("json", "", f"{web.url}/ship.mp4")
    clip = source.fetch(source.lookup("949873"), 5.0)
    assert 5.0 <= clip.duration <= 6.3
    assert web.sent < long_video.stat().st_size / 15


def test_what_the_server_downloaded_is_shown_where_it_lies(start: Start, long_video: Path) -> None:
    source = start("repr", str(long_video))
    clip = source.fetch(source.lookup("949873"), 5.0)
    assert clip.media == MediaFile(long_video, "video")
    assert clip.offset == clip.start > 0


def test_what_the_server_downloaded_is_named_from_the_root_of_the_app(
    start: Start, tmp_path: Path, small_video: Path
) -> None:
    kept = tmp_path / "assets" / "cache" / "dvids" / "949873.mp4"
    kept.parent.mkdir(parents=True)
    kept.symlink_to(small_video)
    source = start("json", "assets/cache/dvids/949873.mp4")
    assert source.fetch(source.lookup("949873"), 5.0).media == MediaFile(kept, "video")


@pytest.mark.parametrize("page", ["/page.mp4", "/nothing.mp4"])
def test_an_address_that_leads_to_a_page_is_none(
    start: Start, web: Web, small_video: Path, page: str
) -> None:
    web.pages["/page"] = lambda _asked: Reply(b"<!DOCTYPE html><html>", "video/mp4")
    source = start("json", str(small_video), f"{web.url}{page}")
    clip = source.fetch(source.lookup("949873"), 5.0)
    assert clip.media == MediaFile(small_video, "video")


def test_an_address_that_leads_to_a_playlist_is_read_as_one(
    start: Start, web: Web, small_video: Path, tmp_path: Path
) -> None:
    serve_hls(web, "/hls", small_video, tmp_path / "hls")
    source = start("json", "", f"{web.url}/hls/master.m3u8")
    assert source.fetch(source.lookup("949873"), 5.0).duration >= 5.0
    # The service wants its key for playlists, as the app's server does for everything.
    assert web.asked[-1].query == {"api_key": KEY}


def test_a_duration_that_the_server_does_not_know_is_none(start: Start) -> None:
    assert start("unmeasured").lookup("949873").duration is None


@pytest.mark.parametrize("path", ["/etc/passwd", "relative.mp4", "/no/such.mp4", "../up.mp4"])
def test_a_file_that_is_no_video_is_refused(start: Start, path: str) -> None:
    source = start("json", path)
    with pytest.raises(FootageError):
        source.fetch(source.lookup("949873"), 5.0)


@pytest.mark.parametrize("mode", ["error", "garbage", "dies"])
def test_a_bad_answer_is_a_failure_of_one_line(start: Start, mode: str) -> None:
    with pytest.raises(FootageError) as raised:
        start(mode).search(asked("ship"))
    assert "\n" not in str(raised.value)


def test_a_server_that_ends_at_once_is_unavailable(start: Start) -> None:
    with pytest.raises(SourceUnavailable, match="can't be started"):
        start("gone").search(asked("ship"))


def test_a_server_that_lacks_a_package_is_said_to(start: Start) -> None:
    with pytest.raises(SourceUnavailable, match="bs4_that_is_not_there") as raised:
        start("lacking").search(asked("ship"))
    assert sys.executable in raised.value.cure


def listed(root: Path, command: str) -> str:
    """Return the program that is started where the app lists its server so."""
    config = root / "config" / "mcp_servers.json"
    config.parent.mkdir()
    config.write_text(json.dumps({"providers": [{"id": "dvids", "command": command}]}))
    return read_command(root, "").command


@pytest.mark.parametrize("folder", [".venv", "venv"])
def test_the_apps_own_python_runs_its_server(tmp_path: Path, folder: str) -> None:
    python = tmp_path / folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    assert listed(tmp_path, "python") == str(python)


def test_a_python_that_the_app_only_names_is_never_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "theirs" / "python"
    theirs.parent.mkdir()
    theirs.write_text("#!/bin/sh\n")
    theirs.chmod(0o755)
    ours = tmp_path / "ours"
    monkeypatch.setattr(sys, "prefix", str(ours))
    (ours / "bin").mkdir(parents=True)
    (ours / "bin" / "python").symlink_to(theirs)
    monkeypatch.setenv("PATH", f"{ours / 'bin'}{os.pathsep}{theirs.parent}")
    assert listed(tmp_path, "python") == str(theirs)


def test_any_other_command_is_run_as_it_is_listed(tmp_path: Path) -> None:
    assert listed(tmp_path, "node") == "node"


def session(tmp_path: Path, mode: str) -> McpSession:
    variables = {"FAKE_MCP_PID": str(tmp_path / "pid"), "DVIDS_API_KEY": KEY}
    arguments = (dvids_mcp_server.__file__, mode)
    server = ServerCommand(sys.executable, arguments, tmp_path, variables)
    return McpSession(server, start_seconds=2.0)


@pytest.mark.parametrize("mode", ["silent", "nonsense"])
def test_a_server_that_never_answers_is_given_up_and_ended(
    tmp_path: Path, mode: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    silent = session(tmp_path, mode)
    with pytest.raises(SourceUnavailable, match="can't be started"):
        silent.call("search_videos", {"query": "ship"}, 1.0)
    silent.close()
    assert not is_running(int((tmp_path / "pid").read_text()))
    out, err = capfd.readouterr()
    assert KEY not in out + err + caplog.text


def test_a_call_that_hangs_ends_with_its_limit(tmp_path: Path) -> None:
    hanging = McpSession(session(tmp_path, "hangs")._server)
    with pytest.raises(FootageError, match="did not answer in 1 s"):
        hanging.call("search_videos", {"query": "ship"}, 1.0)
    hanging.close()
    assert not is_running(int((tmp_path / "pid").read_text()))


def test_one_server_is_started_for_many_calls(start: Start, tmp_path: Path) -> None:
    source = start("json")
    source.search(asked("ship"))
    first = (tmp_path / "pid").read_text()
    source.search(asked("sea"))
    assert (tmp_path / "pid").read_text() == first


def test_without_a_listed_server_the_source_is_left_out(tmp_path: Path) -> None:
    chain = open_chain(["dvids-mcp"], settings_in(tmp_path, "http://x"), FootageOptions(640, 360))
    assert len(chain.left_out) == 1
    assert "config/mcp_servers.json" in chain.left_out[0]


def test_a_command_shows_no_variables(tmp_path: Path) -> None:
    command = ServerCommand("x", (), tmp_path, {"DVIDS_API_KEY": KEY})
    assert KEY not in repr(command)
