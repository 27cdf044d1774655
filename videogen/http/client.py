"""The one way out to a footage service: bounded in time and size, and to allowed addresses only.

Whatever answers is taken for hostile: https or the configured base address, no private address, no
redirect elsewhere, no body without a limit. A key travels as a parameter of calls to the base
address and never shows in a log or an error.
"""

from __future__ import annotations

import logging
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import httpcore
import httpx
from pydantic import BaseModel, ValidationError

from videogen.errors import FootageError, Interrupted
from videogen.http.limits import Budget, time_limit
from videogen.http.network import ForbiddenAddress, GuardedNetwork
from videogen.http.responses import (
    RETRY_SECONDS,
    content_range,
    failure,
    pause_before_retry,
    place,
    read_what_comes,
    read_whole,
    translated,
)

CALL_SECONDS = 20.0
PART_SECONDS = 60.0
MOST_ANSWER_BYTES = 8 * 2**20
_PAUSE_SECONDS = 0.2
_REDIRECTS = 5
_CONNECTIONS = 8

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes of a remote file from `start` on, and the whole file's size in bytes."""

    start: int
    data: bytes
    total: int


class _HideQueries(logging.Filter):
    """Keys travel in queries, and httpx logs every address it calls."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                one.copy_with(query=None) if isinstance(one, httpx.URL) else one
                for one in record.args
            )
        return True


_HIDE_QUERIES = _HideQueries()


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    # Reading the certificates takes longer than a call.
    return httpx.create_ssl_context()


class _GuardedTransport(httpx.HTTPTransport):
    def __init__(self, network: GuardedNetwork) -> None:
        super().__init__(verify=_tls())
        # httpx has no public way to pass on httpcore's own seam for the network.
        self._pool = httpcore.ConnectionPool(
            ssl_context=_tls(),
            max_connections=_CONNECTIONS,
            network_backend=network,
        )


class Link:
    """A client for one service; its methods may be called from several threads at once.

    Raises:
        SourceUnavailable: the service wants to be left alone, or time is up.
        FootageError: this one call failed.
        Interrupted: the link was closed. No failure of the service, so that nobody looks elsewhere.
    """

    def __init__(
        self,
        base_url: str,
        budget: Budget,
        key: Mapping[str, str] | None = None,
        *,
        call_seconds: float = CALL_SECONDS,
    ) -> None:
        self._base = httpx.URL(base_url.rstrip("/"))
        self._budget = budget
        self._key = dict(key or {})
        self._call_seconds = call_seconds
        self._network = GuardedNetwork((self._base.host, _port(self._base)))
        self._client = httpx.Client(
            transport=_GuardedTransport(self._network),
            timeout=httpx.Timeout(15.0, connect=5.0, pool=PART_SECONDS),
            headers={"User-Agent": "videogen", "Accept-Encoding": "identity"},
            trust_env=False,
        )
        self._closed = threading.Event()
        self._pace = threading.Lock()
        self._next_call = 0.0
        logging.getLogger("httpx").addFilter(_HIDE_QUERIES)
        # Its debug lines quote headers, addresses of redirects among them.
        logging.getLogger("httpcore").setLevel(logging.INFO)

    def ask(self, path: str, parameters: Mapping[str, str | int], model: type[M]) -> M:
        """Return the checked answer to a question about footage, at a polite rate."""
        self._wait_for_turn()
        url = self._base.join(self._base.path.rstrip("/") + path)
        url = url.copy_merge_params({**parameters, **self._key})
        with self._limits(self._call_seconds), self._open(url) as response:
            body = read_whole(response, MOST_ANSWER_BYTES)
        try:
            return model.model_validate_json(body)
        except ValidationError as exc:
            raise FootageError("The answer is not what was agreed", where=place(url)) from exc

    def read(self, url: str, most: int) -> bytes:
        """Return a whole file of at most `most` bytes."""
        target = self._keyed(url)
        with self._limits(PART_SECONDS), self._open(target) as response:
            return read_whole(response, most)

    def read_part(self, url: str, start: int, length: int, most_unasked: int) -> Part:
        """Return bytes of a file; fewer where the file or the connection ends.

        A server that knows no ranges sends the whole file: it is taken up to `most_unasked` bytes.
        """
        target = self._keyed(url)
        headers = {"Range": f"bytes={start}-{start + length - 1}"}
        with self._limits(PART_SECONDS), self._open(target, headers) as response:
            if response.status_code == httpx.codes.PARTIAL_CONTENT:
                found, total = content_range(response, target)
                if found != start:
                    raise FootageError("Another part of the file was sent", where=place(target))
                return Part(start, read_what_comes(response, length), total)
            data = read_whole(response, most_unasked)
            return Part(0, data, len(data))

    def close(self) -> None:
        """End all calls, also those under way in other threads."""
        self._closed.set()
        self._network.cut()
        self._client.close()

    @contextmanager
    def _limits(self, seconds: float) -> Iterator[None]:
        with time_limit(min(seconds, self._budget.remaining())):
            yield

    def _wait_for_turn(self) -> None:
        with self._pace:
            turn = max(self._next_call, time.monotonic())
            self._next_call = turn + _PAUSE_SECONDS
        self._wait(turn - time.monotonic())

    def _wait(self, seconds: float) -> None:
        if self._closed.wait(max(0.0, seconds)):
            raise Interrupted("The run was stopped")

    @contextmanager
    def _open(
        self, url: httpx.URL, headers: Mapping[str, str] | None = None
    ) -> Iterator[httpx.Response]:
        """Yield the answer to a GET whose status says that all is well, its body unread."""
        try:
            with translated(url):
                response = self._patiently(url, headers or {})
                try:
                    yield response
                finally:
                    response.close()
        except FootageError as exc:
            if self._closed.is_set():
                raise Interrupted("The run was stopped") from exc
            # A call that ran into the end of the run's time says nothing against the service.
            self._budget.remaining()
            raise

    def _patiently(self, url: httpx.URL, headers: Mapping[str, str]) -> httpx.Response:
        try:
            response = self._follow(url, headers)
        except (httpx.NetworkError, httpx.RemoteProtocolError) as exc:
            if isinstance(exc.__cause__, ForbiddenAddress):
                raise
            self._wait(RETRY_SECONDS)
        else:
            if response.is_success:
                return response
            response.close()
            self._wait(pause_before_retry(response, url))
        response = self._follow(url, headers)
        if response.is_success:
            return response
        response.close()
        raise FootageError(failure(response), where=place(url))

    def _follow(self, url: httpx.URL, headers: Mapping[str, str]) -> httpx.Response:
        for _ in range(_REDIRECTS):
            self._refuse_unless_allowed(url)
            if self._closed.is_set():
                raise Interrupted("The run was stopped")
            request = self._client.build_request("GET", url, headers=headers)
            response = self._client.send(request, stream=True)
            if not response.has_redirect_location:
                return response
            response.close()
            url = url.join(response.headers["location"])
        raise FootageError("The address leads in circles", where=place(url))

    def _refuse_unless_allowed(self, url: httpx.URL) -> None:
        if not self._is_base(url) and (url.scheme != "https" or not url.host):
            raise FootageError("The address is not https", where=place(url))

    def _is_base(self, url: httpx.URL) -> bool:
        base = self._base
        return (url.scheme, url.host, _port(url)) == (base.scheme, base.host, _port(base))

    def _keyed(self, url: str) -> httpx.URL:
        try:
            target = httpx.URL(url)
        except (httpx.InvalidURL, ValueError) as exc:
            raise FootageError("The address can't be read") from exc
        if target.scheme == "http" and not self._is_base(target):
            target = target.copy_with(scheme="https")
        return target.copy_merge_params(self._key) if self._is_base(target) else target


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)
