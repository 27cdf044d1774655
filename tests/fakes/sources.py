"""Every source of footage with two clips or pictures of a ship, on a web server that a test gives."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from fakes import dvids_mcp_server
from fakes.archive import Archive, ArchiveItem
from fakes.commons import Commons, CommonsFile
from fakes.dvids import Dvids, DvidsVideo
from fakes.media import make_still
from fakes.nasa import Nasa, NasaVideo
from fakes.openverse import Openverse, OpenversePicture
from fakes.pexels import Pexels, PexelsVideo
from fakes.pixabay import Pixabay, PixabayVideo
from fakes.web import Reply, Web


def serve_dvids(root: Path, web: Web, video: Path) -> None:  # noqa: ARG001
    files = {(640, 360): video}
    Dvids(web, [DvidsVideo(number, f"Ship {number}", files=files) for number in (1, 2)])


def serve_nasa(root: Path, web: Web, video: Path) -> None:  # noqa: ARG001
    files = {"small": video}
    Nasa(web, [NasaVideo(f"ship {number}", f"Ship {number}", files) for number in (1, 2)])


def serve_pexels(root: Path, web: Web, video: Path) -> None:  # noqa: ARG001
    files = {(640, 360): video}
    Pexels(web, [PexelsVideo(number, f"a-ship-{number}", files) for number in (1, 2)])


def serve_pixabay(root: Path, web: Web, video: Path) -> None:  # noqa: ARG001
    files = {"tiny": ((640, 360), video)}
    Pixabay(web, [PixabayVideo(number, f"ship, sea {number}", files) for number in (1, 2)])


def serve_commons(root: Path, web: Web, video: Path) -> None:
    still = make_still(root / "still.jpg", width=640, height=360)
    files = [
        CommonsFile(3, "File:A ship.mp4", video, mime="video/mp4"),
        CommonsFile(4, "File:A ship.jpg", still, mime="image/jpeg"),
    ]
    Commons(web, files)


def serve_archive(root: Path, web: Web, video: Path) -> None:  # noqa: ARG001
    files = {"a folder/ship.ia.mp4": video}
    Archive(web, [ArchiveItem(f"ship-{number}", files=files) for number in (1, 2)])


def serve_openverse(root: Path, web: Web, video: Path) -> None:  # noqa: ARG001
    still = make_still(root / "still.jpg", width=640, height=360)
    Openverse(web, [OpenversePicture(number, still) for number in (1, 2)])


def mcp_entry(pid: Path, *arguments: str) -> dict[str, Any]:
    """Return what the app's list has of the server, which writes its process number to `pid`."""
    return {
        "id": "dvids",
        "name": "DVIDS",
        "priority": 1,
        "enabled": True,
        "command": sys.executable,
        "args": [dvids_mcp_server.__file__, *arguments],
        "env": {"FAKE_MCP_PID": str(pid)},
    }


def serve_mcp(root: Path, web: Web, video: Path) -> None:
    web.pages["/ship.mp4"] = lambda _asked: Reply(video, "video/mp4")
    server = mcp_entry(root / "pid", "repr", "", f"{web.url}/ship.mp4")
    (root / "config").mkdir()
    (root / "config" / "mcp_servers.json").write_text(json.dumps({"providers": [server]}))


def serve_local(root: Path, web: Web, video: Path) -> None:  # noqa: ARG001
    (root / "clips").mkdir()
    (root / "clips" / "ship.mp4").symlink_to(video)
    make_still(root / "clips" / "ship.png")


def serve_nothing(root: Path, web: Web, video: Path) -> None:
    """Cards need nothing."""


# Each takes a root, the server and a video.
SERVICES: Mapping[str, Callable[[Path, Web, Path], None]] = {
    "dvids": serve_dvids,
    "dvids-mcp": serve_mcp,
    "nasa": serve_nasa,
    "pexels": serve_pexels,
    "pixabay": serve_pixabay,
    "commons": serve_commons,
    "archive": serve_archive,
    "openverse": serve_openverse,
    "local": serve_local,
    "cards": serve_nothing,
}
