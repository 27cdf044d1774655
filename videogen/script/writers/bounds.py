"""What keeps a writer's service from sending forever: a limit in time and in size on each answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import httpx

CONNECT_SECONDS = 3.0
MOST_BYTES = 16 * 2**20  # an answer of hours of narration is a fiftieth of it


class _Bounded(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, until: float) -> None:
        self._stream = stream
        self._until = until

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._stream:
            size += len(chunk)
            if size > MOST_BYTES:
                raise httpx.ReadError(f"the answer is longer than {MOST_BYTES} bytes")
            if time.monotonic() > self._until:
                raise httpx.ReadTimeout("the answer took too long")
            yield chunk

    def close(self) -> None:
        self._stream.close()


def client(
    seconds: float, hooks: tuple[Callable[[httpx.Response], None], ...] = ()
) -> httpx.Client:
    """Return a client whose answers begin within `seconds` and end within as many more.

    Raises from its calls:
        httpx.TimeoutException: an answer began or ended too late.
        httpx.TransportError: the connection failed, or the answer is too long.
    """

    def bound(response: httpx.Response) -> None:
        # A read time-out alone lets a server send a byte now and then for ever.
        if isinstance(response.stream, httpx.SyncByteStream):
            response.stream = _Bounded(response.stream, time.monotonic() + seconds)

    limits = httpx.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))
    return httpx.Client(timeout=limits, event_hooks={"response": [*hooks, bound]})
