"""The client of a footage service: which of our errors its faults are, and how long it may take."""

from __future__ import annotations

import math
from collections.abc import Mapping

from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.http.client import CALL_SECONDS, PACE_SECONDS, Client
from videogen.http.errors import ErrorTranslation, Meaning
from videogen.http.limits import Budget


class Refused(FootageError):
    """The service answers 401 or 403: the key, or this one thing, is refused."""


class Rejected(FootageError):
    """The service answers 400: it can't make anything of the question."""


class NotThere(FootageError):
    """The service answers 404: it has nothing of that name."""


_KINDS = {400: Rejected, 401: Refused, 403: Refused, 404: NotThere}
# Stores of files answer 403 to a name that they don't know. One dead address says nothing of the
# service that named it.
_FILE_KINDS = dict.fromkeys((403, 404, 410), UnusableClip)
_ERRORS = ErrorTranslation(
    unreachable=FootageError,
    unusable=FootageError,
    busy=SourceUnavailable,
    statuses={
        status: Meaning(kind, f"The service answered {status}") for status, kind in _KINDS.items()
    },
    file_statuses={
        status: Meaning(kind, f"The file is not there: {status}")
        for status, kind in _FILE_KINDS.items()
    },
    challenge=Meaning(
        SourceUnavailable,
        "The service wants to see a person's browser (a Cloudflare challenge)",
        cure="It does so in some networks: try another one, or leave this source out.",
    ),
)


def footage_client(
    base_url: str,
    budget: Budget,
    key: Mapping[str, str] | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    pace: float = PACE_SECONDS,
    patience: float = math.inf,
    call_seconds: float = CALL_SECONDS,
) -> Client:
    """Return a client that waits for a busy service for `patience` seconds within the budget."""
    return Client(
        base_url,
        _ERRORS,
        seconds=call_seconds,
        patience=patience,
        budget=budget,
        key=key,
        headers=headers,
        pace=pace,
    )
