"""Requests that are made again until an answer stands, within patience, time and budget."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

import httpx

from videogen.errors import Interrupted
from videogen.http.errors import ErrorTranslation, place
from videogen.http.limits import Budget, time_left, time_limit
from videogen.http.retry import Pause, Retries
from videogen.http.transport import GuardedTransport

log = logging.getLogger(__name__)

_REDIRECTS = 5

T = TypeVar("T")


class Session:
    """Sends requests to one service; from several threads at once, until it is closed."""

    def __init__(
        self,
        transport: GuardedTransport,
        errors: ErrorTranslation,
        patience: float,
        tries: int,
        budget: Budget | None,
    ) -> None:
        self._errors = errors
        self._patience = patience
        self._tries = tries
        self._budget = budget
        self.transport = transport
        self._http = httpx.Client(
            transport=self.transport, follow_redirects=True, max_redirects=_REDIRECTS
        )
        self._closed = threading.Event()

    def close(self) -> None:
        """End all calls, also those under way in other threads."""
        self._closed.set()
        self.transport.cut()
        self.transport.close()

    def send(
        self, request: httpx.Request, take: Callable[[httpx.Response], T], seconds: float
    ) -> T:
        """Return what `take` makes of the first answer that stands, of any status."""
        retries, patience, left = Retries(self._tries), self._patience, seconds
        while True:
            began = time.monotonic()
            try:
                with self._limit(left), self._sent(request) as response:
                    pause = retries.after_answer(response)
                    if pause is None:
                        return take(response)
            except UnicodeError as exc:
                # httpx reads an international name only on the way, also that of a redirect.
                self._give_up(httpx.InvalidURL(str(exc)), request.url, seconds)
            except (httpx.HTTPError, httpx.InvalidURL) as exc:
                pause = None if self._closed.is_set() else retries.after_error(exc)
                if pause is None:
                    self._give_up(exc, request.url, seconds)
            left -= time.monotonic() - began
            patience = self._pause(pause, patience, request.url)

    def _give_up(
        self, error: httpx.HTTPError | httpx.InvalidURL, url: httpx.URL, seconds: float
    ) -> NoReturn:
        if self._closed.is_set():
            raise Interrupted("The run was stopped") from error
        # A call that ran into the end of the run's time says nothing against the service.
        if self._budget:
            self._budget.remaining()
        raise self._errors.of_error(error, url, seconds) from error

    @contextmanager
    def _limit(self, seconds: float) -> Iterator[None]:
        with time_limit(min(seconds, self._budget.remaining() if self._budget else math.inf)):
            yield

    @contextmanager
    def _sent(self, request: httpx.Request) -> Iterator[httpx.Response]:
        self.wait(0)
        response = self._http.send(request, stream=True)
        try:
            yield response
        finally:
            response.close()

    def _pause(self, pause: Pause, patience: float, url: httpx.URL) -> float:
        """Wait, and return the patience that is left."""
        if pause.asked:
            bound = time_left(self._budget.remaining() if self._budget else patience)
            if pause.seconds > min(bound, patience):
                raise self._errors.of_wait(pause.seconds, url)
            log.warning("%s is busy, going on in %.0f s", place(url), pause.seconds)
            patience -= pause.seconds
        self.wait(pause.seconds)
        return patience

    def wait(self, seconds: float) -> None:
        """Wait, or raise Interrupted when the session is closed."""
        if self._closed.wait(max(0.0, seconds)):
            raise Interrupted("The run was stopped")
