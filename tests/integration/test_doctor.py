"""What the doctor finds: each kind of trouble, provoked, with its cure."""

from __future__ import annotations

import json
import os
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
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
from fakes.loopback import Loopback, Reply, Request
from fakes.nasa import Nasa
from fakes.ollama import FakeOllama
from fakes.openai import KEY as OPENAI_KEY
from fakes.openai import FakeOpenAI
from fakes.openverse import Openverse
from fakes.pexels import Pexels
from fakes.pixabay import Pixabay
from fakes.proxy import Proxy
from fakes.vision import WIDTH, make_clip_model
from fakes.web import Web
from fakes.wikipedia import FakeWikipedia, article

from videogen.db import engine
from videogen.db.create import create
from videogen.doctor import machine, network, record, services, voice
from videogen.doctor.checks import Check, Probe
from videogen.doctor.cures import own_folder
from videogen.media.encoding import ENCODERS, SOFTWARE
from videogen.settings import Settings, load
from videogen.voiceover.engines.catalogue import DEFAULT_VOICE

NOWHERE = "http://127.0.0.1:9"


def settings_in(root: Path, **chosen: str) -> Settings:
    cache = {"VIDEOGEN_CACHE": str(root / "cache")}
    return load(root, str(root / "videogen.db"), cache | chosen)


def everything(settings: Settings, answers: Sequence[Check] = ()) -> list[Probe]:
    """Return all that the doctor tries."""
    probes: list[Probe] = []
    for room in (machine, voice, record, services):
        probes += room.probes(settings)
    return [*probes, *network.probes(settings, answers)]


def found(settings: Settings, name: str, answers: Sequence[Check] = ()) -> Check:
    """Return what the doctor finds of one thing, having seen that its cure can be pasted."""
    check = next(one for one in everything(settings, answers) if one.name == name).check()
    assert bool(check.cure) is not check.ok
    if check.cure:
        assert_is_a_command(check.cure)
    return check


# What a cure may begin with: a person's shell knows it, or it is a path.
PROGRAMS = frozenset(
    "apk apt-get brew cd chmod conda curl dnf df export lsof mv ollama pacman pg_isready sqlite3"
    " sudo unset uv videogen zypper".split()
)


def assert_is_a_command(cure: str) -> None:
    assert len(cure.splitlines()) == 1
    first = shlex.split(cure)[0]
    assert first in PROGRAMS or Path(first).is_absolute(), cure
    parsed = subprocess.run(["sh", "-n", "-c", cure], capture_output=True, check=False)
    assert parsed.returncode == 0, parsed.stderr


