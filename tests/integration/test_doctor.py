"""What the doctor finds: each kind of trouble, provoked, with its cure."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from commands import videogen
from fakes import app_database
from fakes.anthropic import FakeAnthropic
from fakes.archive import Archive
from fakes.commons import Commons
from fakes.disk import disk_full_after
from fakes.dvids import Dvids
from fakes.groq import KEY as GROQ_KEY
from fakes.groq import FakeGroq
from fakes.nasa import Nasa
from fakes.ollama import FakeOllama
from fakes.openai import KEY as OPENAI_KEY
from fakes.openai import FakeOpenAI
from fakes.openverse import Openverse
from fakes.pexels import Pexels
from fakes.pixabay import Pixabay
from fakes.vision import make_clip_model
from fakes.web import Web
from fakes.wikipedia import FakeWikipedia, article

from videogen.db.create import create
from videogen.doctor import machine, record, services, voice
from videogen.doctor.checks import Check, Probe
from videogen.settings import Settings, load
from videogen.voiceover.engines.catalogue import DEFAULT_VOICE

NOWHERE = "http://127.0.0.1:9"


def settings_in(root: Path, **chosen: str) -> Settings:
    cache = {"VIDEOGEN_CACHE": str(root / "cache")}
    return load(root, str(root / "videogen.db"), cache | chosen)


def found(settings: Settings, name: str) -> Check:
    """Return what the doctor finds of one thing."""
    probes: list[Probe] = []
    for room in (machine, voice, record, services):
        probes += room.probes(settings)
    return next(probe for probe in probes if probe.name == name).check()


@contextmanager
def answering(service: Callable[[Web], object]) -> Iterator[str]:
    """Run a fake service and yield its address."""
    with Web().running() as web:
        service(web)
        yield web.url


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A root with a database of videogen's own."""
    create(tmp_path / "videogen.db")
    return tmp_path


class TestDatabase:
    def test_one_that_is_not_there_is_told_with_the_command_that_makes_it(
        self, tmp_path: Path
    ) -> None:
        check = found(settings_in(tmp_path), "writable")
        assert (check.ok, check.required) == (False, True)
        assert "There is no database" in check.found
        assert "videogen db create" in check.cure

    def test_a_file_that_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "videogen.db").write_bytes(b"not a database" * 100)
        check = found(settings_in(tmp_path), "writable")
        assert not check.ok
        assert check.cure

    def test_a_damaged_page(self, whole: Path) -> None:
        path = whole / "videogen.db"
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE other (text TEXT)")
            connection.executemany("INSERT INTO other VALUES (?)", [("x" * 500,)] * 200)
        connection.close()
        content = bytearray(path.read_bytes())
        content[-20_000:-12_000] = b"\xff" * 8000
        path.write_bytes(content)
        check = found(settings_in(whole), "whole")
        assert not check.ok
        assert "damaged" in check.found or "malformed" in check.found

    def test_a_column_that_is_gone(self, whole: Path) -> None:
        app_database.execute(
            whole / "videogen.db", "ALTER TABLE scenes RENAME COLUMN sanitized_text TO spoken"
        )
        check = found(settings_in(whole), "schema")
        assert not check.ok
        assert "sanitized_text" in check.found

    def test_a_whole_one_is_well(self, whole: Path) -> None:
        for name in ("writable", "whole", "schema"):
            assert found(settings_in(whole), name).ok


