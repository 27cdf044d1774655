"""When a request is made again: the same for every service."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from videogen.http.network import ForbiddenAddress

# 529 is Anthropic's for being overloaded.
TRANSIENT = frozenset({408, 429, 500, 502, 503, 504, 529})
TRIES = 3
_BACKOFF_SECONDS = 0.2
# Rate limits are counted by the minute; a refusal that names no time is over after a third of one.
_UNKNOWN_WAIT = 20.0
_LONG_AGO = 1e9


@dataclass(frozen=True, slots=True)
class Pause:
    """Seconds before the next try, and whether it was the service that named them."""

    seconds: float
    asked: bool = False


class Retries:
    """The retries of one request.

    Faults that come without a time to wait are borne `tries` times, after growing pauses; a
    service that names a time is obeyed each time, so that only the caller's patience ends that.
    """

    def __init__(self, tries: int = TRIES) -> None:
        self._tries = tries
        self._pauses = 0
        self._faults = 0

    def after_answer(self, response: httpx.Response) -> Pause | None:
        """Return the pause that an answer calls for, none where it stands as it is."""
        if response.status_code not in TRANSIENT and not _is_busy_wiki(response):
            return None
        asked = _retry_after(response)
        # At once is no time: it would be a loop as fast as the line.
        return Pause(max(asked, self._backoff()), asked=True) if asked else self._after_fault()

    def after_error(self, error: httpx.HTTPError | httpx.InvalidURL) -> Pause | None:
        """Return the pause after a connection's fault, none where another try is of no use."""
        # What took too long once takes too long: "no answer within N s" shall not be three times N.
        is_passing = isinstance(error, (httpx.NetworkError, httpx.RemoteProtocolError))
        if not is_passing or isinstance(error.__cause__, ForbiddenAddress):
            return None
        return self._after_fault()

    def _after_fault(self) -> Pause | None:
        self._faults += 1
        return Pause(self._backoff()) if self._faults < self._tries else None

    def _backoff(self) -> float:
        self._pauses += 1
        return _BACKOFF_SECONDS * 2.0 ** (self._pauses - 1)


def _is_busy_wiki(response: httpx.Response) -> bool:
    """Tell whether a MediaWiki is busy, which it says with 200.

    See https://www.mediawiki.org/wiki/API:Errors_and_warnings.
    """
    return response.headers.get("mediawiki-api-error") in ("ratelimited", "maxlag")


def _retry_after(response: httpx.Response) -> float:
    """Return the seconds that a service asks for, 0 where it names none."""
    given = response.headers.get("retry-after", "")
    unknown = 0.0
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS or _is_busy_wiki(response):
        given, unknown = given or response.headers.get("x-ratelimit-reset", ""), _UNKNOWN_WAIT
    try:
        seconds = float(given)
        # The end of the limit's window is named in seconds from now, or since 1970.
        seconds -= time.time() if seconds > _LONG_AGO else 0.0
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(given) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError, OverflowError):
            return unknown
    return max(0.0, seconds) if math.isfinite(seconds) else unknown
