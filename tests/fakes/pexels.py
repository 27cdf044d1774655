"""Pexels as its interface answers, for the videos and pictures that it is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fakes.web import Asked, Reply, Web, as_json

KEY = "px-9c1e-very-secret"
_SHAPES = {"", "landscape", "portrait", "square"}
_SIZES = {"", "large", "medium", "small"}


@dataclass
class PexelsVideo:
    """A video: the words of its page's address, and files by (width, height)."""

    number: int
    slug: str
    files: dict[tuple[int, int], Path] = field(default_factory=dict)
    duration: int = 60

    def facts(self, url: str) -> dict[str, object]:
        width, height = max(self.files, default=(1920, 1080))
        files: list[dict[str, object]] = [
            {
                "id": 10 * self.number + at,
                "quality": "hd" if min(size) >= 720 else "sd",
                "file_type": "video/mp4",
                "width": size[0],
                "height": size[1],
                "fps": 29.97,
                "link": f"{url}/video-files/{self.number}/{size[0]}x{size[1]}.mp4",
            }
            for at, size in enumerate(self.files)
        ]
        # The playlist calls itself an MP4 as well; only its sizes tell.
        playlist = {
            "id": 10 * self.number + 9,
            "quality": "hls",
            "file_type": "video/mp4",
            "width": None,
            "height": None,
            "fps": None,
            "link": f"{url}/video-files/{self.number}/playlist.m3u8",
        }
        return {
            "id": self.number,
            "width": width,
            "height": height,
            "duration": self.duration,
            "full_res": None,
            "tags": [],
            "url": f"https://www.pexels.com/video/{self.slug}-{self.number}/".replace("/-", "/"),
            "image": f"{url}/videos/{self.number}/free-video.jpg",
            "avg_color": None,
            "user": {"id": 7, "name": "Ruvim M.", "url": "https://www.pexels.com/@ruvim"},
            "video_files": [playlist, *files],
            "video_pictures": [],
        }


@dataclass
class PexelsPicture:
    """A picture with its words and its size as taken."""

    number: int
    alt: str
    path: Path
    size: tuple[int, int] = (6000, 4000)

    def facts(self, url: str) -> dict[str, object]:
        names = ("original", "large2x", "large", "medium", "small", "portrait", "landscape", "tiny")
        file = f"{url}/photos/{self.number}/pexels-photo.jpeg"
        return {
            "id": self.number,
            "width": self.size[0],
            "height": self.size[1],
            "url": f"https://www.pexels.com/photo/old-harbor-at-dawn-{self.number}/",
            "photographer": "Cotton B.",
            "photographer_url": "https://www.pexels.com/@cotton",
            "photographer_id": 8,
            "avg_color": "#978E82",
            "src": {name: f"{file}?named={name}" for name in names},
            "liked": False,
            "alt": self.alt,
        }


class Pexels:
    """The service on a web server of its own, with its videos asked for below `start`.

    Every search finds everything. `left` counts the requests that the hour still allows.
    """

    def __init__(
        self,
        web: Web,
        videos: Sequence[PexelsVideo] = (),
        pictures: Sequence[PexelsPicture] = (),
        start: str = "/videos",
    ) -> None:
        self.web = web
        self.videos = {video.number: video for video in videos}
        self.pictures = {picture.number: picture for picture in pictures}
        self.left = 200
        web.pages["/v1/"] = web.pages["/videos/"] = _no_such_endpoint
        web.pages[f"{start}/search"] = partial(self._search, "videos", self.videos)
        web.pages["/v1/search"] = partial(self._search, "photos", self.pictures)
        web.pages[f"{start}/videos/"] = partial(self._one, self.videos)
        web.pages["/v1/photos/"] = partial(self._one, self.pictures)
        for video in videos:
            for (width, height), path in video.files.items():
                address = f"/video-files/{video.number}/{width}x{height}.mp4"
                web.pages[address] = partial(_file, path, "video/mp4")
        for picture in pictures:
            web.pages[f"/photos/{picture.number}/"] = partial(_file, picture.path, "image/jpeg")

    def _search(
        self, name: str, known: dict[int, PexelsVideo] | dict[int, PexelsPicture], asked: Asked
    ) -> Reply:
        query = asked.query
        count = int(query.get("per_page", 15))
        shape, size = query.get("orientation", ""), query.get("size", "")
        if refusal := self._refusal(asked):
            return refusal
        if not query.get("query") or not 1 <= count <= 80 or {shape} - _SHAPES or {size} - _SIZES:
            return as_json({"status": 400, "code": "Bad Request"}, 400)
        found = [one.facts(self.web.url) for one in known.values()][:count]
        page = {"page": 1, "per_page": count, "total_results": len(known)}
        return self._counted(as_json({**page, name: found, "url": "https://www.pexels.com/"}))

    def _one(self, known: dict[int, PexelsVideo] | dict[int, PexelsPicture], asked: Asked) -> Reply:
        one = known.get(int(asked.path.rpartition("/")[2]))
        if refusal := self._refusal(asked):
            return refusal
        return self._counted(as_json(one.facts(self.web.url))) if one else _no_such_endpoint(asked)

    def _refusal(self, asked: Asked) -> Reply | None:
        if asked.headers.get("authorization") != KEY:
            return as_json({"status": 401, "code": "Unauthorized"}, 401)
        if self.left < 1:
            # No header tells of the limit here, only where all is well.
            return Reply(b"Rate limit exceeded", "text/plain", 429)
        self.left -= 1
        return None

    def _counted(self, reply: Reply) -> Reply:
        reply.headers |= {"X-Ratelimit-Limit": "200", "X-Ratelimit-Remaining": str(self.left)}
        reply.headers["X-Ratelimit-Reset"] = "1893456000"
        return reply


def _no_such_endpoint(_asked: Asked) -> Reply:
    return as_json({"status": 404, "error": "Not Found"}, 404)


def _file(path: Path, kind: str, _asked: Asked) -> Reply:
    return Reply(path, kind)
