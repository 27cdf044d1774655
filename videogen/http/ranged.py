"""A remote file that reads like a local one and fetches only the bytes that are asked for."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Protocol

from videogen.errors import FootageError

# What is fetched where nobody said in advance how much will be needed.
_STEP_BYTES = 64 * 2**10
_MOST_AT_ONCE = 128 * 2**20
# Servers without ranges send everything: more than this for a few seconds is a waste.
_MOST_UNASKED = 48 * 2**20
_TRIES = 3


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes of a remote file from `start` on, and the whole file's size in bytes.

    `url` is where they were found in the end, by whatever redirects.
    """

    start: int
    data: bytes
    total: int
    url: str


class Reads(Protocol):
    """What fetches bytes of a file, as `Client.read_range` does."""

    def __call__(self, url: str, start: int, length: int, most_unasked: int, /) -> ByteRange:
        """Return bytes of a file."""
        ...


class RangedFile:
    """Seekable bytes behind an address, kept in memory; for one thread.

    `read` may return less than it was asked for, as raw files do. `fetched` counts bytes that came
    over the network.

    Raises:
        FootageError: a part can't be had.
    """

    def __init__(self, read_range: Reads, url: str) -> None:
        self._read_range = read_range
        self._url = url
        self._parts: list[tuple[int, bytes]] = []
        self._position = 0
        self.fetched = 0
        self.size = 0
        """Bytes of the whole file, known once any of it was read."""

    def read(self, size: int = -1) -> bytes:
        """Return bytes from the current position, none at the end."""
        if self.size and self._position >= self.size:
            return b""
        found = self._held(self._position)
        if not found:
            self.want(self._position, max(size, _STEP_BYTES))
            found = self._held(self._position)
        data = bytes(found[:size] if size >= 0 else found)
        self._position += len(data)
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a position in bytes and return it."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def tell(self) -> int:
        """Return the position in bytes."""
        return self._position

    def want(self, start: int, length: int) -> None:
        """Fetch a stretch at once, as far as it is not here yet, going on where it was cut off."""
        if length > _MOST_AT_ONCE:
            raise FootageError(f"A piece of {length // 2**20} MB is too much to fetch")
        end = min(start + length, self.size or start + length)
        idle = 0
        while start < end:
            if held := self._held(start):
                start += len(held)
                continue
            part = self._read_range(self._url, start, self._gap(start, end), _MOST_UNASKED)
            self._keep(part)
            # An archive sends each question on to the machine that has the file; once is enough.
            self._url = part.url
            end = min(end, self.size)
            idle = 0 if part.data else idle + 1
            if idle == _TRIES:
                raise FootageError("The connection breaks again and again")

    def _gap(self, start: int, end: int) -> int:
        return min([end, *(at for at, _ in self._parts if at > start)]) - start

    def _keep(self, part: ByteRange) -> None:
        if self.size not in (0, part.total):
            raise FootageError("The file changed while it was read")
        self.size = part.total
        self.fetched += len(part.data)
        if part.data:
            self._parts.append((part.start, part.data))

    def _held(self, position: int) -> memoryview:
        for start, data in self._parts:
            if start <= position < start + len(data):
                return memoryview(data)[position - start :]
        return memoryview(b"")
