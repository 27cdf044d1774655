"""Which addresses answer at all, whatever they say, and by which way they are reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx

from videogen.errors import VideogenError
from videogen.http.client import Client
from videogen.http.errors import ErrorTranslation
from videogen.http.proxies import proxy_for

# What is refused on its way here was sent by somebody.
_SENT = (httpx.UnsupportedProtocol, httpx.TooManyRedirects)


class _Silent(VideogenError):
    """Nothing came back."""


_ERRORS = ErrorTranslation(unreachable=_Silent, unusable=VideogenError, busy=VideogenError)


def silences(addresses: Sequence[str], seconds: float) -> Mapping[str, str]:
    """Ask all addresses at once, and return why nothing came back; empty where any answer did.

    An answer of any status counts, also one that asks to be left alone.
    """
    with ThreadPoolExecutor(max(1, len(addresses))) as threads:
        found = threads.map(lambda address: _silence(address, seconds), addresses)
        return dict(zip(addresses, found, strict=True))


def route(address: str) -> str:
    """Return the proxy on the way to an address without its password, empty where there is none.

    Raises:
        VideogenError: what is set is no proxy.
    """
    try:
        proxy = proxy_for(httpx.URL(address))
    except httpx.ProxyError as exc:
        raise VideogenError(f"It can't be used: {exc}") from exc
    if proxy is None:
        return ""
    return str(proxy.url.copy_with(userinfo=b"", path="/")).rstrip("/")


def _silence(address: str, seconds: float) -> str:
    try:
        with Client(address, _ERRORS, seconds=seconds, patience=0.0, tries=1) as client:
            client.head()
    except _Silent as exc:
        return "" if isinstance(exc.__cause__, _SENT) else exc.what
    except VideogenError:
        return ""
    return ""
