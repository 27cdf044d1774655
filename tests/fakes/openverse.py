"""Openverse as its interface answers, for the pictures that it is given."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fakes.manners import names_a_contact
from fakes.web import Asked, Reply, Web, as_json
from fakes.words import found_by

MOST_A_PAGE = 20
MOST_LETTERS = 200
_VALUES = {
    "aspect_ratio": {"wide", "tall", "square"},
    "size": {"small", "medium", "large"},
    "license": {"by", "by-nc", "by-nc-nd", "by-nc-sa", "by-nd", "by-sa", "cc0", "pdm"},
}


@dataclass
class OpenversePicture:
    """A picture: its file, and what is told of it where that is not the usual."""

    number: int
    path: Path
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def identifier(self) -> str:
        return str(uuid.UUID(int=self.number))

    def facts(self, url: str) -> dict[str, Any]:
        usual = {
            "id": self.identifier,
            "title": "A ship",
            "indexed_on": "2020-05-06T07:08:09.000000Z",
            "foreign_landing_url": f"https://www.flickr.com/photos/jane/{self.number}",
            "url": f"{url}/photos/{self.number}.jpg",
            "creator": "Jane Doe",
            "creator_url": "https://www.flickr.com/photos/jane",
            "license": "by",
            "license_version": "2.0",
            "license_url": "https://creativecommons.org/licenses/by/2.0/",
            "provider": "flickr",
            "source": "flickr",
            "category": None,
            "filesize": None,
            "filetype": None,
            "tags": [{"name": "ship", "accuracy": None}, {"name": "sea", "accuracy": 0.97}],
            "attribution": '"A ship" by Jane Doe is licensed under CC BY 2.0.',
            "fields_matched": ["title"],
            "mature": False,
            "height": 360,
            "width": 640,
            "thumbnail": f"{url}/v1/images/{self.identifier}/thumb/",
        }
        return usual | self.details


class Openverse:
    """The service on a web server of its own; every search finds all pictures it may.

    With `reads_words`, it finds those under the licences asked for that share a word with the
    query, and some that don't.
    """

    def __init__(self, web: Web, pictures: list[OpenversePicture]) -> None:
        self.web = web
        self.pictures = {one.identifier: one for one in pictures}
        self.reads_words = False
        web.pages["/v1/images/"] = self._answer
        web.pages["/photos/"] = self._photo

    def _answer(self, asked: Asked) -> Reply:
        if not names_a_contact(asked):
            return as_json({"detail": "Forbidden"}, 403)
        identifier = asked.path.removeprefix("/v1/images/").strip("/")
        if not identifier:
            return self._search(asked.query)
        if not re.fullmatch(r"[0-9a-f-]{36}", identifier) or identifier not in self.pictures:
            return as_json({"detail": "No Image matches the given query."}, 404)
        return as_json(self.pictures[identifier].facts(self.web.url))

    def _search(self, query: dict[str, str]) -> Reply:
        if int(query.get("page_size", 20)) > MOST_A_PAGE:
            detail = f"page_size may not exceed {MOST_A_PAGE} for anonymous requests"
            return as_json({"detail": {"page_size": [detail]}}, 401)
        for key, known in _VALUES.items():
            if wrong := set(query.get(key, "").split(",")) - known - {""}:
                return as_json({"detail": {key: [f"{sorted(wrong)} is not a valid choice"]}}, 400)
        if len(query.get("q", "")) > MOST_LETTERS:
            return as_json({"detail": {"q": ["has more than 200 characters"]}}, 400)
        found = [one.facts(self.web.url) for one in self.pictures.values()]
        if self.reads_words:
            allowed = query.get("license", "").split(",")
            found = [one for one in found if one["license"] in allowed]
            found = found_by(query.get("q", ""), found, _said_of)
        return as_json(
            {
                "result_count": len(found),
                "page_count": 1,
                "page_size": 20,
                "page": 1,
                "results": found[: int(query.get("page_size", 20))],
            }
        )

    def _photo(self, asked: Asked) -> Reply:
        number = re.sub(r"\D", "", asked.path)
        one = self.pictures.get(str(uuid.UUID(int=int(number))))
        return Reply(one.path, "image/jpeg") if one else Reply(b"gone", "text/plain", 410)


def _said_of(facts: dict[str, Any]) -> str:
    return " ".join([facts["title"], *(tag["name"] for tag in facts["tags"])])
