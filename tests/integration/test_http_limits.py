"""What hostile servers send to each kind of caller, and what that may cost."""

from __future__ import annotations

import gzip
import hashlib
import json
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes.groq import KEY
from fakes.loopback import Loopback, Reply, Request
from pydantic import BaseModel

from videogen.domain.script import Brief
from videogen.errors import FootageError, ScriptError, VideogenError, VoiceError
from videogen.footage.fetch.client import footage_client
from videogen.http.limits import Budget
from videogen.http.requests import user_agent
from videogen.script.writers.chat import ChatWriter
from videogen.script.writers.groq import GroqChat
from videogen.script.writers.ollama import OllamaChat
from videogen.script.writers.wikipedia import WikipediaWriter
from videogen.voiceover.engines.integrity import download

MB = 2**20
BOMB_BYTES = 1024 * MB
BRIEF = Brief("Modern naval warfare", 36, 2.9)


class Answer(BaseModel):
    value: int
    text: str = ""


class Server(Loopback):
    """Gives one answer to everything."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.reply = reply

    def answer(self, request: Request) -> Reply:  # noqa: ARG002
        return self.reply


def ask_groq(url: str, _folder: Path) -> None:
    ChatWriter(GroqChat(KEY, url, "", 1)).write(BRIEF)


def ask_ollama(url: str, _folder: Path) -> None:
    ChatWriter(OllamaChat(url, "llama3.2")).write(BRIEF)


def ask_wikipedia(url: str, _folder: Path) -> None:
    WikipediaWriter(url, patience=1.0).write(BRIEF)


def ask_footage(url: str, _folder: Path) -> None:
    with footage_client(url, Budget(60.0)) as client:
        client.ask("/search", {}, Answer)


def read_playlist(url: str, _folder: Path) -> None:
    with footage_client(url, Budget(60.0)) as client:
        client.read(f"{url}/list.m3u8", 4 * MB)


def read_range(url: str, _folder: Path) -> None:
    with footage_client(url, Budget(60.0)) as client:
        client.read_range(f"{url}/ship.mp4", 0, 1000, 48 * MB)


def fetch_model(url: str, folder: Path) -> None:
    download(f"{url}/model.onnx", folder / "model.onnx", "0" * 64)


CALLERS: dict[Callable[[str, Path], None], type[VideogenError]] = {
    ask_groq: ScriptError,
    ask_ollama: ScriptError,
    ask_wikipedia: ScriptError,
    ask_footage: FootageError,
    read_playlist: FootageError,
    read_range: FootageError,
    fetch_model: VoiceError,
}


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """A gigabyte of blanks in a megabyte."""
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    parts = [packer.compress(b" " * MB) for _ in range(BOMB_BYTES // MB)]
    return b"".join([*parts, packer.flush()])


@pytest.fixture
def peak() -> Iterator[Callable[[], int]]:
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


@pytest.mark.parametrize("caller", CALLERS, ids=lambda call: call.__name__)
def test_an_answer_that_unpacks_to_a_gigabyte_is_refused_in_bounded_memory(
    caller: Callable[[str, Path], None], bomb: bytes, tmp_path: Path, peak: Callable[[], int]
) -> None:
    packed = {"content-encoding": "gzip", "content-type": "application/json"}
    with (
        Server(Reply(bomb, headers=packed)) as server,
        pytest.raises(CALLERS[caller], match=r"More than|packed"),
    ):
        caller(server.url, tmp_path)
    assert len(server.requests) == 1
    assert peak() < 40 * MB
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "deflate"])
def test_a_packing_that_nobody_asked_for_is_refused(encoding: str) -> None:
    reply = Reply(b'{"value": 7}', headers={"content-encoding": encoding})
    with (
        Server(reply) as server,
        footage_client(server.url, Budget(60.0)) as client,
        pytest.raises(FootageError, match="packed in a way"),
    ):
        client.ask("/answer", {}, Answer)


@pytest.mark.parametrize("length", [0, 1, 65_536, 200_000])
def test_a_packed_answer_is_read_whole(length: int) -> None:
    content = json.dumps({"value": 7, "text": "x" * length}).encode()
    headers = {"content-encoding": "gzip"}
    with (
        Server(Reply(gzip.compress(content), headers=headers)) as server,
        footage_client(server.url, Budget(60.0)) as client,
    ):
        assert client.ask("/answer", {}, Answer) == Answer(value=7, text="x" * length)
        assert server.requests[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize("spoil", [lambda data: data[:-9], lambda _data: b"no gzip at all"])
def test_a_packed_answer_that_is_broken_is_refused(spoil: Callable[[bytes], bytes]) -> None:
    body = spoil(gzip.compress(b'{"value": 7}'))
    with (
        Server(Reply(body, headers={"content-encoding": "gzip"})) as server,
        footage_client(server.url, Budget(60.0)) as client,
        pytest.raises(FootageError, match="connection broke"),
    ):
        client.ask("/answer", {}, Answer)


@pytest.mark.parametrize("caller", CALLERS, ids=lambda call: call.__name__)
def test_every_service_is_told_who_asks_and_where_to_complain(
    caller: Callable[[str, Path], None], tmp_path: Path
) -> None:
    with Server(Reply(b"nothing here", 404)) as server, pytest.raises(VideogenError):
        caller(server.url, tmp_path)
    name = user_agent()
    assert name.startswith("videogen/")
    assert "(https://github.com/videogen/videogen)" in name
    assert [one.headers["user-agent"] for one in server.requests] == [name]


def test_a_download_is_kept_byte_by_byte(tmp_path: Path) -> None:
    content = bytes(range(256)) * 10_000
    with Server(Reply(content)) as server:
        download(server.url, tmp_path / "kept", hashlib.sha256(content).hexdigest())
    assert (tmp_path / "kept").read_bytes() == content
    assert server.requests[0].headers["accept-encoding"] == "identity"
