"""The NASA Image and Video Library as it answers, for the videos and pictures that it is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote

from fakes.web import Asked, Reply, Web, as_json

_SUFFIXES = {"video": "mp4", "image": "jpg"}


@dataclass
class NasaVideo:
    """A video or picture: files by the name of their variant, "" being a file that has none.

    `exif` is what ExifTool says of the original, `more` what else its search answer tells.
    """

    identifier: str
    title: str
    files: dict[str, Path] = field(default_factory=dict)
    kind: Literal["video", "image", "audio"] = "video"
    exif: Mapping[str, object] = field(default_factory=dict)
    more: Mapping[str, object] = field(default_factory=dict)
    has_preview: bool = True

    def folder(self, url: str) -> str:
        return f"{url}/{self.kind}/{self.identifier}"

    def name(self, variant: str) -> str:
        tail = f"~{variant}" if variant else ""
        return f"{self.identifier}{tail}.{_SUFFIXES.get(self.kind, 'mp3')}"

    def addresses(self, url: str) -> list[str]:
        # As the service does: spaces as they are.
        names = [*map(self.name, self.files), f"{self.identifier}~thumb.jpg", "metadata.json"]
        return [f"{self.folder(url)}/{name}" for name in names]

    def item(self, url: str) -> dict[str, object]:
        folder = quote(self.folder(url), safe=":/")
        links: list[dict[str, object]] = [{"href": f"{folder}/words.srt", "rel": "captions"}]
        if self.has_preview:
            links.append({"href": f"{folder}/thumb.jpg", "rel": "preview", "render": "image"})
        if self.kind == "image":
            # Newer answers name the sizes of a picture; those of old items do not.
            sizes = {"width": 1920, "height": 1280, "size": 900_000}
            links.append({"href": f"{folder}/large.jpg", "rel": "alternate", **sizes})
        facts = {
            "nasa_id": self.identifier,
            "title": self.title,
            "description": "In orbit.",
            "date_created": "2021-02-03T00:00:00Z",
            "center": "JSC",
            "keywords": ["Space"],
            "media_type": self.kind,
        }
        return {
            "href": f"{folder}/collection.json",
            "data": [facts | dict(self.more)],
            "links": links,
        }


class Nasa:
    """The service on a web server of its own; every search finds all of the kinds asked for."""

    def __init__(self, web: Web, videos: list[NasaVideo]) -> None:
        self.web = web
        self.videos = {video.identifier: video for video in videos}
        web.pages["/search"] = self._search
        web.pages["/asset/"] = self._asset
        web.pages["/metadata/"] = self._metadata
        for kind in ("video", "image"):
            web.pages[f"/{kind}/"] = self._file

    def _search(self, asked: Asked) -> Reply:
        query = asked.query
        kinds = query.get("media_type", "video,image,audio").split(",")
        if not {"q", "nasa_id"} & set(query) or not set(kinds) <= {"video", "image", "audio"}:
            return as_json({"reason": "Expected 'q' text search parameter or other keywords."}, 400)
        found = [
            one.item(self.web.url)
            for one in self.videos.values()
            if one.kind in kinds and query.get("nasa_id") in (None, one.identifier)
        ]
        items = found[: int(query.get("page_size", 100))]
        return as_json({"collection": {"items": items, "metadata": {"total_hits": len(found)}}})

    def _asset(self, asked: Asked) -> Reply:
        video = self.videos.get(unquote(asked.path.removeprefix("/asset/")))
        if video is None:
            return as_json({"reason": "no asset"}, 404)
        hrefs = video.addresses(self.web.url)
        return as_json({"collection": {"items": [{"href": href} for href in hrefs]}})

    def _metadata(self, asked: Asked) -> Reply:
        video = self.videos.get(unquote(asked.path.removeprefix("/metadata/")))
        if video is None:
            return as_json({"reason": "no metadata"}, 404)
        return as_json({"location": f"{video.folder(self.web.url)}/metadata.json"})

    def _file(self, asked: Asked) -> Reply:
        _, kind, identifier, name = unquote(asked.path).split("/", 3)
        if video := self.videos.get(identifier):
            if name == "collection.json":
                return as_json(video.addresses(self.web.url))
            if video.exif and name == "metadata.json":
                return as_json({"SourceFile": name, **video.exif})
            for variant, path in video.files.items():
                if name == video.name(variant):
                    return Reply(path, "video/mp4" if kind == "video" else "image/jpeg")
        # The store's word for a name that it does not know.
        return Reply(b"<Error><Code>AccessDenied</Code></Error>", "application/xml", 403)
