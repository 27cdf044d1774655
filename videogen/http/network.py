"""Connections that lead nowhere private, wait no longer than allowed, and can be cut at once.

A name with several addresses is tried at each, within its share of the time to connect.

The address is checked where the connection is made, after the name was resolved: a name that
resolves to a private address only the second time is refused as well.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore

from videogen.http.addresses import Address, is_public
from videogen.http.limits import time_left

_CONNECT_SECONDS = 5.0
# One name server may be dead: the next is asked after five seconds.
_NAMING_SECONDS = 12.0


class ForbiddenAddress(httpcore.ConnectError):
    """A name leads to an address that is not on the public internet."""


class GuardedNetwork(httpcore.NetworkBackend):
    """Connects to public addresses, and to the one trusted host and port wherever they are."""

    def __init__(self, trusted: tuple[str, int]) -> None:
        self._trusted = trusted
        self._backend = httpcore.SyncBackend()
        self._open: set[_GuardedStream] = set()
        self._is_cut = False
        self._lock = threading.Lock()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the host's addresses that answers, IPv6 before IPv4."""
        addresses = _addresses(host, port)
        if (host, port) != self._trusted and not all(map(is_public, addresses)):
            raise ForbiddenAddress(f"{host} is not on the public internet")
        limit = _CONNECT_SECONDS if timeout is None else min(timeout, _CONNECT_SECONDS)
        stream = self._first(addresses, port, limit, local_address, socket_options)
        return self.watch(stream)

    def _first(
        self,
        addresses: Sequence[Address],
        port: int,
        limit: float,
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.NetworkStream:
        end = time.monotonic() + time_left(limit)
        for untried in range(len(addresses), 0, -1):
            share = (end - time.monotonic()) / untried
            try:
                return self._backend.connect_tcp(
                    str(addresses[-untried]),
                    port,
                    _allowed(share, httpcore.ConnectTimeout),
                    local_address,
                    socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if untried == 1:
                    raise
        raise httpcore.ConnectError("the name has no address")

    def watch(self, stream: httpcore.NetworkStream) -> httpcore.NetworkStream:
        """Return the stream as one that `cut` reaches."""
        guarded = _GuardedStream(stream, self)
        with self._lock:
            self._open.add(guarded)
            is_cut = self._is_cut
        if is_cut:
            guarded.cut()
        return guarded

    def forget(self, stream: _GuardedStream) -> None:
        """Let go of a stream that is closed."""
        with self._lock:
            self._open.discard(stream)

    def cut(self) -> None:
        """End every connection, also while other threads wait on it, and all that follow."""
        with self._lock:
            self._is_cut = True
            streams = tuple(self._open)
        for stream in streams:
            stream.cut()


class _GuardedStream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, network: GuardedNetwork) -> None:
        self._inner = inner
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _allowed(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _allowed(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._network.forget(self)
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        limit = _allowed(timeout, httpcore.ConnectTimeout)
        secured = self._inner.start_tls(ssl_context, server_hostname, limit)
        self._network.forget(self)
        return self._network.watch(secured)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def cut(self) -> None:
        connection = self._inner.get_extra_info("socket")
        try:
            # The plain socket's own shutdown: TLS would first pull the ground from under a reader.
            socket.socket.shutdown(connection, socket.SHUT_RDWR)
        except OSError:
            return  # the other side was faster


def _allowed(timeout: float | None, expired: type[Exception]) -> float:
    left = time_left(timeout)
    if left <= 0:
        raise expired("the call's time is over")
    return left


def _addresses(host: str, port: int) -> Sequence[Address]:
    """Return the addresses of a host, IPv6 first.

    The system's own look-up obeys no limit and no signal, so that it is waited for from outside.
    """
    answer: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put([str(entry[4][0]) for entry in found])
        except (OSError, UnicodeError) as exc:
            answer.put(exc)

    threading.Thread(target=ask, name="name service", daemon=True).start()
    try:
        named = answer.get(timeout=_allowed(_NAMING_SECONDS, httpcore.ConnectTimeout))
    except queue.Empty as exc:
        raise httpcore.ConnectTimeout(f"the name service is silent about {host}") from exc
    if isinstance(named, Exception):
        raise httpcore.ConnectError(f"{host} is not found") from named
    return sorted(map(ipaddress.ip_address, dict.fromkeys(named)), key=lambda one: -one.version)
