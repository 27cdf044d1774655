"""The client of a footage service: which of our errors its faults are, and how long it may take."""

from __future__ import annotations

from collections.abc import Mapping

from videogen.errors import FootageError, SourceUnavailable
from videogen.http.client import CALL_SECONDS, PACE_SECONDS, Client
from videogen.http.errors import ErrorTranslation, Meaning
from videogen.http.limits import Budget


class Refused(FootageError):
    """The service answers 401 or 403: the key, or this one thing, is refused."""


_ERRORS = ErrorTranslation(
    unreachable=FootageError,
    unusable=FootageError,
    busy=SourceUnavailable,
    statuses={status: Meaning(Refused, f"The service answered {status}") for status in (401, 403)},
)


def footage_client(
    base_url: str,
    budget: Budget,
    key: Mapping[str, str] | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    pace: float = PACE_SECONDS,
    call_seconds: float = CALL_SECONDS,
) -> Client:
    """Return a client that waits for a busy service as long as the run's budget lasts."""
    return Client(
        base_url,
        _ERRORS,
        seconds=call_seconds,
        budget=budget,
        key=key,
        headers=headers,
        pace=pace,
    )
