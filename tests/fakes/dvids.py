"""DVIDS as its REST interface answers, for the videos that it is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fakes.web import Asked, Reply, Web, as_json

KEY = "key-5f3a-very-secret"


@dataclass
class DvidsVideo:
    """A video: files by (width, height), or an HLS playlist by path."""

    number: int
    title: str
    files: dict[tuple[int, int], Path] = field(default_factory=dict)
    duration: float = 60.0
    keywords: str = "navy, ship"
    hls_path: str = ""
    category: str = "B-Roll"
    branch: str = "Navy"
    unit: str = "Navy Media"
    names: tuple[str, ...] = ("Jane Doe",)
    hd: bool = True

    def facts(self, url: str) -> dict[str, object]:
        return {
            "id": f"video:{self.number}",
            "type": "video",
            "title": self.title,
            "date": "2024-05-06T07:08:09Z",
            "publishdate": "2024-05-07T00:00:00Z",
            "category": self.category,
            "aspect_ratio": "16:9",
            "duration": self.duration,
            "hd": self.hd,
            "keywords": self.keywords,
            "country": "US",
            "unit_name": self.unit,
            "branch": self.branch,
            "url": f"{url}/video/{self.number}",
        }

    def found(self, url: str) -> dict[str, object]:
        return self.facts(url) | {
            "credit": ", ".join(self.names),
            "short_description": "At sea.",
            "thumbnail": f"{url}/thumbs/{self.number}.jpg",
        }

    def asset(self, url: str) -> dict[str, object]:
        files = [
            {
                "src": f"{url}/media/{self.number}/{width}x{height}.mp4",
                "type": "video/mp4",
                "width": width,
                "height": height,
                "size": path.stat().st_size,
                "bitrate": 3000,
            }
            for (width, height), path in self.files.items()
        ]
        facts = self.facts(url) | {
            "description": "<p>At sea.</p>",
            "virin": "240506-N-XX000-1001",
            "credit": [
                {"name": name, "rank": "Petty Officer", "url": f"{url}/jane"} for name in self.names
            ],
            "image": f"{url}/thumbs/{self.number}.jpg",
            "thumbnail": {"url": f"{url}/thumbs/{self.number}.jpg"},
            "files": files,
            "closed_caption_urls": None,
        }
        return facts | ({"hls_url": url + self.hls_path} if self.hls_path else {})


class Dvids:
    """The service on a web server of its own.

    Every search finds every video of the category that is long and large enough, those first whose
    title holds more of the words asked for. `origin` is the site that the key is bound to.
    """

    def __init__(self, web: Web, videos: list[DvidsVideo], origin: str = "") -> None:
        self.web = web
        self.origin = origin
        self.videos = {f"video:{video.number}": video for video in videos}
        web.pages["/search"] = self._search
        web.pages["/asset"] = self._asset
        for video in videos:
            for (width, height), path in video.files.items():
                address = f"/media/{video.number}/{width}x{height}.mp4"
                web.pages[address] = partial(_file, path)

    def _is_refused(self, asked: Asked) -> bool:
        # A page's Referer is its whole address; its site has to be the one of the key.
        site = "/".join(asked.headers.get("referer", "").split("/")[:3])
        is_at_home = {site, asked.headers.get("origin", "")} == {self.origin}
        return asked.query.get("api_key") != KEY or bool(self.origin and not is_at_home)

    def _search(self, asked: Asked) -> Reply:
        if self._is_refused(asked):
            return as_json({"errors": ["bad key"]}, 403)
        if not asked.query.get("q") or not 1 <= int(asked.query.get("max_results", 10)) <= 50:
            return as_json({"errors": ["bad parameters"]}, 400)
        words = asked.query["q"].casefold().split()
        shortest = float(asked.query.get("from_duration", 0))
        ordered = sorted(
            (
                video
                for video in self.videos.values()
                if asked.query.get("category", video.category) == video.category
                and video.duration >= shortest
                and (video.hd or asked.query.get("hd") != "1")
            ),
            key=lambda video: -sum(word in video.title.casefold() for word in words),
        )
        results = [video.found(self.web.url) for video in ordered]
        limit = int(asked.query.get("max_results", 10))
        page = {"total_results": len(results), "results_per_page": limit}
        return as_json({"page_info": page, "results": results[:limit]})

    def _asset(self, asked: Asked) -> Reply:
        if self._is_refused(asked):
            return as_json({"errors": ["bad key"]}, 403)
        video = self.videos.get(asked.query.get("id", ""))
        if video is None:
            return as_json({"errors": ["no such asset"]}, 403)
        return as_json({"results": video.asset(self.web.url)})


def _file(path: Path, _asked: Asked) -> Reply:
    return Reply(path, "video/mp4")