def pasted(cure: str) -> None:
    """Run a cure as a person would, beside the programs of this environment."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        ["sh", "-c", cure], env={**os.environ, "PATH": path}, capture_output=True, check=True
    )


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
        assert check.cure == f"videogen db create {tmp_path / 'videogen.db'}"
        pasted(check.cure)
        assert found(settings_in(tmp_path), "writable").ok

    def test_the_app_s_own_that_is_not_there_is_none_that_we_make(self, tmp_path: Path) -> None:
        check = found(load(tmp_path, None, {}), "writable")
        made = tmp_path / "output" / "videogen.db"
        assert check.cure == f"videogen db create {made} && export VIDEOGEN_DATABASE={made}"
        pasted(check.cure)
        assert found(load(tmp_path, str(made), {}), "writable").ok
        assert found(load(tmp_path, None, {}), "writable").cure.startswith("export ")

    def test_a_file_that_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "videogen.db").write_bytes(b"not a database" * 100)
        assert not found(settings_in(tmp_path), "whole").ok
        pasted(found(settings_in(tmp_path), "writable").cure)
        assert found(settings_in(tmp_path), "writable").ok
        assert (tmp_path / "videogen.db.damaged").read_bytes().startswith(b"not a database")

    def test_one_that_another_program_holds(self, whole: Path) -> None:
        with sqlite3.connect(whole / "videogen.db") as holder:
            holder.execute("BEGIN IMMEDIATE")
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(engine, "BUSY_SECONDS", 0.0)
                check = found(settings_in(whole), "writable")
        holder.close()
        assert check.cure == f"lsof {whole / 'videogen.db'}"

    def test_a_server_that_is_away_and_a_driver_that_is_not_there(self, tmp_path: Path) -> None:
        away = load(tmp_path, "postgresql+psycopg://me:secret@127.0.0.1:9/films", {})
        check = found(away, "writable")
        assert check.cure.startswith(("pg_isready -h 127.0.0.1 -p 9", sys.executable))
        assert "secret" not in check.found + check.cure
        lacking = found(load(tmp_path, "mssql+pymssql://me@127.0.0.1/films", {}), "writable")
        assert lacking.cure.endswith(" pymssql")
        odd = found(load(tmp_path, "://", {}), "writable")
        assert "videogen db create" in odd.cure

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
        assert ".recover" in check.cure

    def test_a_column_that_is_gone(self, whole: Path) -> None:
        app_database.execute(
            whole / "videogen.db", "ALTER TABLE scenes RENAME COLUMN sanitized_text TO spoken"
        )
        check = found(settings_in(whole), "schema")
        assert not check.ok
        assert "sanitized_text" in check.found
        assert check.cure == f"videogen check --database {whole / 'videogen.db'}"

    def test_a_whole_one_is_well(self, whole: Path) -> None:
        for name in ("writable", "whole", "schema"):
            assert found(settings_in(whole), name).ok


class TestMachine:
    def test_a_file_where_the_cache_should_be(self, tmp_path: Path) -> None:
        (tmp_path / "cache").write_text("")
        check = found(settings_in(tmp_path), "cache folder")
        assert (check.ok, check.required) == (False, True)
        pasted(check.cure)
        assert found(settings_in(tmp_path), "cache folder").ok

    def test_a_file_where_videos_should_be(self, tmp_path: Path) -> None:
        (tmp_path / "output").write_text("")
        pasted(found(settings_in(tmp_path), "output folder").cure)
        assert found(settings_in(tmp_path), "output folder").ok

    def test_a_folder_that_its_owner_may_not_write(self, tmp_path: Path) -> None:
        (tmp_path / "cache").mkdir(mode=0o500)
        assert own_folder(tmp_path / "cache" / "deeper") == f"chmod u+rwx {tmp_path / 'cache'}"

    def test_a_disk_that_is_full(self, tmp_path: Path) -> None:
        with disk_full_after(0):
            assert not found(settings_in(tmp_path), "temporary folder").ok
            assert found(settings_in(tmp_path), "cache folder").cure == "videogen clean"

    def test_less_space_than_a_film_needs(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(machine, "NEEDED_BYTES", 2**60)
        check = found(settings_in(tmp_path), "disk")
        assert not check.ok
        assert "GiB free" in check.found
        assert check.cure == "videogen clean"

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
        assert f"reads and sees, in {WIDTH} numbers" in check.found
        (model / "vision_model.onnx").write_bytes(b"cut off")
        check = found(settings, "vision model")
        assert not check.ok
        assert "unset VIDEOGEN_VISION_MODEL" in check.cure

    def test_the_software_encoder_is_required_and_works(self, tmp_path: Path) -> None:
        check = found(settings_in(tmp_path), "encoder x264")
        assert (check.ok, check.required) == (True, True)

    def test_where_nothing_can_be_done_nothing_is_wrong(self, tmp_path: Path) -> None:
        incurable = [one for one in everything(settings_in(tmp_path)) if not one.cure]
        assert {one.name for one in incurable} == {
            *("python", "faces"),
            *(f"encoder {name}" for name in ENCODERS if name != SOFTWARE),
        }
        for probe in incurable:
            check = found(settings_in(tmp_path), probe.name)
            assert check.ok
            assert check.found

    def test_every_other_check_has_a_command_even_against_what_nobody_foresaw(
        self, tmp_path: Path
    ) -> None:
        def fails() -> str:
            raise RuntimeError("unforeseen")

        for probe in everything(settings_in(tmp_path)):
            if probe.cure:
                assert_is_a_command(replace(probe, look=fails).check().cure)

    @pytest.mark.parametrize("proxy", ["socks4://127.0.0.1:1", "http://"])
    def test_a_proxy_that_is_none(
        self, proxy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        check = found(settings_in(tmp_path), "proxy")
        assert not check.ok
        assert check.cure == "export HTTPS_PROXY=http://host:port"


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
        assert found(settings_in(tmp_path, OLLAMA_HOST=NOWHERE), "ollama").cure == "ollama serve"
        with FakeOllama(models={}) as ollama:
            check = found(settings_in(tmp_path, OLLAMA_HOST=ollama.url), "ollama")
        assert "no model" in check.found
        assert check.cure == "ollama pull llama3.2"

    def test_a_wikipedia_that_cannot_be_reached_and_one_that_can(self, tmp_path: Path) -> None:
        check = found(settings_in(tmp_path, WIKIPEDIA_BASE_URL=NOWHERE), "wikipedia")
        assert check.cure == f"curl --head {NOWHERE}"
        with FakeWikipedia({}) as fake:
            another = found(settings_in(tmp_path, WIKIPEDIA_BASE_URL=fake.url), "wikipedia")
        assert another.cure == "export WIKIPEDIA_BASE_URL=https://en.wikipedia.org"
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
        assert away.cure == f"curl --head {NOWHERE}"

    @pytest.mark.parametrize(("name", "service"), KEYED)
    def test_a_key_that_is_refused(
        self, name: str, service: Callable[[Web], object], tmp_path: Path
    ) -> None:
        with answering(service) as url:
            chosen = {f"{name.upper()}_BASE_URL": url, f"{name.upper()}_API_KEY": "wrong-key"}
            check = found(settings_in(tmp_path, **chosen), name)
        assert check.cure == f"export {name.upper()}_API_KEY=your-own-key"
        assert "wrong-key" not in check.found + check.cure

    @pytest.mark.parametrize("name", ["dvids", "pexels", "pixabay"])
    def test_no_key(self, name: str, tmp_path: Path) -> None:
        check = found(settings_in(tmp_path), name)
        assert check.cure == f"export {name.upper()}_API_KEY=your-own-key"

    def test_an_mcp_server_that_is_not_listed(self, tmp_path: Path) -> None:
        check = found(settings_in(tmp_path), "dvids-mcp")
        assert "lists no MCP server" in check.found
        assert check.cure == "export DVIDS_API_KEY=your-own-key"
        with_key = settings_in(tmp_path, DVIDS_API_KEY="a-key")
        assert "by its key" in found(with_key, "dvids-mcp").found

    @pytest.mark.parametrize("listed", ["{", '{"providers": []}'])
    def test_an_app_s_list_that_is_none_or_names_no_server(
        self, listed: str, tmp_path: Path
    ) -> None:
        (tmp_path / "config").mkdir()
        (tmp_path / "config/mcp_servers.json").write_text(listed)
        assert not found(settings_in(tmp_path), "dvids-mcp").ok

    @pytest.mark.parametrize("program", ["/no/such/program", sys.executable])
    def test_an_mcp_server_that_nobody_trusts_that_is_no_program_and_that_ends_at_once(
        self, program: str, tmp_path: Path
    ) -> None:
        listed = {"id": "dvids", "command": program, "args": ["-m", "json.tool", "/dev/null"]}
        (tmp_path / "config").mkdir()
        (tmp_path / "config/mcp_servers.json").write_text(json.dumps({"providers": [listed]}))
        settings = settings_in(tmp_path)
        assert found(settings, "dvids-mcp").cure == f"videogen trust {tmp_path}"
        assert not found(replace(settings, trusts_root=True), "dvids-mcp").ok

    def test_an_mcp_server_that_lacks_a_package(self, tmp_path: Path) -> None:
        server = tmp_path / "server.py"
        server.write_text("import bs4_is_not_here\n")
        listed = {"id": "dvids", "name": "DVIDS", "command": "python3", "args": [str(server)]}
        (tmp_path / "config").mkdir()
        (tmp_path / "config/mcp_servers.json").write_text(json.dumps({"providers": [listed]}))
        check = found(replace(settings_in(tmp_path), trusts_root=True), "dvids-mcp")
        assert check.cure.endswith("-m pip install bs4_is_not_here")


@pytest.fixture
def web_of_open_services() -> Iterator[dict[str, str]]:
    """All services that need no key, on loopback."""
    with Web().running() as web, FakeWikipedia({"Sea": article(300)}) as wikipedia:
        for _, service in OPEN:
            service(web)
        addresses = {f"{name.upper()}_BASE_URL": web.url for name, _ in OPEN}
        yield addresses | {"WIKIPEDIA_BASE_URL": wikipedia.url, "OLLAMA_HOST": NOWHERE}


class TestNetwork:
    @pytest.fixture(autouse=True)
    def no_proxy_of_the_machine(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
            monkeypatch.delenv(name.upper(), raising=False)

    def everywhere(self, root: Path, address: str, **other: str) -> Settings:
        names = [f"{name.upper()}_BASE_URL" for name in (*dict(OPEN), "wikipedia")]
        return settings_in(root, **(dict.fromkeys(names, address) | other))

    def test_no_network_at_all(self, tmp_path: Path) -> None:
        check = found(self.everywhere(tmp_path, NOWHERE), "network")
        assert (check.ok, check.required) == (False, False)
        assert "Nothing answers" in check.found
        assert "no connection" in check.found
        assert check.cure == f"curl --head {NOWHERE}"

    def test_one_service_that_is_down_is_not_the_network(self, tmp_path: Path) -> None:
        with Web().running() as web:
            check = found(self.everywhere(tmp_path, web.url, NASA_BASE_URL=NOWHERE), "network")
        assert check.ok
        assert "wikipedia" in check.found
        assert check.found.endswith("; no answer from nasa")

    @pytest.mark.parametrize(
        "reply", [Reply(status=403), Reply(status=429, headers={"Retry-After": "3600"})]
    )
    def test_who_refuses_is_there(self, reply: Reply, tmp_path: Path) -> None:
        with Refusing(reply) as service:
            assert found(self.everywhere(tmp_path, service.url), "network").ok

    def test_what_has_answered_is_not_asked_again(self, tmp_path: Path) -> None:
        answers = [
            Check("footage", name, True, False, "3 found") for name in (*dict(OPEN), "wikipedia")
        ]
        assert found(self.everywhere(tmp_path, NOWHERE), "network", answers).ok

    def test_through_a_proxy_that_is_told_without_its_password(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with Web().running() as web, Proxy(web.url).running() as proxy:
            monkeypatch.setenv("HTTP_PROXY", proxy.url.replace("://", "://me:secret@"))
            check = found(self.everywhere(tmp_path, "http://service.test"), "network")
            assert check.ok
            assert check.found.endswith(f"through {proxy.url}")
            assert len(proxy.lines) == len(OPEN) + 1

    def test_a_proxy_that_is_dead(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("http_proxy", NOWHERE)
        check = found(self.everywhere(tmp_path, "http://service.test"), "network")
        assert check.found.startswith(f"Nothing answers through {NOWHERE}: ")
        assert check.cure == "unset http_proxy && videogen doctor"


class Refusing(Loopback):
    """Answers everybody in one way."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self._reply = reply

    def answer(self, request: Request) -> Reply:  # noqa: ARG002
        return self._reply


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
    assert all(bool(check["cure"]) is not check["ok"] for check in told["checks"])
    [way] = [check["found"] for check in told["checks"] if check["name"] == "network"]
    assert way == "answers from nasa, commons, archive, openverse, wikipedia"
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
