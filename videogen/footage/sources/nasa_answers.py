"""What the NASA Image and Video Library answers."""

from __future__ import annotations

import re
from html import unescape
from typing import Any, Literal

from pydantic import BaseModel, Field, OnErrorOmit, RootModel

# Where a description names others than NASA, as its guidelines ask.
_CREDIT = re.compile(r"\bcredits?:\s*([^\n;<]{2,80})(?![^\s;<])", re.IGNORECASE)
_KINDS: dict[str, Literal["video", "still"]] = {"video": "video", "image": "still"}
_TIME = re.compile(r"\d+(?::\d+)*(?:\.\d+)?")
_SIZE = re.compile(r"(\d+)[x ](\d+)")
_WIDTHS = ("QuickTime:ImageWidth", "File:ImageWidth", "PNG:ImageWidth", "EXIF:ImageWidth")


class Facts(BaseModel):
    """What is said of one item."""

    nasa_id: str
    title: str = ""
    description: str | None = None
    date_created: str | None = None
    center: str | None = None
    photographer: str | None = None
    secondary_creator: str | None = None
    keywords: list[str] = Field(default_factory=list)
    media_type: str = "video"

    @property
    def credit(self) -> str:
        """Everybody who is named as a maker; NASA where nobody is."""
        named = _CREDIT.search(unescape(self.description or ""))
        makers = (
            self.photographer,
            self.secondary_creator,
            named and named[1].strip(" ."),
            self.center and f"NASA {self.center}",
        )
        return ", ".join(dict.fromkeys(maker for maker in makers if maker)) or "NASA"


class _Link(BaseModel):
    href: str = ""
    rel: str = ""
    width: int | None = None
    height: int | None = None


class Item(BaseModel):
    """One item of a search, and where the list of its files is."""

    data: list[Facts] = Field(min_length=1)
    href: str = ""
    links: list[OnErrorOmit[_Link]] = Field(default_factory=list)

    @property
    def facts(self) -> Facts:
        """What is said of it."""
        return self.data[0]

    @property
    def kind(self) -> Literal["video", "still"] | None:
        """What it is to us; sound is nothing."""
        return _KINDS.get(self.facts.media_type)

    @property
    def preview(self) -> str:
        """The address of a small picture of it."""
        return next((link.href for link in self.links if link.rel == "preview"), "")

    @property
    def size(self) -> tuple[int, int] | None:
        """A picture's largest size in pixels, where it is told."""
        if self.kind != "still":
            return None
        sizes = [(link.width, link.height) for link in self.links if link.width and link.height]
        return max(sizes, default=None)


class _Items(BaseModel):
    items: list[OnErrorOmit[Item]]


class SearchAnswer(BaseModel):
    """The answer to a search."""

    collection: _Items


class _Place(BaseModel):
    href: str


class _Places(BaseModel):
    items: list[OnErrorOmit[_Place]]


class AssetAnswer(BaseModel):
    """Where an item's files are."""

    collection: _Places


class Addresses(RootModel[list[str]]):
    """The list of an item's files that lies beside them."""


class Location(BaseModel):
    """Where an item's metadata is."""

    location: str


class Metadata(RootModel[dict[str, Any]]):
    """What ExifTool says of an original, as numbers or in words such as `0:01:05` or `12.3 s`."""

    @property
    def duration(self) -> float | None:
        """Seconds, where a video's are told."""
        found = _TIME.match(str(self.root.get("QuickTime:Duration", "")))
        seconds = 0.0
        for part in found[0].split(":") if found else ():
            seconds = 60 * seconds + float(part)
        return seconds or None

    @property
    def size(self) -> tuple[int, int] | None:
        """Pixels, where they are told."""
        if found := _SIZE.match(str(self.root.get("Composite:ImageSize", ""))):
            return int(found[1]), int(found[2])
        for name in _WIDTHS:
            width = self.root.get(name)
            height = self.root.get(name.replace("Width", "Height"))
            if isinstance(width, int) and isinstance(height, int) and width > 0 < height:
                return width, height
        return None
