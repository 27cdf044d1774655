"""Bodies within limits: what is counted is what they unpack to, while they are unpacked."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator

import httpx

from videogen.http.errors import RefusedBody

_STEP_BYTES = 64 * 2**10
# More name no file on earth, and Python reads only some thousand of them.
_MOST_DIGITS = 18
_GZIP = zlib.MAX_WBITS | 16


class _BoundedBody(httpx.SyncByteStream):
    """Chunks of a body, up to `most` bytes; `stream` is what is read, closed with it."""

    def __init__(self, chunks: Iterable[bytes], stream: httpx.SyncByteStream, most: int) -> None:
        self._chunks = chunks
        self._stream = stream
        self._most = most

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._chunks:
            size += len(chunk)
            if size > self._most:
                raise _too_long(self._most)
            yield chunk

    def close(self) -> None:
        self._stream.close()


def bound(response: httpx.Response, accepted: str, most: int) -> None:
    """Let a response's body be read only as far as `most` bytes, unpacked a little at a time.

    Raises:
        RefusedBody: it says that it is longer, or is packed otherwise than `accepted`; read, it
            raises the same.
    """
    stream = response.stream
    if not isinstance(stream, httpx.SyncByteStream):
        raise TypeError("a synchronous transport gives synchronous bodies")
    announced = response.headers.get("content-length", "0")
    if announced.isdecimal() and (len(announced) > _MOST_DIGITS or int(announced) > most):
        raise _too_long(most)
    # Taken away, for else httpx would unpack the body again, and as far as it goes.
    encoding = response.headers.pop("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", accepted):
        raise RefusedBody("The answer is packed in a way that was not asked for")
    chunks = stream if encoding == "identity" else _inflated(stream)
    response.stream = _BoundedBody(chunks, stream, most)


def _too_long(most: int) -> RefusedBody:
    return RefusedBody(f"More than {most // 2**20} MB were sent")


def _inflated(stream: httpx.SyncByteStream) -> Iterator[bytes]:
    inflater = zlib.decompressobj(_GZIP)
    try:
        for chunk in stream:
            rest = chunk
            while rest and not inflater.eof:
                yield inflater.decompress(rest, _STEP_BYTES)
                rest = inflater.unconsumed_tail
    except zlib.error as exc:
        raise httpx.RemoteProtocolError("the body can't be unpacked") from exc
    if not inflater.eof:
        # A step that filled its room exactly leaves a few bytes within.
        yield inflater.flush()
    if not inflater.eof:
        raise httpx.RemoteProtocolError("the packed body ends too soon")


def read_what_comes(response: httpx.Response, most: int) -> bytes:
    """Return as much of a body as arrives, up to `most` bytes."""
    data = bytearray()
    try:
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) >= most:
                break
    except httpx.TransportError:
        # What arrived before the connection broke is good; the caller asks for the rest.
        if not data:
            raise
    return bytes(data[:most])


def content_range(response: httpx.Response) -> tuple[int, int] | None:
    """Return where a partial body starts and the whole file's bytes, none if it does not say."""
    found = re.fullmatch(
        r"bytes (\d{1,18})-\d{1,18}/(\d{1,18})", response.headers.get("content-range", "")
    )
    return (int(found[1]), int(found[2])) if found else None
