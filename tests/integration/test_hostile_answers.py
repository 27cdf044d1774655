"""Answers that no honest service gives, byte by byte, to each way of asking."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from videogen.barrier import Fault, attempt
from videogen.errors import VideogenError
from videogen.footage.fetch.client import footage_client
from videogen.http.limits import Budget
from videogen.http.ranged import RangedFile
from videogen.script.writers.refusals import Refusal

DIGITS = b"9" * 5000
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
ANSWERS = {
    "nothing": b"",
    "half a status": b"HTTP/1.1 2",
    "no status": b"hello\r\n\r\n",
    "a status of letters": b"HTTP/1.1 abc OK\r\n\r\n",
    "a status of 999": b"HTTP/1.1 999 OK\r\nContent-Length: 0\r\n\r\n",
    "another protocol": b"SSH-2.0-OpenSSH_9.6\r\n",
    "a length of 5,000 digits": OK + b"Content-Length: " + DIGITS + b"\r\n\r\n{}",
    "a negative length": OK + b"Content-Length: -1\r\n\r\n{}",
    "two lengths": OK + b"Content-Length: 2\r\nContent-Length: 9\r\n\r\n{}",
    "too long a length": OK + b"Content-Length: 99\r\n\r\n{}",
    "a chunk of no size": OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
    "a chunk of 5,000 digits": OK + b"Transfer-Encoding: chunked\r\n\r\n" + DIGITS + b"\r\n{}",
    "gzip that is none": OK + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
    "an unknown packing": OK + b"Content-Encoding: zstd, br\r\nContent-Length: 2\r\n\r\n{}",
    "a header of a megabyte": OK + b"X: " + b"a" * 2**20 + b"\r\n\r\n{}",
    "ten thousand headers": OK + b"X: a\r\n" * 10_000 + b"\r\n{}",
    "a header of control codes": OK + b"X: \x1b[2J\x00\r\nContent-Length: 2\r\n\r\n{}",
    "nested JSON": OK + b"Content-Length: 200000\r\n\r\n" + b"[" * 200_000,
    "JSON of one number": OK + b"Content-Length: 5000\r\n\r\n" + DIGITS,
    "half a letter": OK + b'Content-Length: 17\r\n\r\n{"title":"\\ud83d"}',
    "another encoding": OK + b"Content-Length: 4\r\n\r\n\xff\xfe{}",
    "a redirect to no name": b"HTTP/1.1 302 F\r\nLocation: https://xn--a/\r\nContent-Length: 0\r\n\r\n",
    "a redirect to half an address": b"HTTP/1.1 302 F\r\nLocation: https://[\r\nContent-Length: 0\r\n\r\n",
    "a redirect to a port of 99999": b"HTTP/1.1 302 F\r\nLocation: https://a:99999/\r\nContent-Length: 0\r\n\r\n",
    "a redirect to nowhere": b"HTTP/1.1 302 F\r\nContent-Length: 0\r\n\r\n",
    "a redirect to a file": b"HTTP/1.1 302 F\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n",
    "a redirect to itself": b"HTTP/1.1 302 F\r\nLocation: /\r\nContent-Length: 0\r\n\r\n",
    "a range of 5,000 digits": b"HTTP/1.1 206 P\r\nContent-Range: bytes 0-1/" + DIGITS + b"\r\nContent-Length: 2\r\n\r\n{}",
    "another range": b"HTTP/1.1 206 P\r\nContent-Range: bytes 7-8/9\r\nContent-Length: 2\r\n\r\n{}",
    "a range without a size": b"HTTP/1.1 206 P\r\nContent-Range: bytes 0-1/*\r\nContent-Length: 2\r\n\r\n{}",
    "a range of nothing": b"HTTP/1.1 206 P\r\nContent-Length: 2\r\n\r\n{}",
    "busy until a date of 14 digits": b"HTTP/1.1 503 B\r\nRetry-After: Mon, 99 Jan 99999999999999 00:00:00 GMT\r\nContent-Length: 0\r\n\r\n",
    "busy for 5,000 digits": b"HTTP/1.1 429 B\r\nRetry-After: " + DIGITS + b"\r\nX-RateLimit-Reset: 1\r\nContent-Length: 0\r\n\r\n",
    "busy for no time": b"HTTP/1.1 429 B\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n",
    "an error that is a number": b"HTTP/1.1 400 B\r\nContent-Length: 15\r\n\r\n{\"error\": 12345",
}  # fmt: skip


class Title(BaseModel):
    """What is asked for."""

    title: str = ""


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    asked = 0


@pytest.fixture
def answers(request: pytest.FixtureRequest) -> Iterator[_Server]:
    """Serve one answer, whatever is asked."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            server.asked += 1
            self.request.recv(65_536)
            self.request.sendall(ANSWERS[request.param])

    with _Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("answers", ANSWERS, indirect=True)
def test_no_answer_is_more_than_an_error_of_ours(answers: _Server) -> None:
    address = f"http://127.0.0.1:{answers.server_address[1]}"
    with footage_client(address, Budget(20.0), patience=0.5, call_seconds=2.0) as client:
        ways: dict[str, Any] = {
            "ask": lambda: client.ask("/search", {"q": "ship"}, Title),
            "read": lambda: client.read(f"{address}/a.m3u8", 2**20),
            "range": lambda: RangedFile(client.read_range, f"{address}/a.mp4").read(16),
        }
        for way, call in ways.items():
            found = attempt(call)
            if isinstance(found, Fault):
                assert isinstance(found.error, VideogenError), (way, found.error)
    assert answers.asked <= 30, "a refusal is not asked about for ever"


@pytest.mark.parametrize(
    "said", [12345, [], [[]], {"error": 7}, {"error": {"message": 7}}, None, "no"]
)
def test_a_refusal_in_any_form_is_read(said: object) -> None:
    reply = type("Reply", (), {"status": 400, "content": json.dumps(said).encode()})()
    assert Refusal.of(reply).status == 400
