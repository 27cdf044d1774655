"""What `make test-live` keeps of the services' answers, tried on services of our own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from commands import CHECKOUT, clean_environment
from fakes import groq
from fakes.archive import Archive, ArchiveItem
from fakes.dvids import KEY, Dvids, DvidsVideo
from fakes.footage import OpenSource, asked
from fakes.groq import FakeGroq
from fakes.hls import serve_hls
from fakes.web import Reply, Web
from live.recorder import Recorder

from videogen.domain.script import Brief
from videogen.errors import FootageError
from videogen.footage.sources import FACTORIES, FootageOptions
from videogen.footage.sources.chain import open_chain
from videogen.http.requests import user_agent
from videogen.script.writers import WRITERS, Assignment, choose
from videogen.settings import Settings

SITE = "https://a-private-site.test"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "answers" / "service.json"


def exchanges(path: Path) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["exchanges"]
    return kept


def test_all_that_went_over_the_wire_is_kept_but_not_the_films(
    open_source: OpenSource, web: Web, path: Path, long_video: Path
) -> None:
    Archive(web, [ArchiveItem("ships", files={"ships.mp4": long_video})])
    recorder = Recorder({})
    with recorder.listening():
        source = open_source("archive")
        [one] = source.search(asked("ship"))
        source.fetch(one, 5.0)
    recorder.save(path)
    search, item, moved, *film = exchanges(path)
    assert search["request"]["url"].startswith(f"{web.url}/advancedsearch.php?q=")
    assert search["request"]["headers"]["user-agent"] == user_agent()
    assert search["answer"]["status"] == 200
    assert search["answer"]["json"]["response"]["docs"][0]["identifier"] == "ships"
    assert item["answer"]["json"]["files"][0]["length"] == "180.00"
    assert (moved["answer"]["status"], "location" in moved["answer"]["headers"]) == (302, True)
    assert {one["answer"]["status"] for one in film} == {206}
    assert sum(one["answer"]["bytes"] for one in film) > 10_000
    assert path.stat().st_size < 20_000


def test_what_was_asked_twice_is_kept_twice(open_source: OpenSource, web: Web, path: Path) -> None:
    busy = [Reply(b"slow down, 203.0.113.7", "text/plain", 503, {"Retry-After": "0"})]
    Archive(web, [])
    answer = web.pages["/advancedsearch.php"]
    web.pages["/advancedsearch.php"] = lambda given: busy.pop() if busy else answer(given)
    recorder = Recorder({})
    with recorder.listening():
        open_source("archive").search(asked("ship"))
    recorder.save(path)
    first, second = exchanges(path)
    assert (first["answer"]["status"], second["answer"]["status"]) == (503, 200)
    assert first["answer"]["headers"]["retry-after"] == "0"
    assert first["answer"]["text"] == "slow down, ADDRESS"


def test_no_key_no_cookie_and_no_private_site_is_kept(
    settings: Settings, web: Web, path: Path, tmp_path: Path, small_video: Path
) -> None:
    serve_hls(web, "/hls", small_video, tmp_path / "hls")
    Dvids(web, [DvidsVideo(1, "Ship", hls_path="/hls/master.m3u8")], origin=SITE)
    key = "k/e y+&=ü"
    shown = {"Set-Cookie": "session=a-cookie", "X-Client-IP": "203.0.113.7"}
    echo = {"reason": f"{key} {quote(key)} of org_01hq8xyzabcd"}
    body = json.dumps(echo).encode()
    web.pages["/search"] = lambda _asked: Reply(body, status=403, headers=shown)
    bound = replace(settings, dvids_origin=SITE)
    recorder = Recorder({"DVIDS_API_KEY": KEY, "DVIDS_ORIGIN": SITE, "OTHER_TOKEN": key})
    with recorder.listening(), open_chain(["dvids"], bound, FootageOptions(640, 360)) as chain:
        [source] = chain.sources
        source.fetch(source.lookup("1"), 5.0)
        with pytest.raises(FootageError):
            source.search(asked(key))
    recorder.save(path)
    text = path.read_text(encoding="utf-8")
    for secret in (KEY, SITE, "a-private-site", key, quote(key), "a-cookie", "203.0.113", "org_01"):
        assert secret not in text
    urls = [one["request"]["url"] for one in exchanges(path)]
    assert any("/hls/master.m3u8" in url and "api_key=KEY" in url for url in urls)
    assert "#EXTM3U" in text


def test_a_writer_s_question_and_answer_are_kept_without_its_key(
    settings: Settings, path: Path
) -> None:
    recorder = Recorder({"GROQ_API_KEY": groq.KEY})
    with FakeGroq() as service, recorder.listening():
        given = replace(settings, groq_api_key=groq.KEY, groq_base_url=service.url)
        writer, _ = choose("groq", Assignment("Tides", "en-us", given))
        writer.write(Brief("Tides", 30, 2.9))
    recorder.save(path)
    first = exchanges(path)[0]
    assert first["request"]["json"]["messages"]
    assert first["answer"]["json"]["choices"]
    assert groq.KEY not in path.read_text(encoding="utf-8")


def test_nothing_is_written_where_nobody_answered(settings: Settings, path: Path) -> None:
    away = replace(settings, nasa_base_url="http://127.0.0.1:9")
    recorder = Recorder({})
    with (
        recorder.listening(),
        open_chain(["nasa"], away, FootageOptions(640, 360)) as chain,
        pytest.raises(FootageError),
    ):
        chain.sources[0].search(asked("ship"))
    recorder.save(path)
    assert not path.exists()


def ask_all(folder: Path, *arguments: str, **variables: str) -> tuple[int, str]:
    """Do what `make test-live` does, in a process of its own; returns its exit code and words."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", *arguments],
        cwd=CHECKOUT,
        env=clean_environment() | {"VIDEOGEN_ANSWERS": str(folder)} | variables,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_without_a_network_it_is_said_of_each_service_that_it_was_not_asked(tmp_path: Path) -> None:
    code, said = ask_all(tmp_path, "tests/live", "-k", "not voice")
    assert code == 1, said
    for name in ("nasa", "commons", "archive", "openverse", "wikipedia"):
        assert f"No network here, {name} was not asked" in said
    assert "There is no ollama here" in said
    assert "dvids: There is no key" in said
    told = sum(int(count) for count in re.findall(r"(\d+) (?:failed|skipped)", said))
    assert told == len(FACTORIES) + len(WRITERS) - len(("local", "cards", "file", "outline"))
    assert list(tmp_path.iterdir()) == []


def test_with_a_network_every_service_s_answers_are_kept_under_its_name(
    web: Web, tmp_path: Path, long_video: Path
) -> None:
    Archive(web, [ArchiveItem("ships", files={"ships.mp4": long_video})])
    code, said = ask_all(tmp_path, "tests/live", "-k", "archive", ARCHIVE_BASE_URL=web.url)
    assert code == 0, said
    assert [one.name for one in tmp_path.iterdir()] == ["archive.json"]
    assert len(exchanges(tmp_path / "archive.json")) >= 4
