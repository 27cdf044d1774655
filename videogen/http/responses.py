"""What is made of a service's answers: bodies within limits, and faults in our own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from videogen.errors import FootageError, SourceUnavailable
from videogen.http.network import ForbiddenAddress

# Longer than this a service that asks for patience is left alone for the rest of the run.
_PATIENCE_SECONDS = 15.0
RETRY_SECONDS = 0.5


class Refused(FootageError):
    """The service answers 401 or 403: the key, or this one thing, is refused."""


def read_whole(response: httpx.Response, most: int) -> bytes:
    """Return a whole body.

    Raises:
        FootageError: it is longer than `most` bytes.
    """
    announced = response.headers.get("content-length", "0")
    data = bytearray()
    if not announced.isdecimal() or int(announced) <= most:
        for chunk in response.iter_raw():
            data += chunk
            if len(data) > most:
                break
        else:
            return bytes(data)
    raise FootageError(f"More than {most // 2**20} MB were sent", where=place(response.url))


def read_what_comes(response: httpx.Response, most: int) -> bytes:
    """Return as much of a body as arrives, up to `most` bytes."""
    data = bytearray()
    try:
        for chunk in response.iter_raw():
            data += chunk
            if len(data) >= most:
                break
    except httpx.TransportError:
        # What arrived before the connection broke is good; the caller asks for the rest.
        if not data:
            raise
    return bytes(data[:most])


@contextmanager
def translated(url: httpx.URL) -> Iterator[None]:
    """Turn the transport's errors into ours."""
    try:
        yield
    except httpx.TimeoutException as exc:
        raise FootageError("No answer came in time", where=place(url)) from exc
    except httpx.ConnectError as exc:
        what = "There is no connection"
        if isinstance(exc.__cause__, ForbiddenAddress):
            what = "The address is not on the public internet"
        raise FootageError(what, where=place(url)) from exc
    except (httpx.TransportError, httpx.InvalidURL) as exc:
        raise FootageError("The connection broke", where=place(url)) from exc


def pause_before_retry(response: httpx.Response, url: httpx.URL) -> float:
    """Return the seconds after which a second try makes sense.

    Raises:
        SourceUnavailable: not in this run.
        Refused: the service knows us and says no.
        FootageError: it never does.
    """
    status = response.status_code
    if status in (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE):
        wanted = response.headers.get("retry-after", "")
        pause = float(wanted) if wanted.isdecimal() else RETRY_SECONDS
        if pause > _PATIENCE_SECONDS:
            raise SourceUnavailable(
                f"The service asks to be left alone for {pause:.0f} s", where=place(url)
            )
        return pause
    if response.is_server_error:
        return RETRY_SECONDS
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise Refused(failure(response), where=place(url))
    raise FootageError(failure(response), where=place(url))


def failure(response: httpx.Response) -> str:
    """Return what went wrong; only the number, the rest is the server's to write."""
    return f"The service answered {response.status_code}"


def content_range(response: httpx.Response, url: httpx.URL) -> tuple[int, int]:
    """Return where a partial body starts and how many bytes the whole file has."""
    found = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", response.headers.get("content-range", ""))
    if found is None:
        raise FootageError("The server does not say which part it sends", where=place(url))
    return int(found[1]), int(found[2])


def place(url: httpx.URL) -> str:
    """Return what of an address may be shown: never its query, never its user."""
    return f"{url.host}{url.raw_path.partition(b'?')[0].decode()}"[:160]
