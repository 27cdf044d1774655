"""What `make test-live` keeps of the services' answers, tried on services of our own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from commands import CHECKOUT, clean_environment, videogen
from fakes import anthropic, groq, openai, pexels, pixabay
from fakes.anthropic import FakeAnthropic
from fakes.archive import Archive, ArchiveItem
from fakes.dvids import KEY, Dvids, DvidsVideo
from fakes.footage import OpenSource, asked
from fakes.groq import FakeGroq
from fakes.hls import serve_hls
from fakes.ollama import FakeOllama
from fakes.openai import FakeOpenAI
from fakes.sources import SERVICES
from fakes.surroundings import having
from fakes.web import Reply, Web
from fakes.wikipedia import FakeWikipedia, article
from live.recorder import Recorder

from videogen.domain.script import Brief
from videogen.errors import FootageError
from videogen.footage.sources import SOURCES
from videogen.footage.sources import provider_of as source_of
from videogen.footage.sources.chain import open_chain
from videogen.footage.sources.provider import FootageOptions
from videogen.http.requests import user_agent
from videogen.script.writers import WRITERS
from videogen.script.writers import provider_of as writer_of
from videogen.script.writers.choice import choose
from videogen.script.writers.provider import Assignment
from videogen.settings import DATABASE_NAME, Settings

SITE = "https://a-private-site.test"
# All but those that ask nobody: what `tests/live` has to cover.
ASKED_SOURCES = sorted(name for name in SOURCES if source_of(name).probe)
ASKED_WRITERS = sorted(name for name in WRITERS if writer_of(name).probe)


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
    bound = having(settings, DVIDS_ORIGIN=SITE)
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
        given = having(settings, GROQ_API_KEY=groq.KEY, GROQ_BASE_URL=service.url)
        writer, _ = choose("groq", Assignment("Tides", "en-us", given))
        writer.write(Brief("Tides", 30, 2.9))
    recorder.save(path)
    first = exchanges(path)[0]
    assert first["request"]["json"]["messages"]
    assert first["answer"]["json"]["choices"]
    assert groq.KEY not in path.read_text(encoding="utf-8")


def test_nothing_is_written_where_nobody_answered(settings: Settings, path: Path) -> None:
    away = having(settings, NASA_BASE_URL="http://127.0.0.1:9")
    recorder = Recorder({})
    with (
        recorder.listening(),
        open_chain(["nasa"], away, FootageOptions(640, 360)) as chain,
        pytest.raises(FootageError),
    ):
        chain.sources[0].search(asked("ship"))
    recorder.save(path)
    assert not path.exists()


def ask_all(
    folder: Path, *arguments: str, cwd: Path = CHECKOUT, **variables: str
) -> tuple[int, str]:
    """Do what `make test-live` does, in a process of its own; returns its exit code and words."""
    live = str(CHECKOUT / "tests" / "live")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", live, *arguments],
        cwd=cwd,
        env=clean_environment() | {"VIDEOGEN_ANSWERS": str(folder)} | variables,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_without_a_network_it_is_said_of_each_service_that_it_was_not_asked(tmp_path: Path) -> None:
    code, said = ask_all(tmp_path, "-k", "not voice")
    assert code == 1, said
    for name in ("nasa", "commons", "archive", "openverse", "wikipedia"):
        assert f"No network here, {name} was not asked" in said
    assert "There is no ollama here" in said
    assert "dvids: There is no key" in said
    told = sum(int(count) for count in re.findall(r"(\d+) (?:failed|skipped)", said))
    assert told == len(ASKED_SOURCES) + len(ASKED_WRITERS)
    assert list(tmp_path.iterdir()) == []


def serve_sources(root: Path, video: Path, running: ExitStack) -> dict[str, str]:
    """Return the variables by which every source leads to a fake of its own."""
    variables = {"DVIDS_API_KEY": KEY, "PEXELS_API_KEY": pexels.KEY, "PIXABAY_API_KEY": pixabay.KEY}
    # The app's own server names files that lie at the service itself.
    webs = {
        name: running.enter_context(Web().running()) for name in {*ASKED_SOURCES} - {"dvids-mcp"}
    }
    for name in ASKED_SOURCES:
        SERVICES[name](root, webs[name.removesuffix("-mcp")], video)
    return variables | {f"{name.upper()}_BASE_URL": web.url for name, web in webs.items()}


def serve_writers(running: ExitStack) -> dict[str, str]:
    """Return the variables by which every writer leads to a fake of its own."""
    return {
        "GROQ_API_KEY": groq.KEY,
        "GROQ_BASE_URL": running.enter_context(FakeGroq()).url,
        "OPENAI_API_KEY": openai.KEY,
        "OPENAI_BASE_URL": running.enter_context(FakeOpenAI(dialect="lm studio")).base,
        "ANTHROPIC_API_KEY": anthropic.KEY,
        "ANTHROPIC_BASE_URL": running.enter_context(FakeAnthropic()).url,
        "OLLAMA_HOST": running.enter_context(FakeOllama()).url,
        "WIKIPEDIA_BASE_URL": running.enter_context(FakeWikipedia({"Tides": article(400)})).url,
    }


def test_every_source_and_every_writer_is_asked_and_its_answers_kept_under_its_name(
    tmp_path: Path, long_video: Path
) -> None:
    root, answers = tmp_path / "root", tmp_path / "answers"
    root.mkdir()
    (root / DATABASE_NAME).touch()
    home = {"XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    assert videogen("trust", root, cwd=root, **home).code == 0
    with ExitStack() as running:
        served = serve_sources(root, long_video, running) | serve_writers(running)
        code, said = ask_all(answers, "-k", "not voice", cwd=root, **home, **served)
    assert code == 0, said
    assert {one.stem for one in answers.iterdir()} == {*ASKED_SOURCES, *ASKED_WRITERS}
    for name in ASKED_SOURCES:
        kept = json.loads((answers / f"{name}.json").read_text(encoding="utf-8"))
        asked_for = kept["calls"] if name == "dvids-mcp" else kept["exchanges"]
        assert len(asked_for) >= 3, name  # a search, a lookup, a piece
    for name in ASKED_WRITERS:
        assert exchanges(answers / f"{name}.json")[-1]["answer"]["status"] == 200
    text = "".join(one.read_text(encoding="utf-8") for one in answers.iterdir())
    for key in (KEY, pexels.KEY, pixabay.KEY, groq.KEY, openai.KEY, anthropic.KEY):
        assert key not in text