class TestMachine:
    def test_a_file_where_the_cache_should_be(self, tmp_path: Path) -> None:
        (tmp_path / "cache").write_text("")
        check = found(settings_in(tmp_path), "cache folder")
        assert (check.ok, check.required) == (False, True)
        assert "mkdir" in check.cure

    def test_a_file_where_videos_should_be(self, tmp_path: Path) -> None:
        (tmp_path / "output").write_text("")
        assert not found(settings_in(tmp_path), "output folder").ok

    def test_a_disk_that_is_full(self, tmp_path: Path) -> None:
        with disk_full_after(0):
            assert not found(settings_in(tmp_path), "temporary folder").ok

    def test_less_space_than_a_film_needs(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(machine, "NEEDED_BYTES", 2**60)
        check = found(settings_in(tmp_path), "disk")
        assert not check.ok
        assert "GiB free" in check.found

    def test_no_more_is_made_than_was_there(self, tmp_path: Path) -> None:
        for name in ("output folder", "cache folder", "disk", "temporary folder"):
            assert found(settings_in(tmp_path), name).ok
        assert list(tmp_path.iterdir()) == []

    def test_a_model_that_sees_is_tried_where_one_is_named(self, tmp_path: Path) -> None:
        names = [one.name for one in machine.probes(settings_in(tmp_path))]
        assert "vision model" not in names
        model = make_clip_model(tmp_path / "model")
        settings = settings_in(tmp_path, VIDEOGEN_VISION_MODEL=str(model))
        check = found(settings, "vision model")
        assert (check.ok, check.required) == (True, False)
        assert "reads and sees, in 16 numbers" in check.found
        (model / "vision_model.onnx").write_bytes(b"cut off")
        check = found(settings, "vision model")
        assert not check.ok
        assert "unset VIDEOGEN_VISION_MODEL" in check.cure

    def test_the_software_encoder_is_required_and_works(self, tmp_path: Path) -> None:
        check = found(settings_in(tmp_path), "encoder x264")
        assert (check.ok, check.required) == (True, True)

    @pytest.mark.parametrize("proxy", ["socks4://127.0.0.1:1", "http://"])
    def test_a_proxy_that_is_none(
        self, proxy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        check = found(settings_in(tmp_path), "proxy")
        assert not check.ok
        assert "HTTPS_PROXY" in check.cure


class TestVoice:
    def test_a_word_is_spoken_and_heard(self, tmp_path: Path, voice_cache: Path) -> None:
        settings = load(tmp_path, None, {"VIDEOGEN_CACHE": str(voice_cache)})
        assert found(settings, "model").ok
        assert "said" in found(settings, DEFAULT_VOICE).found

    def test_a_place_where_the_model_cannot_be_kept(self, tmp_path: Path) -> None:
        (tmp_path / "cache").write_text("")
        check = found(settings_in(tmp_path), "model")
        assert (check.ok, check.required) == (False, True)
        assert "VIDEOGEN_CACHE" in check.cure


class TestWriters:
    def test_a_key_that_is_good_shows_models(self, tmp_path: Path) -> None:
        with FakeGroq() as groq:
            settings = settings_in(tmp_path, GROQ_API_KEY=GROQ_KEY, GROQ_BASE_URL=groq.url)
            check = found(settings, "groq")
            assert [one.path for one in groq.requests] == ["/openai/v1/models"]
        assert check.ok
        assert "gpt-oss" in check.found

    @pytest.mark.parametrize(
        ("name", "service"), [("groq", FakeGroq), ("anthropic", FakeAnthropic)]
    )
    def test_a_key_that_is_refused(
        self, name: str, service: type[FakeGroq | FakeAnthropic], tmp_path: Path
    ) -> None:
        upper = name.upper()
        with service() as fake:
            chosen = {f"{upper}_API_KEY": "wrong", f"{upper}_BASE_URL": fake.url}
            check = found(settings_in(tmp_path, **chosen), name)
        assert (check.ok, check.required) == (False, False)
        assert "refused the key" in check.found
        assert f"{upper}_API_KEY" in check.cure
        assert "wrong" not in check.found + check.cure

    def test_an_openai_key_that_is_refused_and_one_that_is_good(self, tmp_path: Path) -> None:
        with FakeOpenAI() as fake:
            good = settings_in(tmp_path, OPENAI_API_KEY=OPENAI_KEY, OPENAI_BASE_URL=fake.base)
            bad = settings_in(tmp_path, OPENAI_API_KEY="wrong", OPENAI_BASE_URL=fake.base)
            assert "gpt-5-mini" in found(good, "openai").found
            assert "OPENAI_API_KEY" in found(bad, "openai").cure

    def test_no_key(self, tmp_path: Path) -> None:
        assert "GROQ_API_KEY" in found(settings_in(tmp_path), "groq").cure

    def test_a_key_that_is_no_key(self, tmp_path: Path) -> None:
        check = found(settings_in(tmp_path, GROQ_API_KEY="gsk_ключ"), "groq")
        assert not check.ok
        assert "ключ" not in check.found

    def test_an_ollama_that_is_not_there_and_one_without_a_model(self, tmp_path: Path) -> None:
        assert "ollama serve" in found(settings_in(tmp_path, OLLAMA_HOST=NOWHERE), "ollama").cure
        with FakeOllama(models={}) as ollama:
            check = found(settings_in(tmp_path, OLLAMA_HOST=ollama.url), "ollama")
        assert not check.ok
        assert "no model" in check.found

    def test_a_wikipedia_that_cannot_be_reached_and_one_that_can(self, tmp_path: Path) -> None:
        check = found(settings_in(tmp_path, WIKIPEDIA_BASE_URL=NOWHERE), "wikipedia")
        assert not check.ok
        with FakeWikipedia({"Sea": article(300)}) as fake:
            assert found(settings_in(tmp_path, WIKIPEDIA_BASE_URL=fake.url), "wikipedia").ok


OPEN: list[tuple[str, Callable[[Web], object]]] = [
    ("nasa", lambda web: Nasa(web, [])),
    ("commons", lambda web: Commons(web, [])),
    ("archive", lambda web: Archive(web, [])),
    ("openverse", lambda web: Openverse(web, [])),
]
KEYED: list[tuple[str, Callable[[Web], object]]] = [
    ("dvids", lambda web: Dvids(web, [])),
    ("pexels", lambda web: Pexels(web, [])),
    ("pixabay", lambda web: Pixabay(web, [])),
]


class TestFootage:
    @pytest.mark.parametrize(("name", "service"), OPEN)
    def test_a_service_that_answers_and_one_that_is_away(
        self, name: str, service: Callable[[Web], object], tmp_path: Path
    ) -> None:
        address = f"{name.upper()}_BASE_URL"
        with answering(service) as url:
            assert found(settings_in(tmp_path, **{address: url}), name).ok
        away = found(settings_in(tmp_path, **{address: NOWHERE}), name)
        assert (away.ok, away.required) == (False, False)
        assert away.cure.endswith(f"curl --head {NOWHERE}")

    @pytest.mark.parametrize(("name", "service"), KEYED)
    def test_a_key_that_is_refused(
        self, name: str, service: Callable[[Web], object], tmp_path: Path
    ) -> None:
        with answering(service) as url:
            chosen = {f"{name.upper()}_BASE_URL": url, f"{name.upper()}_API_KEY": "wrong-key"}
            check = found(settings_in(tmp_path, **chosen), name)
        assert not check.ok
        assert check.cure
        assert "wrong-key" not in check.found + check.cure

    @pytest.mark.parametrize("name", ["dvids", "pexels", "pixabay"])
    def test_no_key(self, name: str, tmp_path: Path) -> None:
        assert f"{name.upper()}_API_KEY" in found(settings_in(tmp_path), name).cure

    def test_an_mcp_server_that_is_not_listed(self, tmp_path: Path) -> None:
        check = found(settings_in(tmp_path), "dvids-mcp")
        assert "lists no MCP server" in check.found

    def test_an_mcp_server_that_lacks_a_package(self, tmp_path: Path) -> None:
        server = tmp_path / "server.py"
        server.write_text("import bs4_is_not_here\n")
        listed = {"id": "dvids", "name": "DVIDS", "command": "python3", "args": [str(server)]}
        (tmp_path / "config").mkdir()
        (tmp_path / "config/mcp_servers.json").write_text(json.dumps({"providers": [listed]}))
        check = found(replace(settings_in(tmp_path), trusts_root=True), "dvids-mcp")
        assert not check.ok
        assert "bs4_is_not_here" in check.found + check.cure


@pytest.fixture
def web_of_open_services() -> Iterator[dict[str, str]]:
    """All services that need no key, on loopback."""
    with Web().running() as web, FakeWikipedia({"Sea": article(300)}) as wikipedia:
        for _, service in OPEN:
            service(web)
        addresses = {f"{name.upper()}_BASE_URL": web.url for name, _ in OPEN}
        yield addresses | {"WIKIPEDIA_BASE_URL": wikipedia.url, "OLLAMA_HOST": NOWHERE}


def test_the_command_tells_all_as_data_and_masks_what_is_secret(
    whole: Path, voice_cache: Path, web_of_open_services: dict[str, str]
) -> None:
    (whole / ".env").write_text("VIDEOGEN_VOICE=bf_emma\n")
    ended = videogen(
        *("doctor", "--root", whole, "--database", whole / "videogen.db", "--json"),
        cwd=whole,
        VIDEOGEN_CACHE=str(voice_cache),
        PIXABAY_API_KEY="0123-secret",
        PIXABAY_BASE_URL=NOWHERE,
        **web_of_open_services,
    )
    assert ended.code == 0, ended.out + ended.err
    told = ended.json
    assert set(told["checks"][0]) == {"area", "name", "ok", "required", "found", "cure"}
    assert len(told["checks"]) >= 18
    assert all(check["ok"] for check in told["checks"] if check["required"])
    settings = {one["name"]: one for one in told["settings"]}
    assert settings["VIDEOGEN_VOICE"]["where"] == ".env"
    assert settings["PIXABAY_API_KEY"]["where"] == "environment"
    assert "secret" not in ended.out + ended.err


def test_the_command_ends_with_1_where_something_required_is_missing(
    tmp_path: Path, voice_cache: Path, web_of_open_services: dict[str, str]
) -> None:
    ended = videogen(
        *("doctor", "--root", tmp_path),
        cwd=tmp_path,
        VIDEOGEN_CACHE=str(voice_cache),
        **web_of_open_services,
    )
    assert ended.code == 1
    assert "FAILS   writable" in ended.out
    assert "videogen db create" in ended.out
