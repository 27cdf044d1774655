"""How often a service is asked: one policy for all, counted request by request."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest
from fakes.groq import KEY
from fakes.loopback import Loopback, Reply, Request
from pydantic import BaseModel

from videogen.domain.script import Brief
from videogen.errors import FootageError, ScriptError, SourceUnavailable, VideogenError
from videogen.footage.fetch.client import footage_client
from videogen.http import network
from videogen.http.limits import Budget
from videogen.script.writers.chat import ChatWriter
from videogen.script.writers.groq import GroqChat
from videogen.script.writers.ollama import OllamaChat
from videogen.script.writers.wikipedia import WikipediaWriter

BRIEF = Brief("Modern naval warfare", 36, 2.9)


class Answer(BaseModel):
    value: int


class Server(Loopback):
    """Answers with one reply after the other; the last one stays."""

    def __init__(self, *replies: Reply) -> None:
        super().__init__()
        self.replies = replies

    def answer(self, request: Request) -> Reply:  # noqa: ARG002
        return self.replies[min(len(self.requests), len(self.replies)) - 1]


def ask_groq(url: str, patience: float) -> None:
    ChatWriter(GroqChat(KEY, url, "", patience)).write(BRIEF)


def ask_ollama(url: str, patience: float) -> None:
    ChatWriter(OllamaChat(url, "llama3.2", patience)).write(BRIEF)


def ask_wikipedia(url: str, patience: float) -> None:
    WikipediaWriter(url, patience).write(BRIEF)


def read_footage(url: str, patience: float) -> None:
    with footage_client(url, Budget(patience)) as client:
        client.read(f"{url}/file", 1000)


every_service = pytest.mark.parametrize(
    "ask", [ask_groq, ask_ollama, ask_wikipedia, read_footage], ids=lambda ask: ask.__name__
)
Ask = Callable[[str, float], None]


@every_service
@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
def test_a_fault_that_may_pass_is_asked_three_times(ask: Ask, status: int) -> None:
    with Server(Reply(status=status)) as server, pytest.raises(VideogenError):
        ask(server.url, 30.0)
    assert len(server.requests) == 3


@every_service
@pytest.mark.parametrize("status", [401, 403, 404, 409, 422, 501])
def test_a_fault_that_will_not_pass_is_asked_once(ask: Ask, status: int) -> None:
    with Server(Reply(status=status)) as server, pytest.raises(VideogenError):
        ask(server.url, 30.0)
    assert len(server.requests) == 1


@every_service
def test_an_answer_that_breaks_off_is_asked_three_times(ask: Ask) -> None:
    with Server(Reply(b'{"value": 1}', fault="cut")) as server, pytest.raises(VideogenError):
        ask(server.url, 30.0)
    assert len(server.requests) == 3


@every_service
def test_at_once_is_no_time_to_come_back(ask: Ask) -> None:
    reply = Reply(status=429, headers={"retry-after": "0"})
    with Server(reply) as server, pytest.raises(VideogenError):
        ask(server.url, 30.0)
    assert len(server.requests) == 3


@every_service
def test_next_to_no_time_does_not_make_a_fast_loop(ask: Ask) -> None:
    reply = Reply(status=429, headers={"retry-after": "0.000001"})
    with Server(reply) as server, pytest.raises(VideogenError, match="left alone"):
        ask(server.url, 1.3)
    # Pauses of 0.2 and 0.4 s fit, one of 0.8 s more does not; the rest is for a busy machine.
    assert len(server.requests) == 3


@every_service
@pytest.mark.parametrize("status", [429, 503])
def test_a_wait_beyond_the_bound_is_not_begun(ask: Ask, status: int) -> None:
    reply = Reply(status=status, headers={"retry-after": "90"})
    kinds = (ScriptError, SourceUnavailable)
    with Server(reply) as server, pytest.raises(kinds, match="left alone for 90 s"):
        ask(server.url, 30.0)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "wait",
    ["0.3", format_datetime(datetime.now(UTC) - timedelta(seconds=9))],
    # Workers collect at different seconds, and must find the same names.
    ids=["seconds", "date"],
)
def test_a_service_that_names_a_time_is_asked_again_then(wait: str) -> None:
    busy = Reply(status=503, headers={"retry-after": wait})
    with Server(busy, busy, Reply(b"here it is")) as server:
        read_footage(server.url, 30.0)
    assert len(server.requests) == 3


def test_waits_that_were_asked_for_do_not_count_as_faults() -> None:
    busy = Reply(status=429, headers={"retry-after": "0.01"})
    with Server(*[busy] * 4, Reply(b"here it is")) as server:
        read_footage(server.url, 30.0)
    assert len(server.requests) == 5


@pytest.mark.parametrize("code", ["ratelimited", "maxlag"])
def test_a_wiki_that_is_busy_says_so_with_200_and_is_asked_again(code: str) -> None:
    busy = Reply(b"{}", 200, {"MediaWiki-API-Error": code, "retry-after": "0.01"})
    with Server(busy, busy, Reply(b"here it is")) as server:
        read_footage(server.url, 30.0)
    assert len(server.requests) == 3


def test_another_error_of_a_wiki_stands_as_it_is() -> None:
    with Server(Reply(b"{}", 200, {"MediaWiki-API-Error": "badvalue"})) as server:
        read_footage(server.url, 30.0)
    assert len(server.requests) == 1


def test_a_date_to_come_back_at_is_understood() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    reply = Reply(status=429, headers={"retry-after": date})
    hour = r"left alone for (3600|35\d\d) s"
    with Server(reply) as server, pytest.raises(SourceUnavailable, match=hour):
        read_footage(server.url, 30.0)


@pytest.mark.parametrize("since_1970", [False, True])
def test_the_end_of_a_rate_limit_is_a_time_to_come_back_at(since_1970: bool) -> None:
    end = 3600.0 + (datetime.now(UTC).timestamp() if since_1970 else 0.0)
    reply = Reply(b"too many", 429, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": f"{end}"})
    hour = r"left alone for (3600|35\d\d) s"
    with Server(reply) as server, pytest.raises(SourceUnavailable, match=hour):
        read_footage(server.url, 30.0)
    assert len(server.requests) == 1


def test_what_took_too_long_is_not_asked_again() -> None:
    with (
        Server(Reply(fault="hang")) as server,
        footage_client(server.url, Budget(60.0), call_seconds=0.3) as client,
        pytest.raises(FootageError, match=r"No answer came in time \(0\.3 s\)"),
    ):
        client.ask("/search", {}, Answer)
    assert len(server.requests) == 1


@pytest.mark.parametrize("dead", ["::1", "127.0.0.2"])
def test_a_name_is_reached_at_its_second_address_where_the_first_is_dead(
    monkeypatch: pytest.MonkeyPatch, dead: str
) -> None:
    family = socket.AF_INET6 if ":" in dead else socket.AF_INET
    real = socket.getaddrinfo

    def two(host: str, port: int, *options: int, **more: int) -> list[object]:
        # The name service is the machine's; all else is real.
        found = [] if host != "two.test" else [(family, socket.SOCK_STREAM, 6, "", (dead, port))]
        name = "127.0.0.1" if host == "two.test" else host
        return [*found, *real(name, port, *options, **more)]

    monkeypatch.setattr(socket, "getaddrinfo", two)
    with Server(Reply(b"here it is")) as server:
        read_footage(server.url.replace("127.0.0.1", "two.test"), 30.0)
    assert len(server.requests) == 1


def test_an_address_that_never_answers_leaves_the_others_their_share_of_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = socket.getaddrinfo

    def two(host: str, port: int, *options: int, **more: int) -> list[object]:
        silent = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.2", port))
        name = "127.0.0.1" if host == "two.test" else host
        return [*([silent] if host != name else []), *real(name, port, *options, **more)]

    with Server(Reply(b"here it is")) as server, ExitStack() as kept:
        port = httpx.URL(server.url).port
        # A full queue: whoever comes after those that nobody accepts hears nothing.
        full = kept.enter_context(socket.create_server(("127.0.0.2", port or 0), backlog=0))
        for _ in range(3):
            waiting = kept.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        monkeypatch.setattr(socket, "getaddrinfo", two)
        url = server.url.replace("127.0.0.1", "two.test")
        with footage_client(url, Budget(60.0), call_seconds=2.0) as client:
            client.save(f"{url}/file", Path(os.devnull), 1000)
    assert len(server.requests) == 1


def test_a_name_service_that_never_answers_is_waited_for_no_longer_than_a_call_may_take(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    told = threading.Event()

    def silent(host: object, *_options: object, **_more: object) -> list[object]:
        asked.append(host)
        told.wait()
        return []

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    client = footage_client("https://example.org", Budget(60.0), call_seconds=0.3)
    with client, pytest.raises(FootageError, match="No answer came in time"):
        client.ask("/search", {}, Answer)
    assert asked == ["example.org"]
    told.set()


def test_ipv6_is_tried_before_ipv4(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [("192.0.2.1", 443), ("2001:db8::1", 443, 0, 0), ("192.0.2.1", 443)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", at) for at in found])
    addresses = network._addresses("two.test", 443)
    assert [str(one) for one in addresses] == ["2001:db8::1", "192.0.2.1"]


def test_a_name_with_one_private_address_among_its_own_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def two(_host: str, port: int, **_options: int) -> list[object]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in ("93.184.215.14", "10.0.0.1")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", two)
    with (
        footage_client("https://example.org", Budget(30.0)) as client,
        pytest.raises(FootageError, match="not on the public internet"),
    ):
        client.read("https://two.test/file", 1000)
