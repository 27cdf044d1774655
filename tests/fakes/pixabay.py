"""Pixabay as its interface for videos answers, for the videos that it is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fakes.web import Asked, Reply, Web, as_json

KEY = "1234567-very-secret"
_NAMES = ("large", "medium", "small", "tiny")


@dataclass
class PixabayVideo:
    """A video: its tags, and files by name with their (width, height)."""

    number: int
    tags: str
    files: dict[str, tuple[tuple[int, int], Path]] = field(default_factory=dict)
    duration: int = 60
    ai: bool = False
    poor: bool = False

    def facts(self, url: str) -> dict[str, object]:
        return {
            "id": self.number,
            "pageURL": f"https://pixabay.com/videos/id-{self.number}/",
            "type": "film",
            "tags": self.tags,
            "duration": self.duration,
            "videos": {name: self._file(name, url) for name in _NAMES},
            "views": 9,
            "user_id": 5,
            "user": "Zoe",
            "noAiTraining": False,
            "isAiGenerated": self.ai,
            "isGRated": True,
            "isLowQuality": self.poor,
        }

    def _file(self, name: str, url: str) -> dict[str, object]:
        if name not in self.files:
            return {"url": "", "width": 0, "height": 0, "size": 0, "thumbnail": ""}
        (width, height), path = self.files[name]
        return {
            "url": f"{url}/video/{self.number}_{name}.mp4",
            "width": width,
            "height": height,
            "size": path.stat().st_size,
            "thumbnail": f"{url}/video/{self.number}_{name}.jpg",
        }


class Pixabay:
    """The service on a web server of its own; every search finds everything.

    `left` counts the requests that this minute still allows.
    """

    def __init__(self, web: Web, videos: Sequence[PixabayVideo]) -> None:
        self.web = web
        self.videos = {video.number: video for video in videos}
        self.left = 100
        self.reset = "42"
        web.pages["/api/videos/"] = self._answer
        for video in videos:
            for name, (_, path) in video.files.items():
                web.pages[f"/video/{video.number}_{name}.mp4"] = partial(_file, path)

    def _answer(self, asked: Asked) -> Reply:
        limits = {"X-RateLimit-Limit": "100", "X-RateLimit-Remaining": str(self.left)}
        limits["X-RateLimit-Reset"] = self.reset
        if self.left < 1:
            return Reply(b"API rate limit exceeded", "text/plain", 429, limits)
        self.left -= 1
        reply = self._found(asked)
        reply.headers |= limits
        return reply

    def _found(self, asked: Asked) -> Reply:
        query = asked.query
        if query.get("key") != KEY:
            return _error("Invalid or missing API key (https://pixabay.com/api/docs/).")
        if not 3 <= int(query.get("per_page", 20)) <= 200:
            return _error('"per_page" is out of valid range.')
        if len(query.get("q", "")) > 100:
            return _error('"q" is out of valid range.')
        if query.get("video_type", "all") not in {"all", "film", "animation"}:
            return _error('"video_type" is invalid.')
        found = list(self.videos.values())
        if "id" in query:
            found = [video for video in found if str(video.number) == query["id"]]
            if not found:
                return _error('"id" is invalid.')
        hits = [video.facts(self.web.url) for video in found][: int(query.get("per_page", 20))]
        return as_json({"total": len(found), "totalHits": len(found), "hits": hits})


def _error(text: str) -> Reply:
    return Reply(f"[ERROR 400] {text}".encode(), "text/plain", 400)


def _file(path: Path, _asked: Asked) -> Reply:
    return Reply(path, "video/mp4")
