"""What services are asked and what they answer, kept as it went over the wire, without secrets.

Request and answer are seen where they leave and arrive, so that redirects, refusals and second
tries are kept too. Text is kept, of films and pictures only how many bytes were read of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import httpx
import pytest

from videogen.footage.sources.mcp_session import McpSession
from videogen.http.transport import GuardedTransport

_MOST_BYTES = 2**20
_SHORTEST_SECRET = 4
_SECRET_NAME = re.compile(r"(?:KEY|TOKEN|SECRET|PASSWORD|ORIGIN)$")
_READABLE = re.compile(r"json|^text/|xml|mpegurl")
# All others may tell who asked: cookies, keys, accounts, addresses.
_TOLD = re.compile(r"user-agent|accept(?:-encoding)?|content-type|range|anthropic-version")
_TELLING = re.compile(
    r"content-(?:type|length|range)|accept-ranges|retry-after|x-?ratelimit.*|ratelimit.*|"
    r"anthropic-ratelimit.*|mediawiki-api-error|cf-mitigated|location|server|age|cache-control"
)
_IN_QUERY = re.compile(r"([?&](?:api_?key|key|token|access_token)=)[^&\"\s#\\]+", re.IGNORECASE)
_OF_A_PERSON = (
    (re.compile(r"//[^/@\s\"]+@"), "//"),
    (re.compile(r"\borg[_-][A-Za-z0-9]{8,}"), "ORGANIZATION"),
)
_INTERNET_ADDRESS = re.compile(
    r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){4,7}"
)


@dataclass
class _Exchange:
    request: httpx.Request
    response: httpx.Response | None = None
    body: bytearray = field(default_factory=bytearray)
    read: int = 0

    def described(self) -> dict[str, Any]:
        return {
            "request": {
                "method": self.request.method,
                "url": str(self.request.url),
                "headers": _kept(self.request.headers, _TOLD),
                **_content(self.request.headers, self.request.read()),
            },
            "answer": self._answer(),
        }

    def _answer(self) -> dict[str, Any]:
        if self.response is None:
            return {"fault": "no answer"}
        headers = self.response.headers
        answer: dict[str, Any] = {
            "status": self.response.status_code,
            "headers": _kept(headers, _TELLING),
            "bytes": self.read,
            **_content(headers, bytes(self.body)),
        }
        if "text" in answer and not self.response.is_success:
            # Pages that refuse somebody like to say whom.
            answer["text"] = _INTERNET_ADDRESS.sub("ADDRESS", answer["text"])
        return answer


class _Overheard(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, exchange: _Exchange) -> None:
        self._stream = stream
        self._exchange = exchange

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            self._exchange.read += len(chunk)
            self._exchange.body += chunk[: _MOST_BYTES - len(self._exchange.body)]
            yield chunk

    def close(self) -> None:
        self._stream.close()


def _read(stream: httpx.SyncByteStream) -> httpx.SyncByteStream:
    try:
        return httpx.ByteStream(b"".join(stream))
    finally:
        stream.close()


class Recorder:
    """Keeps exchanges with services, among them calls of an MCP server's tools."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._secrets = _secrets_of(variables)
        self._exchanges: list[_Exchange] = []
        self._calls: list[dict[str, Any]] = []

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear everything that this process asks of services while the block lasts."""
        handle, call = GuardedTransport.handle_request, McpSession.call

        def handle_and_keep(transport: GuardedTransport, request: httpx.Request) -> httpx.Response:
            exchange = _Exchange(request)
            self._exchanges.append(exchange)
            response = handle(transport, request)
            exchange.response = response
            if isinstance(response.stream, httpx.SyncByteStream):
                response.stream = _Overheard(response.stream, exchange)
                if response.is_error:
                    # Nobody reads a refusal before trying again.
                    response.stream = _read(response.stream)
            return response

        def call_and_keep(
            session: McpSession, tool: str, arguments: Mapping[str, object], seconds: float
        ) -> Sequence[str]:
            texts = call(session, tool, arguments, seconds)
            self._calls.append({"tool": tool, "arguments": dict(arguments), "texts": [*texts]})
            return texts

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(GuardedTransport, "handle_request", handle_and_keep)
            patched.setattr(McpSession, "call", call_and_keep)
            yield

    def save(self, path: Path) -> None:
        """Write what was heard, if anything was."""
        answered = [one for one in self._exchanges if one.response is not None]
        if not answered and not self._calls:
            return
        kept = {
            "seen": f"{datetime.now(UTC):%Y-%m-%d}",
            "exchanges": [one.described() for one in self._exchanges],
            "calls": self._calls,
        }
        text = self._scrubbed(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def _scrubbed(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "KEY")
        text = _IN_QUERY.sub(r"\1KEY", text).replace(str(Path.home()), "HOME")
        for pattern, instead in _OF_A_PERSON:
            text = pattern.sub(instead, text)
        return text


def _secrets_of(variables: Mapping[str, str]) -> list[str]:
    """Return the values of variables that are secret by their names, as they may be written."""
    values = {value.strip() for name, value in variables.items() if _SECRET_NAME.search(name)}
    written = {
        form
        for value in values
        # What is shorter is no secret, and would spoil every word that holds it.
        if len(value) >= _SHORTEST_SECRET
        for form in (
            value,
            json.dumps(value)[1:-1],
            quote(value),
            quote(value, safe=""),
            quote_plus(value),
        )
    }
    return sorted(written, key=len, reverse=True)


def _kept(headers: httpx.Headers, names: re.Pattern[str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if names.fullmatch(name)}


def _content(headers: httpx.Headers, body: bytes) -> dict[str, Iterable[Any]]:
    if not body or not _READABLE.search(headers.get("content-type", "")):
        return {}
    text = body.decode(errors="replace")
    try:
        return {"json": json.loads(text)}
    except ValueError:
        return {"text": text}
