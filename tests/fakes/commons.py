"""Wikimedia Commons as its API answers, for the files that it is given."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote

from fakes.manners import AGENT_REFUSED, Door, names_a_contact
from fakes.web import Asked, Reply, Web, as_json
from fakes.words import found_by
from PIL import Image

WIDTHS = frozenset({20, 40, 60, 120, 250, 330, 500, 960, 1280, 1920, 3840})
MOST_FOUND = 50
_OPERATORS = re.compile(r'["/:*~!()|?]|\b(?:AND|OR|NOT)\b|(?:^|\s)-')


def terms(**changes: str) -> dict[str, str]:
    """Return the metadata of a well-kept file, with changes."""
    return {
        "LicenseShortName": "CC BY 4.0",
        "LicenseUrl": "https://creativecommons.org/licenses/by/4.0",
        "UsageTerms": "Creative Commons Attribution 4.0",
        "Artist": '<a href="//commons.wikimedia.org/wiki/User:Jane" title="User:Jane">Jane Doe</a>',
        "Credit": '<span class="int-own-work" lang="en">Own work</span>',
        "AttributionRequired": "true",
        "Restrictions": "",
        "ImageDescription": '<div lang="de">Ein Schiff</div><div lang="en">A ship at sea.</div>',
    } | changes


@dataclass
class CommonsFile:
    """A file: its page, its bytes, what is told of it, and transcodes by key."""

    page: int
    title: str
    path: Path
    size: tuple[int, int] = (640, 360)
    mime: str = "video/webm"
    seconds: float = 60.0
    metadata: dict[str, str] = field(default_factory=terms)
    transcodes: dict[str, tuple[int, int]] = field(default_factory=dict)
    bandwidth: int = 1_000_000

    @property
    def is_video(self) -> bool:
        return not self.mime.startswith("image/")

    @property
    def name(self) -> str:
        return quote(self.title.removeprefix("File:").replace(" ", "_"))


class Commons:
    """The service on a web server of its own; every search finds all files of the kind in turn.

    With `reads_words`, it finds those that share a word with the query, and some that don't.

    `errors` are codes to answer with, each once, with 200; `heads_errors` says whether a header
    tells them too. `quirk` is laid over every file's info.
    """

    def __init__(self, web: Web, files: list[CommonsFile]) -> None:
        self.web = web
        self.files = files
        self.door = Door(1)
        self.file_door = Door(2)
        self.errors: list[str] = []
        self.heads_errors = True
        self.reads_words = False
        self.quirk: dict[str, object] = {}
        web.pages["/w/api.php"] = self._api
        web.pages["/files/"] = self._file
        web.pages["/thumb/"] = self._thumbnail

    def _api(self, asked: Asked) -> Reply:
        if not names_a_contact(asked):
            return Reply(AGENT_REFUSED, "text/plain", 403)
        with self.door.entered() as has_room:
            if not has_room:
                return Reply(b"too many requests", "text/plain", 429, {"Retry-After": "1"})
            if self.errors:
                return self._error(self.errors.pop(0))
            return self._query(asked.query)

    def _error(self, code: str) -> Reply:
        reply = as_json({"error": {"code": code, "info": "Told by the API.", "docref": "See ..."}})
        if self.heads_errors:
            reply.headers |= {"MediaWiki-API-Error": code, "Retry-After": "0"}
        return reply

    def _query(self, query: dict[str, str]) -> Reply:
        basics = {"action": "query", "format": "json", "formatversion": "2"}
        prop = query.get("prop", "")
        if not basics.items() <= query.items() or prop not in ("videoinfo", "imageinfo"):
            return self._error("badvalue")
        if int(query.get(f"{prop[0]}iurlwidth", 0)) not in WIDTHS:
            return self._error("urlparam")
        found = self._found(query)
        if found is None:
            return self._error("badinteger")
        if not found:
            return as_json({"batchcomplete": True})
        pages = [self._page(one, prop, query, index) for index, one in enumerate(found, start=1)]
        # Pages come by their number; only `index` tells how they rank.
        return as_json(
            {
                "batchcomplete": True,
                "query": {"pages": sorted(pages, key=lambda one: str(one["pageid"]))},
            }
        )

    def _found(self, query: dict[str, str]) -> list[CommonsFile] | None:
        if "pageids" in query:
            return [one for one in self.files if str(one.page) == query["pageids"]] or [
                CommonsFile(int(query["pageids"]), "", Path())
            ]
        words, _, kind = query.get("gsrsearch", "").rpartition(" filetype:")
        limit = int(query.get("gsrlimit", 10))
        if query.get("generator") != "search" or query.get("gsrnamespace") != "6":
            return None
        if not words or _OPERATORS.search(words) or len(words) > 300 or limit > MOST_FOUND:
            return None
        of_kind = [one for one in self.files if one.is_video == (kind == "video")]
        if self.reads_words:
            of_kind = found_by(words, of_kind, _said_of)
        return of_kind[:limit]

    def _page(
        self, file: CommonsFile, prop: str, query: dict[str, str], index: int
    ) -> dict[str, object]:
        if not file.title:
            return {"pageid": file.page, "missing": True}
        page: dict[str, object] = {"pageid": file.page, "ns": 6, "title": file.title}
        if "generator" in query:
            page["index"] = index
        info = self._info(file, int(query[f"{prop[0]}iurlwidth"]))
        if "derivatives" not in query[f"{prop[0]}iprop"]:
            del info["derivatives"]
        wanted = query[f"{prop[0]}iextmetadatafilter"].split("|")
        info["extmetadata"] = {
            key: {"value": value, "source": "commons-desc-page", "hidden": ""}
            for key, value in file.metadata.items()
            if key in wanted
        } or []
        return page | {"imagerepository": "local", prop: [info | self.quirk]}

    def _info(self, file: CommonsFile, width: int) -> dict[str, object]:
        url, (full, height) = f"{self.web.url}/files/{file.name}", file.size
        original = {
            "src": url,
            "type": file.mime,
            "title": "Original file",
            "width": full,
            "height": height,
            "bandwidth": 9 * file.bandwidth,
        }
        transcodes = [
            {
                "src": f"{self.web.url}/files/transcoded/{file.name}/{file.name}.{key}",
                "type": 'video/webm; codecs="vp9, opus"' if "webm" in key else "video/quicktime",
                "transcodekey": key,
                "width": size[0],
                "height": size[1],
                "bandwidth": file.bandwidth,
            }
            for key, size in file.transcodes.items()
        ]
        thumb = {
            "thumburl": f"{self.web.url}/thumb/{file.name}/{width}px-{file.name}?utm_source=x",
            "thumbwidth": width,
            "thumbheight": round(height * width / full),
        }
        if width >= full and not file.is_video:
            thumb = {"thumburl": url, "thumbwidth": full, "thumbheight": height}
        return {
            **thumb,
            "url": url,
            "descriptionurl": f"https://commons.wikimedia.org/wiki/{file.title}",
            "user": "Uploader",
            "size": round(9 * file.bandwidth * file.seconds / 8),
            "width": full,
            "height": height,
            "mime": file.mime,
            "mediatype": "VIDEO" if file.is_video else "BITMAP",
            **({"duration": file.seconds} if file.is_video else {}),
            "derivatives": [original, *transcodes] if file.is_video else [],
        }

    def _file(self, asked: Asked) -> Reply:
        if not names_a_contact(asked):
            return Reply(AGENT_REFUSED, "text/plain", 403)
        name = unquote(asked.path).removeprefix("/files/").removeprefix("transcoded/").split("/")[0]
        with self.file_door.entered() as has_room:
            if not has_room:
                return Reply(b"too many requests", "text/plain", 429, {"Retry-After": "1"})
            for one in self.files:
                if unquote(one.name) == name:
                    return Reply(one.path, one.mime)
        return Reply(b"not found", "text/plain", 404)

    def _thumbnail(self, asked: Asked) -> Reply:
        _, _, name, file = unquote(asked.path).split("/", 3)
        width = int(file.partition("px-")[0])
        for one in self.files:
            if unquote(one.name) == name and width in WIDTHS and width < one.size[0]:
                height = round(one.size[1] * width / one.size[0])
                with Image.open(one.path) as picture:
                    small = picture.convert("RGB").resize((width, height))
                body = io.BytesIO()
                small.save(body, "JPEG")
                return Reply(body.getvalue(), "image/jpeg")
        return Reply(b"Use thumbnail sizes listed on https://w.wiki/GHai", "text/plain", 429)


def _said_of(file: CommonsFile) -> str:
    return f"{file.title.partition(':')[2]} {file.metadata.get('ImageDescription', '')}"
