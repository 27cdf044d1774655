"""The one way out to a service: bounded in time and size, and to allowed addresses only.

Whatever answers is taken for hostile: https or the configured base address, no private address, no
redirect elsewhere, no body without a limit. A key travels as a parameter or a header of
calls to the base address and never shows in a log or an error.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from videogen.errors import VideogenError
from videogen.http.bodies import content_range, read_what_comes
from videogen.http.errors import ErrorTranslation
from videogen.http.limits import Budget
from videogen.http.ranged import ByteRange
from videogen.http.requests import RequestFactory
from videogen.http.retry import TRIES
from videogen.http.session import Session
from videogen.http.transport import GuardedTransport

CALL_SECONDS = 20.0
RANGE_SECONDS = 60.0
_IDLE_SECONDS = 30.0  # between two pieces of a file
PACE_SECONDS = 0.2

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered, whatever it means by it."""

    status: int
    content: bytes
    url: httpx.URL

    @property
    def is_success(self) -> bool:
        """Whether all is well."""
        return httpx.codes.is_success(self.status)


class Client(AbstractContextManager["Client"]):
    """Calls one service; its methods may be called from several threads at once.

    An answer may take `seconds`, tries together; `patience` is how many seconds one call waits
    when the service asks for it, or as long as the `budget` lasts. The `key` is added to the
    parameters of calls to the base address, `headers` are sent to that origin alone; between two
    questions lie `pace` seconds.

    Raises:
        VideogenError: a call failed, of the kind that `errors` says.
        SourceUnavailable: the budget is spent.
        Interrupted: the client was closed. No failure of the service, so that nobody looks
            elsewhere.
    """

    def __init__(
        self,
        base_url: str,
        errors: ErrorTranslation,
        *,
        seconds: float = CALL_SECONDS,
        patience: float = math.inf,
        tries: int = TRIES,
        budget: Budget | None = None,
        key: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        pace: float = PACE_SECONDS,
    ) -> None:
        self._errors = errors
        self._seconds = seconds
        with self._readable():
            self._requests = RequestFactory(base_url, key or {}, headers or {})
        transport = GuardedTransport(self._requests.base, frozenset(headers or ()))
        self._session = Session(transport, errors, patience, tries, budget)
        self._patience = patience
        self._pace_seconds = pace
        self._pace = threading.Lock()
        self._next_call = 0.0

    def ask(self, path: str, parameters: Mapping[str, str | int], model: type[M]) -> M:
        """Return the checked answer to a question, at a polite rate."""
        self._wait_for_turn()
        return self._checked(self._requests.question(path, parameters, self._seconds), model)

    def head(self) -> int:
        """Return the status that the base address itself answers."""
        return self.send(self._requests.head(self._seconds)).status_code

    def post(self, path: str, body: Mapping[str, Any], model: type[M]) -> M:
        """Return the checked answer to a JSON object."""
        return self._checked(self._requests.post(path, body, self._seconds), model)

    def exchange(self, path: str, body: Mapping[str, Any]) -> Reply:
        """Return the answer to a JSON object, whatever its status."""
        response = self.send(self._requests.post(path, body, self._seconds))
        return Reply(response.status_code, response.content, response.request.url)

    def wait(self, seconds: float) -> None:
        """Wait as long as the service's limits ask for, within the patience."""
        if seconds > self._patience:
            raise self._errors.of_wait(seconds, self._requests.base)
        self._session.wait(seconds)

    def read(self, url: str, most: int) -> bytes:
        """Return a whole file of at most `most` bytes."""
        return self._fetch(self._file(url, most), httpx.Response.read, RANGE_SECONDS)

    def read_range(self, url: str, start: int, length: int, most_unasked: int) -> ByteRange:
        """Return bytes of a file; fewer where the file or the connection ends.

        A server that knows no ranges sends the whole file: it is taken up to `most_unasked` bytes.
        """
        request = self._file(url, most_unasked, (start, start + length - 1))

        def take(response: httpx.Response) -> ByteRange:
            if response.status_code != httpx.codes.PARTIAL_CONTENT:
                data = response.read()
                return ByteRange(0, data, len(data), str(response.url))
            match content_range(response):
                case (found, total) if found == start:
                    data = read_what_comes(response, length)
                    return ByteRange(start, data, total, str(response.url))
            raise self._errors.of_nonsense(request.url, "Another part of the file was sent")

        return self._fetch(request, take, RANGE_SECONDS)

    def save(self, url: str, path: Path, most: int) -> None:
        """Write a file of at most `most` bytes to the disk."""

        def take(response: httpx.Response) -> None:
            with path.open("wb") as file:
                file.writelines(response.iter_bytes())

        self._fetch(self._file(url, most), take, self._seconds)

    def send(self, request: httpx.Request) -> httpx.Response:
        """Return the whole answer to a request that others made, whatever its status."""

        def take(response: httpx.Response) -> httpx.Response:
            response.read()
            return response

        return self._session.send(self._requests.adopt(request), take, self._seconds)

    def for_sdk(self) -> httpx.Client:
        """Return what a service's own SDK takes for its client, with all our limits and retries."""
        return _SdkClient(self, self._session.transport)

    def close(self) -> None:
        """End all calls, also those under way in other threads."""
        self._session.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except (httpx.InvalidURL, ValueError) as exc:
            raise self._errors.of_error(httpx.InvalidURL(""), None, self._seconds) from exc

    def _file(self, url: str, most: int, wanted: tuple[int, int] | None = None) -> httpx.Request:
        with self._readable():
            return self._requests.file(url, _IDLE_SECONDS, most, wanted)

    def _checked(self, request: httpx.Request, model: type[M]) -> M:
        body = self._call(request, httpx.Response.read, self._seconds, self._errors.of_answer)
        try:
            return model.model_validate_json(body)
        except ValidationError as exc:
            raise self._errors.of_nonsense(request.url) from exc

    def _fetch(
        self, request: httpx.Request, take: Callable[[httpx.Response], T], seconds: float
    ) -> T:
        return self._call(request, take, seconds, self._errors.of_file)

    def _call(
        self,
        request: httpx.Request,
        take: Callable[[httpx.Response], T],
        seconds: float,
        refusal: Callable[[httpx.Response], VideogenError],
    ) -> T:
        """Return what `take` makes of an answer whose status says that all is well."""

        def take_good(response: httpx.Response) -> T:
            if not response.is_success:
                raise refusal(response)
            return take(response)

        return self._session.send(request, take_good, seconds)

    def _wait_for_turn(self) -> None:
        with self._pace:
            turn = max(self._next_call, time.monotonic())
            self._next_call = turn + self._pace_seconds
        self._session.wait(turn - time.monotonic())


class _SdkClient(httpx.Client):
    def __init__(self, client: Client, transport: httpx.BaseTransport) -> None:
        super().__init__(transport=transport)
        self._sender = client

    def send(self, request: httpx.Request, **_options: object) -> httpx.Response:
        return self._sender.send(request)
