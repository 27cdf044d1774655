"""How requests to a service look: their addresses, who asks, and a key that nobody sees."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from importlib.metadata import metadata
from typing import Any

import httpx

from videogen.http.addresses import origin
from videogen.http.transport import MOST_ANSWER_BYTES, MOST_BYTES

PACKED, AS_IT_IS = "gzip", "identity"


def user_agent() -> str:
    """Return the name that services are told; they limit callers that name no contact."""
    us = metadata("videogen")
    address = us.get_all("Project-URL", [""])[0].rpartition(" ")[2]
    return f"videogen/{us['Version']} ({address}) httpx/{httpx.__version__}"


class RequestFactory:
    """Makes requests to a base address, with its key and headers, and to files elsewhere.

    Raises:
        InvalidURL: an address can't be read.
    """

    def __init__(self, base_url: str, key: Mapping[str, str], headers: Mapping[str, str]) -> None:
        self.base = httpx.URL(base_url.rstrip("/"))
        self._key = key
        self._headers = headers
        self._agent = user_agent()
        _hide_keys()

    def question(
        self, path: str, parameters: Mapping[str, str | int], seconds: float
    ) -> httpx.Request:
        """Return a GET of a path below the base address."""
        url = self._below(path).copy_merge_params({**parameters, **self._key})
        return self._made("GET", url, seconds)

    def head(self, seconds: float) -> httpx.Request:
        """Return a HEAD of the base address, which shows no key."""
        return self._made("HEAD", self.base, seconds)

    def post(self, path: str, body: Mapping[str, Any], seconds: float) -> httpx.Request:
        """Return a POST of a JSON object."""
        return self._made("POST", self._below(path), seconds, json=body)

    def file(
        self, url: str, idle_seconds: float, most: int, wanted: tuple[int, int] | None = None
    ) -> httpx.Request:
        """Return a GET of a file, or of its bytes from `wanted[0]` to `wanted[1]`, both included."""
        request = self._made("GET", self._located(url), idle_seconds, most=most)
        if wanted:
            request.headers["Range"] = f"bytes={wanted[0]}-{wanted[1]}"
        request.headers["Accept-Encoding"] = AS_IT_IS
        return request

    def adopt(self, request: httpx.Request) -> httpx.Request:
        """Return a request that others made, in our name."""
        request.headers.update({"User-Agent": self._agent, "Accept-Encoding": PACKED})
        if origin(request.url) == origin(self.base):
            request.headers.update(self._headers)
        return request

    def _made(
        self,
        method: str,
        url: httpx.URL,
        seconds: float,
        most: int = MOST_ANSWER_BYTES,
        **body: Any,
    ) -> httpx.Request:
        extensions = {MOST_BYTES: most, "timeout": httpx.Timeout(seconds).as_dict()}
        return self.adopt(httpx.Request(method, url, extensions=extensions, **body))

    def _below(self, path: str) -> httpx.URL:
        return self.base.join(self.base.path.rstrip("/") + path)

    def _located(self, url: str) -> httpx.URL:
        target = httpx.URL(url)
        if origin(target) == origin(self.base):
            return target.copy_merge_params(self._key) if self._key else target
        return target.copy_with(scheme="https") if target.scheme == "http" else target


class _HideQueries(logging.Filter):
    """Keys travel in queries, and httpx logs every address it calls."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                one.copy_with(query=None) if isinstance(one, httpx.URL) else one
                for one in record.args
            )
        return True


_HIDE_QUERIES = _HideQueries()


def _hide_keys() -> None:
    logging.getLogger("httpx").addFilter(_HIDE_QUERIES)
    # Its debug lines quote headers, addresses of redirects among them.
    logging.getLogger("httpcore").setLevel(logging.INFO)
