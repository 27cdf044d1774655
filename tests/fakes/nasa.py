"""The NASA Image and Video Library as it answers, for the videos that it is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote

from fakes.web import Asked, Reply, Web, as_json


@dataclass
class NasaVideo:
    """A video: files by the name of their variant."""

    identifier: str
    title: str
    files: dict[str, Path] = field(default_factory=dict)


class Nasa:
    """The service on a web server of its own; every search finds every video."""

    def __init__(self, web: Web, videos: list[NasaVideo]) -> None:
        self.web = web
        self.videos = {video.identifier: video for video in videos}
        web.pages["/search"] = self._search
        web.pages["/asset/"] = self._asset
        web.pages["/video/"] = self._file

    def _search(self, asked: Asked) -> Reply:
        wanted = asked.query.get("nasa_id")
        found = [one for one in self.videos.values() if wanted in (None, one.identifier)]
        items = [
            {
                "href": f"{self.web.url}/video/{quote(one.identifier)}/collection.json",
                "data": [
                    {
                        "nasa_id": one.identifier,
                        "title": one.title,
                        "description": "In orbit.",
                        "date_created": "2021-02-03T00:00:00Z",
                        "center": "JSC",
                        "keywords": ["Space"],
                        "media_type": "video",
                    }
                ],
                "links": [{"href": f"{self.web.url}/thumb.jpg", "rel": "preview"}],
            }
            for one in found
        ]
        return as_json({"collection": {"items": items, "metadata": {"total_hits": len(items)}}})

    def _asset(self, asked: Asked) -> Reply:
        video = self.videos.get(unquote(asked.path.removeprefix("/asset/")))
        if video is None:
            return as_json({"reason": "no asset"}, 404)
        # As the service does: spaces as they are.
        hrefs = [
            f"{self.web.url}/video/{video.identifier}/{video.identifier}~{variant}.mp4"
            for variant in video.files
        ]
        hrefs += [f"{self.web.url}/video/{video.identifier}/metadata.json"]
        return as_json({"collection": {"items": [{"href": href} for href in hrefs]}})

    def _file(self, asked: Asked) -> Reply:
        _, _, identifier, name = unquote(asked.path).split("/", 3)
        variant = name.rpartition("~")[2].removesuffix(".mp4")
        video = self.videos.get(identifier)
        if video is None or variant not in video.files:
            return Reply(b"", "text/plain", 404)
        return Reply(video.files[variant], "video/mp4")
