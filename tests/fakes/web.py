"""A real HTTP server on loopback: pages and files by path, faults on request, a modelled link."""

from __future__ import annotations

import json
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from fakes.loopback import Server

_CHUNK = 16 * 2**10


class Fault(Enum):
    """What a server may do instead of answering well."""

    HANG = auto()
    DRIP = auto()
    CUT_OFF = auto()
    RATE_LIMIT = auto()
    RATE_LIMIT_FOR_AN_HOUR = auto()
    SERVER_ERROR = auto()
    REFUSED = auto()
    CHALLENGE = auto()
    HTML = auto()
    ERRORS_IN_200 = auto()
    WRONG_LENGTH = auto()
    WRONG_RANGE = auto()
    NO_RANGES = auto()
    ENDLESS = auto()
    REDIRECT_TO_FILE = auto()
    REDIRECT_TO_PRIVATE = auto()
    REDIRECT_LOOP = auto()


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    path: str
    query: dict[str, str]
    range: tuple[int, int] | None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Reply:
    """An answer: a body, or a file that is sent as far as it was asked for."""

    body: bytes | Path
    content_type: str = "application/json"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def read(self, start: int, length: int) -> bytes:
        if isinstance(self.body, bytes):
            return self.body[start : start + length]
        with self.body.open("rb") as stream:
            stream.seek(start)
            return stream.read(length)

    @property
    def size(self) -> int:
        return len(self.body) if isinstance(self.body, bytes) else self.body.stat().st_size


def as_json(value: object, status: int = 200) -> Reply:
    return Reply(json.dumps(value).encode(), status=status)


@dataclass
class Link:
    """A line that all answers share: seconds of latency a request, bytes a second in all."""

    latency: float
    bytes_a_second: float
    _free_at: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def carry(self, size: int) -> None:
        with self._lock:
            now = time.monotonic()
            self._free_at = max(now, self._free_at) + size / self.bytes_a_second
            wait = self._free_at - now
        time.sleep(wait)


class _Server(Server):
    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent: clients that hang up are what half of the faults are about."""


class Web:
    """Answers by the longest path that a request's path starts with."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Callable[[Asked], Reply]] = {}
        self.asked: list[Asked] = []
        self.faults: dict[str, list[Fault]] = {}
        self.link: Link | None = None
        self.sent = 0
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        if tls:
            self.url = f"https://localhost:{self._server.server_port}"
            # Handshakes belong to each connection's thread: in the one that accepts, a client that
            # never finishes its own would keep all others out.
            self._server.socket = tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )

    def fail(self, path: str, *faults: Fault, times: int = 10_000) -> None:
        """Answer requests to paths that start so with faults, so many times."""
        self.faults[path] = list(faults) * times

    def count(self, path: str) -> int:
        """How many requests went to paths that start so."""
        return sum(asked.path.startswith(path) for asked in self.asked)

    def add_sent(self, size: int) -> None:
        with self._lock:
            self.sent += size

    def note(self, asked: Asked) -> Fault | None:
        with self._lock:
            self.asked.append(asked)
            for path, faults in self.faults.items():
                if asked.path.startswith(path) and faults:
                    return faults.pop(0)
        return None

    def page(self, path: str) -> Callable[[Asked], Reply]:
        known = [start for start in self.pages if path.startswith(start)]
        if not known:
            return lambda _asked: Reply(b"nothing here", "text/plain", 404)
        return self.pages[max(known, key=len)]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        web = self

        class Bound(_Handler):
            @property
            def web(self) -> Web:
                return web

        return Bound

    @contextmanager
    def running(self) -> Iterator[Web]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield self
        finally:
            self.stopping.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body leave as they are written: a fault may come between them.
    wbufsize = 0

    @property
    def web(self) -> Web:
        raise NotImplementedError

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Stay silent."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        wanted = (int(found[1]), int(found[2])) if found else None
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(parts.path, dict(parse_qsl(parts.query)), wanted, headers)
        fault = self.web.note(asked)
        if self.web.link:
            time.sleep(self.web.link.latency)
        try:
            if fault is None:
                self._answer(self.web.page(asked.path)(asked), asked)
            else:
                self._fail(fault, asked)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _answer(self, reply: Reply, asked: Asked, fault: Fault | None = None) -> None:
        start, length, status = 0, reply.size, reply.status
        headers = dict(reply.headers)
        if asked.range and fault is not Fault.NO_RANGES and status == 200:
            if asked.range[0] >= reply.size:
                return self._send(416, {"Content-Length": "0"}, iter(()))
            start, end = asked.range
            end = min(end, reply.size - 1)
            length, status = end - start + 1, 206
            shift = 7 if fault is Fault.WRONG_RANGE else 0
            headers["Content-Range"] = f"bytes {start + shift}-{end + shift}/{reply.size}"
        announced = length + (1000 if fault is Fault.WRONG_LENGTH else 0)
        headers |= {"Content-Length": str(announced), "Content-Type": reply.content_type}
        if fault in (Fault.CUT_OFF, Fault.WRONG_LENGTH):
            self.close_connection = True
        if fault is Fault.CUT_OFF:
            length //= 2
        offsets = range(start, start + length, _CHUNK)
        chunks = (reply.read(at, min(_CHUNK, start + length - at)) for at in offsets)
        return self._send(status, headers, chunks)

    def _send(self, status: int, headers: dict[str, str], chunks: Iterator[bytes]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        for chunk in chunks:
            if self.web.link:
                self.web.link.carry(len(chunk))
            self.wfile.write(chunk)
            self.web.add_sent(len(chunk))

    def _fail(self, fault: Fault, asked: Asked) -> None:  # noqa: C901, PLR0912
        empty = {"Content-Length": "0"}
        match fault:
            case Fault.HANG:
                self.web.stopping.wait()
            case Fault.DRIP:
                self._send(200, {"Content-Length": "100000"}, self._drops(0.05))
            case Fault.ENDLESS:
                self._send(
                    200, {"Content-Length": str(10 * 2**30)}, self._drops(0.0, b"x" * _CHUNK)
                )
            case Fault.RATE_LIMIT:
                self._send(429, {"Retry-After": "0", **empty}, iter(()))
            case Fault.RATE_LIMIT_FOR_AN_HOUR:
                self._send(429, {"Retry-After": "3600", **empty}, iter(()))
            case Fault.SERVER_ERROR:
                self._send(500, empty, iter(()))
            case Fault.REFUSED:
                self._send(403, empty, iter(()))
            case Fault.CHALLENGE:
                page = Reply(b"<html>Just a moment...</html>", "text/html", 403)
                page.headers["cf-mitigated"] = "challenge"
                self._answer(page, asked)
            case Fault.HTML:
                self._answer(Reply(b"<html>Sign in to continue</html>", "text/html"), asked)
            case Fault.ERRORS_IN_200:
                self._answer(as_json({"errors": ["api_key is needed"]}), asked)
            case Fault.REDIRECT_TO_FILE:
                self._send(302, {"Location": "file:///etc/passwd", **empty}, iter(()))
            case Fault.REDIRECT_TO_PRIVATE:
                self._send(302, {"Location": "https://127.0.0.1:1/secret", **empty}, iter(()))
            case Fault.REDIRECT_LOOP:
                self._send(302, {"Location": self.path, **empty}, iter(()))
            case _:
                self._answer(self.web.page(asked.path)(asked), asked, fault)
        if fault in (Fault.HANG, Fault.DRIP, Fault.ENDLESS):
            self.close_connection = True

    def _drops(self, pause: float, drop: bytes = b"x") -> Iterator[bytes]:
        while not self.web.stopping.wait(pause):
            yield drop
