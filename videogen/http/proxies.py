"""Which proxy a request goes through, by HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY."""

from __future__ import annotations

import os
from urllib.request import getproxies, proxy_bypass

import httpx

from videogen.http.addresses import is_loopback, port_of

_KINDS = ("http", "https")


def variable_in_force(address: str) -> str:
    """Return the variable that names an address's proxy, the usual one where none is set."""
    names = (f"{httpx.URL(address).scheme}_proxy", "all_proxy")
    known = (one for name in names for one in (name, name.upper()) if os.environ.get(one))
    return next(known, "HTTPS_PROXY")


def proxy_for(url: httpx.URL) -> httpx.Proxy | None:
    """Return the proxy that the environment, or else the system, sets for an address.

    Raises:
        ProxyError: what is set is no proxy, or of a kind that is not spoken here.
    """
    # This machine as a proxy sees it is the proxy itself.
    if is_loopback(url.host):
        return None
    known = getproxies()
    given = known.get(url.scheme) or known.get("all")
    if not given or proxy_bypass(f"{url.host}:{port_of(url)}"):
        return None
    try:
        proxy = httpx.Proxy(given if "://" in given else f"http://{given}")
    except (httpx.InvalidURL, ValueError) as exc:
        # Not what is set itself: it may hold a password.
        raise httpx.ProxyError("what the environment names is no proxy") from exc
    if proxy.url.scheme not in _KINDS or not proxy.url.host:
        raise httpx.ProxyError(f"a proxy must be of the kind {' or '.join(_KINDS)}")
    return proxy
