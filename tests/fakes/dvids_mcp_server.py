"""The app's MCP server for DVIDS over real stdio, well or badly behaved by its first argument.

Started as a program: `python dvids_mcp_server.py MODE [VIDEO [ADDRESS]]`. VIDEO is the file that it
claims to have downloaded, ADDRESS what it calls the video's: its page where it knows no better. It
leaves its process id in the file that FAKE_MCP_PID names, so that a test can see it end.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
from pathlib import Path


def serve(mode: str, video: str, address: str) -> None:
    from mcp.server.mcpserver import MCPServer

    server = MCPServer("dvids", log_level="CRITICAL")
    as_text = repr if mode == "repr" else json.dumps
    facts = {
        "videoId": "949873",
        "title": "A ship at sea",
        # A duration that it does not know is 0.
        "duration": 0 if mode == "unmeasured" else 180,
        "format": "mp4",
        "resolution": "640x360",
        "download_url": address or None,
        "public_domain": True,
    }

    @server.tool()
    def search_videos(query: str, max_duration: int | None = None) -> str:  # noqa: ARG001
        if mode == "dies":
            os._exit(3)
        if mode == "hangs":
            threading.Event().wait()
        if mode == "garbage":
            return "__import__('os').system('touch /tmp/owned')"
        if mode == "environment":
            return as_text([facts | {"title": " ".join(sorted(os.environ))}])
        odd = [None, {"title": "A video without an id"}] if mode == "odd" else []
        return as_text({"error": "quota"} if mode == "error" else [*odd, facts])

    @server.tool()
    def get_video_details(video_id: str) -> str:  # noqa: ARG001
        return as_text(facts)

    @server.tool()
    def download_video(video_id: str) -> str:
        return as_text({"video_id": video_id, "file_path": video, "cached": True})

    server.run("stdio")


def main() -> None:
    mode, video, address = (*sys.argv[1:], "", "")[:3]
    Path(os.environ["FAKE_MCP_PID"]).write_text(str(os.getpid()), encoding="utf-8")
    sys.stderr.write(f"starting with {os.environ.get('DVIDS_API_KEY')}\n")
    if mode == "silent":
        sys.stdin.read()
    elif mode == "nonsense":
        while line := sys.stdin.readline():
            sys.stdout.write(f"<html>{os.environ.get('DVIDS_API_KEY')} {line}</html>\n")
            sys.stdout.flush()
    elif mode == "gone":
        sys.exit(1)
    elif mode == "broken":
        raise RuntimeError(os.environ.get("DVIDS_API_KEY"))
    elif mode == "lacking":
        if video:
            raise ModuleNotFoundError(f"No module named {video!r}", name=video)
        importlib.import_module("bs4_that_is_not_there")
    elif mode == "outdated":
        # Written for version 1 of the protocol's library, run with version 2.
        importlib.import_module("mcp.server").Server("dvids").list_tools()
    else:
        serve(mode, video, address)


if __name__ == "__main__":
    main()
