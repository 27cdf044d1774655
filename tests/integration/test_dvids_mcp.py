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
from fakes.sources import mcp_entry
from fakes.web import Reply, Web

from videogen.domain.footage import MediaFile
from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.footage.sources.base import FootageSource
from videogen.footage.sources.chain import open_chain
from videogen.footage.sources.mcp_command import ServerCommand
from videogen.footage.sources.mcp_config import read_command
from videogen.footage.sources.mcp_session import McpSession
from videogen.footage.sources.provider import FootageOptions
from videogen.settings import Settings

Start = Callable[..., FootageSource]


def settings_in(root: Path, url: str) -> Settings:
    return Settings(
        root,
        "sqlite://",
        root / "cache",
        variables={"DVIDS_API_KEY": KEY, "DVIDS_BASE_URL": url},
        trusts_root=True,
    )


@pytest.fixture
def start(tmp_path: Path, web: Web) -> Iterator[Start]:
    """Open the source over a server in a mode; it is closed and seen to end."""
    opened: list[FootageSource] = []

    def start(mode: str, video: str = "", address: str = "") -> FootageSource:
        server = mcp_entry(tmp_path / "pid", mode, video, address)
        server["env"] |= {"DVIDS_API_KEY": ""}
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


@pytest.mark.parametrize(
    ("mode", "cause"),
    [
        ("gone", "it ends before it answers"),
        ("broken", "it ends with RuntimeError"),
        ("lacking", "it lacks the package bs4_that_is_not_there"),
        ("outdated", "it was written for an older version of the package mcp"),
    ],
)
def test_a_server_that_dies_at_once_is_unavailable_and_its_cause_is_said(
    start: Start, mode: str, cause: str
) -> None:
    with pytest.raises(SourceUnavailable, match="can't be started") as raised:
        start(mode).search(asked("ship"))
    assert raised.value.what.endswith(cause)
    assert sys.executable in raised.value.cure
    assert KEY not in f"{raised.value}"


@pytest.mark.parametrize(
    ("module", "package"),
    [("bs4", "beautifulsoup4"), ("yaml.nodes", "pyyaml"), ("strange_one", "strange_one")],
)
def test_what_a_server_lacks_is_installed_by_one_command(
    start: Start, module: str, package: str
) -> None:
    with pytest.raises(SourceUnavailable) as raised:
        start("lacking", module).search(asked("ship"))
    assert raised.value.cure == f"Run: {sys.executable} -m pip install {package}"


def test_a_module_of_the_app_itself_is_not_installed_from_elsewhere(tmp_path: Path) -> None:
    missing = ServerCommand(sys.executable, ("-m", "mcp_servers.dvids_server"), tmp_path)
    with pytest.raises(SourceUnavailable, match="the app has no mcp_servers") as raised:
        McpSession(missing).call("search_videos", {"query": "ship"}, 5.0)
    assert "pip" not in raised.value.cure


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match="there is no program no-such-program"):
        McpSession(ServerCommand("no-such-program", (), tmp_path)).call("search_videos", {}, 5.0)


def test_a_server_that_could_not_be_started_is_not_started_again(tmp_path: Path) -> None:
    dead = session(tmp_path, "gone")
    for _ in range(2):
        (tmp_path / "pid").unlink(missing_ok=True)
        with pytest.raises(SourceUnavailable, match="can't be started"):
            dead.call("search_videos", {"query": "ship"}, 1.0)
    assert not (tmp_path / "pid").exists()


def test_a_server_gets_only_what_a_program_needs_and_what_the_app_lists(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROQ_API_KEY", "not-for-others")
    monkeypatch.setenv("PYTHONPATH", "/ours")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:3128")
    [one] = start("environment").search(asked("ship"))
    given = set(one.title.split())
    assert {"FAKE_MCP_PID", "DVIDS_API_KEY", "PATH", "HTTPS_PROXY"} <= given
    assert not {"GROQ_API_KEY", "PYTHONPATH", "VIRTUAL_ENV"} & given
    assert (tmp_path / "pid").exists()


def test_one_odd_video_does_not_spoil_the_others(start: Start) -> None:
    assert [one.id for one in start("odd").search(asked("ship"))] == ["949873"]


def test_a_page_that_the_server_kept_as_a_video_is_a_fault_of_the_clip(
    start: Start, tmp_path: Path
) -> None:
    # As the app's server does where it finds no file: it keeps what it got under a video's name.
    page = tmp_path / "949873.mp4"
    page.write_text("<!DOCTYPE html><html><body>DVIDS</body></html>", encoding="utf-8")
    source = start("json", "949873.mp4")
    one = source.lookup("949873")
    for _ in range(4):
        with pytest.raises(UnusableClip):
            source.fetch(one, 5.0)
    assert source.lookup("949873") == one


def listed(root: Path, command: str, key: str = "", **listing: object) -> ServerCommand:
    """Return what is started where the app lists its server so."""
    config = root / "config" / "mcp_servers.json"
    config.parent.mkdir(exist_ok=True)
    server = {"id": "dvids", "command": command, **listing}
    config.write_text(json.dumps({"providers": ["odd", {"id": "nasa"}, server]}))
    return read_command(root, key)


@pytest.mark.parametrize("folder", [".venv", "venv"])
def test_the_apps_own_python_runs_its_server(tmp_path: Path, folder: str) -> None:
    python = tmp_path / folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    assert listed(tmp_path, "python").command == str(python)


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
    found = listed(tmp_path, "python")
    assert found.command == str(theirs)
    # What it starts in turn is not ours either.
    assert found.variables["PATH"] == str(theirs.parent)


def test_any_other_command_is_run_as_it_is_listed(tmp_path: Path) -> None:
    assert listed(tmp_path, "node").command == "node"


@pytest.mark.parametrize(
    ("listing", "seen"),
    [
        ({"env": {"DVIDS_API_KEY": ""}}, {"DVIDS_API_KEY": KEY}),
        ({"env": {"DVIDS_API_KEY": "their own"}}, {"DVIDS_API_KEY": "their own"}),
        ({"env": {"DVIDS_RATE_LIMIT": 30}}, {"DVIDS_RATE_LIMIT": "30"}),
        ({"env": {"PATH": "/theirs"}}, {"PATH": "/theirs"}),
    ],
    ids=str,
)
def test_the_variables_that_the_app_lists_come_before_ours(
    tmp_path: Path, listing: dict[str, object], seen: dict[str, str]
) -> None:
    assert seen.items() <= listed(tmp_path, "node", KEY, **listing).variables.items()


def test_a_server_that_names_no_key_gets_none(tmp_path: Path) -> None:
    found = listed(tmp_path, "node", KEY, name="DVIDS Military Videos", id=None)
    assert KEY not in found.variables.values()


def test_a_command_of_a_folder_that_nobody_trusts_is_not_started(tmp_path: Path) -> None:
    started = tmp_path / "started"
    listed(tmp_path, "touch", args=[str(started)])

    chain = open_chain(
        ["dvids-mcp"], Settings(tmp_path, "sqlite://", tmp_path), FootageOptions(9, 9)
    )

    assert chain.sources == ()
    [line] = chain.left_out
    assert f"videogen trust {tmp_path}" in line
    assert not started.exists()


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
