"""Where every request passes: allowed addresses only, by the proxy that is set, bounded bodies."""

from __future__ import annotations

import ssl
import threading
from functools import lru_cache

import httpcore
import httpx

from videogen.http.addresses import is_loopback, is_public, literal_address, origin, port_of
from videogen.http.bodies import bound
from videogen.http.network import ForbiddenAddress, GuardedNetwork
from videogen.http.proxies import proxy_for

MOST_ANSWER_BYTES = 8 * 2**20
# The name of the limit among a request's extensions.
MOST_BYTES = "videogen_most_bytes"
_CONNECTIONS = 8


@lru_cache(maxsize=1)
def tls() -> ssl.SSLContext:
    """Return the certificates to trust; reading them takes longer than a call."""
    return httpx.create_ssl_context()


class _Pool(httpx.HTTPTransport):
    """Connections straight to services, or to one proxy."""

    def __init__(self, base: httpx.URL, proxy: httpx.Proxy | None) -> None:
        super().__init__(verify=tls())
        # httpx has no public way to pass on httpcore's own seam for the network.
        if proxy is None:
            self.network = GuardedNetwork((base.host, port_of(base)))
            self._pool = httpcore.ConnectionPool(
                ssl_context=tls(), max_connections=_CONNECTIONS, network_backend=self.network
            )
        else:
            # A company's proxy mostly has a private address; the user chose it.
            self.network = GuardedNetwork((proxy.url.host, port_of(proxy.url)))
            self._pool = httpcore.HTTPProxy(
                proxy_url=str(proxy.url),
                proxy_auth=proxy.raw_auth,
                ssl_context=tls(),
                proxy_ssl_context=tls() if proxy.url.scheme == "https" else None,
                max_connections=_CONNECTIONS,
                network_backend=self.network,
            )


class GuardedTransport(httpx.BaseTransport):
    """Sends requests, also those that redirects make, to https or to the base address.

    Headers that are named private go to the base address alone. Each request is told how many bytes
    its answer may unpack to by the extension `MOST_BYTES`.
    """

    def __init__(self, base: httpx.URL, private_headers: frozenset[str] = frozenset()) -> None:
        self._base = base
        self._private_headers = private_headers
        self._pools: dict[str, _Pool] = {}
        self._lock = threading.Lock()
        self._is_cut = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer, its body unread.

        Raises:
            TransportError: the address is not allowed, can't be reached, or answers badly.
        """
        url = request.url
        is_base = origin(url) == origin(self._base)
        if not is_base:
            # A redirect keeps the headers of the request that it answers.
            for name in self._private_headers:
                request.headers.pop(name, None)
        if not is_base and (url.scheme != "https" or not url.host):
            raise httpx.UnsupportedProtocol("The address is not https")
        proxy = proxy_for(url)
        if proxy and not is_base:
            _refuse_private_literal(url.host)
        response = self._pool(proxy).handle_request(request)
        try:
            most = request.extensions.get(MOST_BYTES, MOST_ANSWER_BYTES)
            bound(response, request.headers.get("accept-encoding", ""), most)
        except httpx.TransportError:
            response.close()
            raise
        return response

    def cut(self) -> None:
        """End every connection, also while other threads wait on it, and all that follow."""
        with self._lock:
            self._is_cut = True
            pools = tuple(self._pools.values())
        for pool in pools:
            pool.network.cut()

    def close(self) -> None:
        """Close connections that nobody waits on."""
        with self._lock:
            pools = tuple(self._pools.values())
        for pool in pools:
            pool.close()

    def _pool(self, proxy: httpx.Proxy | None) -> _Pool:
        key = str(proxy.url) if proxy else ""
        with self._lock:
            if key not in self._pools:
                self._pools[key] = _Pool(self._base, proxy)
                if self._is_cut:
                    self._pools[key].network.cut()
            return self._pools[key]


def _refuse_private_literal(host: str) -> None:
    # A name that a proxy looks up is its own to judge: where only the proxy resolves names, looking
    # it up here fails or says something else. What is an address already can still be refused.
    address = literal_address(host)
    if is_loopback(host) or (address and not is_public(address)):
        message = f"{host} is not on the public internet"
        raise httpx.ConnectError(message) from ForbiddenAddress(message)
