"""One session with a Model Context Protocol server that runs as a child and talks over stdio.

The protocol's client is asynchronous and its session belongs to one task: that task runs in an
event loop in a thread of its own, from the first call until the session is closed.
"""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import wait
from contextlib import ExitStack
from tempfile import TemporaryFile

import anyio
from anyio.abc import TaskStatus
from anyio.from_thread import start_blocking_portal
from mcp import Client, StdioServerParameters, stdio_client
from mcp.types import CallToolResult

from videogen.errors import FootageError, Interrupted, SourceUnavailable
from videogen.footage.sources.mcp_command import ServerCommand, unavailable

_START_SECONDS = 30.0
_MOST_COMPLAINTS = 2**16  # characters


class McpSession:
    """Calls tools of a server, which is started by the first call; safe between threads.

    Raises:
        SourceUnavailable: the server can't be started, or is gone.
        FootageError: this one call failed.
        Interrupted: the session was closed.
    """

    def __init__(self, server: ServerCommand, start_seconds: float = _START_SECONDS) -> None:
        self._server = server
        self._start_seconds = start_seconds
        self._lock = threading.Lock()
        self._closed = False
        self._running: _Running | None = None
        self._failure: SourceUnavailable | None = None

    def call(self, tool: str, arguments: Mapping[str, object], seconds: float) -> Sequence[str]:
        """Return the texts that a tool answers within so many seconds."""
        running = self._start()
        try:
            result = running.call(tool, arguments, seconds)
        except TimeoutError as exc:
            raise FootageError(f"The MCP server did not answer in {seconds:.0f} s") from exc
        except Exception as exc:
            # The client's own errors, and those of its streams when the server dies under it.
            if self._closed:
                raise Interrupted("The run was stopped") from exc
            raise FootageError("The MCP server failed in the middle of a call") from exc
        if result.is_error:
            raise FootageError("The MCP server answers with an error")
        return [item.text for item in result.content if item.type == "text"]

    def close(self) -> None:
        """End the session and the server; calls under way in other threads fail."""
        with self._lock:
            running, self._running, self._closed = self._running, None, True
        if running is not None:
            running.stop()

    def _start(self) -> _Running:
        with self._lock:
            if self._closed:
                raise Interrupted("The run was stopped")
            if self._failure is not None:
                raise SourceUnavailable(self._failure.what, cure=self._failure.cure)
            if self._running is None:
                try:
                    self._running = _Running(self._server, self._start_seconds)
                except SourceUnavailable as exc:
                    self._failure = exc
                    raise
            return self._running


class _Running:
    """The event loop's thread with the session in it."""

    def __init__(self, server: ServerCommand, start_seconds: float) -> None:
        # Every line that is not of the protocol is logged with a traceback and with its text.
        logging.getLogger("mcp").setLevel(logging.CRITICAL + 1)
        self._exits = ExitStack()
        self._portal = self._exits.enter_context(start_blocking_portal())
        self._end = self._portal.call(anyio.Event)
        try:
            self._task, self._client = self._portal.start_task(self._serve, server, start_seconds)
        except SourceUnavailable:
            self._exits.close()
            raise

    def call(self, tool: str, arguments: Mapping[str, object], seconds: float) -> CallToolResult:
        return self._portal.call(self._call, tool, dict(arguments), seconds)

    def stop(self) -> None:
        self._portal.call(self._end.set)
        wait([self._task])
        self._exits.close()

    async def _call(
        self, tool: str, arguments: dict[str, object], seconds: float
    ) -> CallToolResult:
        with anyio.fail_after(seconds):
            result: CallToolResult = await self._client.call_tool(tool, arguments)
            return result

    async def _serve(
        self, server: ServerCommand, start_seconds: float, *, task_status: TaskStatus[Client]
    ) -> None:
        parameters = StdioServerParameters(
            command=server.command,
            args=list(server.arguments),
            env=dict(server.variables),
            cwd=server.folder,
        )
        # What a server complains of may hold its key: it is searched, never shown.
        with TemporaryFile("w+", encoding="utf-8", errors="replace") as complaints:
            transport = stdio_client(parameters, errlog=complaints)
            try:
                with anyio.fail_after(start_seconds) as limit:
                    async with Client(transport, mode="legacy") as client:
                        limit.deadline = math.inf
                        task_status.started(client)
                        await self._end.wait()
            except Exception as exc:
                complaints.seek(0)
                said = complaints.read(_MOST_COMPLAINTS)
                raise unavailable(server, exc, said, start_seconds) from exc
