"""The Internet Archive as it answers, for the items that it is given."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from fakes.manners import Door, names_a_contact
from fakes.web import Asked, Reply, Web, as_json
from fakes.words import found_by

MOST_ROWS = 10_000
BY = "http://creativecommons.org/licenses/by/4.0/"
# A phrase in quotes, an escaped slash, or anything that Lucene would not take for a pattern.
_QUERY = re.compile(r'(?:"[^"]*"|\\/|[^"/])+')


@dataclass
class ArchiveItem:
    """An item: its metadata as it is kept, and its files by name, each with what is told of it."""

    identifier: str
    metadata: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    details: dict[str, dict[str, str]] = field(default_factory=dict)
    is_dark: bool = False
    is_restricted: bool = False

    def described(self) -> dict[str, Any]:
        usual = {"title": "A ship", "creator": "Jane Doe", "mediatype": "movies", "licenseurl": BY}
        known = {"identifier": self.identifier, **usual, **self.metadata}
        return {key: value for key, value in known.items() if value is not None}


class Archive:
    """The service on a web server of its own; every search finds every item.

    With `reads_words`, it finds those that share a word with the query, and some that don't.
    """

    def __init__(self, web: Web, items: list[ArchiveItem]) -> None:
        self.web = web
        self.items = {item.identifier: item for item in items}
        self.door = Door(5)
        self.reads_words = False
        web.pages["/advancedsearch.php"] = self._polite(self._search)
        web.pages["/metadata/"] = self._polite(self._metadata)
        web.pages["/download/"] = self._polite(self._download)
        web.pages["/9/items/"] = self._polite(self._file)

    def _polite(self, answer: Any) -> Any:
        def checked(asked: Asked) -> Reply:
            if not names_a_contact(asked):
                return Reply(b"Who are you?", "text/plain", 403)
            with self.door.entered() as has_room:
                if not has_room:
                    return Reply(b"slow down", "text/plain", 503)
                reply: Reply = answer(asked)
                return reply

        return checked

    def _search(self, asked: Asked) -> Reply:
        query = asked.query
        fields = query.get("fl[]", "").split(",")
        rows = int(query.get("rows", 50))
        is_read = (
            query.get("output") == "json"
            and rows * int(query.get("page", 1)) <= MOST_ROWS
            and _QUERY.fullmatch(query.get("q", ""))
            and query["q"].count("(") == query["q"].count(")")
        )
        if not is_read:
            return as_json({"error": "[RS] Query could not be parsed"})
        items = list(self.items.values())
        if self.reads_words:
            items = found_by(" ".join(re.findall(r'"([^"]*)"', query["q"])), items, _said_of)
        docs = [
            {key: value for key, value in item.described().items() if key in fields}
            for item in items
            if item.described()["mediatype"] == "movies"
        ]
        found = {"numFound": len(docs), "start": 0, "docs": docs[:rows]}
        return as_json({"responseHeader": {"status": 0}, "response": found})

    def _metadata(self, asked: Asked) -> Reply:
        item = self.items.get(unquote(asked.path.removeprefix("/metadata/")))
        if item is None:
            return as_json({})
        if item.is_dark:
            return as_json({"is_dark": True, "metadata": {"identifier": item.identifier}})
        files: list[dict[str, str]] = [
            {
                "name": name,
                "source": "derivative",
                "format": "h.264 IA",
                "size": str(path.stat().st_size),
                "length": "180.00",
                "width": "640",
                "height": "360",
                **item.details.get(name, {}),
            }
            for name, path in item.files.items()
        ]
        files.append({"name": "x_meta.xml", "source": "original", "format": "Metadata"})
        facts = {"server": "ia800.us.archive.org", "files": files, "metadata": item.described()}
        return as_json(facts)

    def _download(self, asked: Asked) -> Reply:
        identifier, _, name = unquote(asked.path.removeprefix("/download/")).partition("/")
        item = self.items.get(identifier)
        if item is None or name not in item.files:
            return Reply(b"Item not available", "text/html", 404)
        if item.is_restricted:
            return Reply(b"Item not available: restricted", "text/html", 403)
        node = f"{self.web.url}/9/items/{identifier}/{quote(name)}"
        return Reply(b"", "text/html", 302, {"Location": node})

    def _file(self, asked: Asked) -> Reply:
        identifier, _, name = unquote(asked.path.removeprefix("/9/items/")).partition("/")
        return Reply(self.items[identifier].files[name], "video/mp4")


def _said_of(item: ArchiveItem) -> str:
    told = item.described()
    return " ".join(str(told.get(key, "")) for key in ("title", "description", "subject"))
