"""Files of Wikimedia Commons: what the API tells of them, as candidates and recordings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, Field, OnErrorOmit, field_validator

from videogen.domain.footage import Candidate
from videogen.footage.fetch.clips import Recording
from videogen.footage.fetch.pieces import Rendition
from videogen.footage.licenses import family_of
from videogen.footage.sources.markup import plain_text

NAME = "commons"
# Thumbnails are made in a few widths only; these are the two that a video can use.
THUMBNAIL_WIDTH, _LARGE_THUMBNAIL_WIDTH = 1920, 3840
FIELDS = (
    "LicenseShortName",
    "LicenseUrl",
    "UsageTerms",
    "Artist",
    "Credit",
    "AttributionRequired",
    "Restrictions",
    "NonFree",
    "ObjectName",
    "ImageDescription",
)
_TRANSCODES = ".vp9.webm"
_PLAYABLE = ("video/webm", "video/mp4")
_PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
_BY_THUMBNAIL = frozenset({"image/tiff"})
_NO = frozenset({"", "0", "no", "false"})
_MOST_TITLE = 200  # characters: an object's name may be a whole paragraph


class _Field(BaseModel):
    value: Any = ""

    @property
    def html(self) -> str:
        value = self.value
        if isinstance(value, dict):
            value = value.get("en") or next(iter(value.values()), "")
        return str(value) if isinstance(value, (str, int, float)) else ""


class _Derivative(BaseModel):
    src: str
    type: str = ""
    transcodekey: str = ""
    width: int = 0
    height: int = 0
    bandwidth: float = 0.0


class File(BaseModel):
    """What is told of a file; sizes in pixels and bytes, its duration in seconds."""

    url: str
    descriptionurl: str = ""
    size: int = 0
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    duration: float | None = None
    mime: str = ""
    mediatype: str = ""
    thumburl: str = ""
    thumbwidth: int = 0
    thumbheight: int = 0
    extmetadata: dict[str, OnErrorOmit[_Field]] = Field(default_factory=dict)
    derivatives: list[OnErrorOmit[_Derivative]] = Field(default_factory=list)

    @field_validator("extmetadata", mode="before")
    @classmethod
    def _none_is_empty(cls, value: Any) -> Any:
        # PHP writes an empty map as an empty list.
        return value if isinstance(value, dict) else {}

    @property
    def kind(self) -> Literal["video", "still"] | None:
        """What it is shown as; None where it can't be."""
        if self.mediatype == "VIDEO":
            return "video" if any(_videos(self)) else None
        return "still" if self.mime in _PICTURES | _BY_THUMBNAIL else None

    def text(self, field: str) -> str:
        """Return what a field of its metadata says, empty where there is none."""
        found = self.extmetadata.get(field)
        return plain_text(found.html) if found else ""


class Page(BaseModel):
    """The page of a file, and the file itself where there is one."""

    pageid: int
    title: str = ""
    index: int = 0
    videoinfo: list[OnErrorOmit[File]] = Field(default_factory=list)
    imageinfo: list[OnErrorOmit[File]] = Field(default_factory=list)

    @property
    def files(self) -> list[File]:
        """The file as it is now; empty where there is none."""
        return (self.videoinfo or self.imageinfo)[:1]


class _Pages(BaseModel):
    pages: list[OnErrorOmit[Page]] = Field(default_factory=list)


class _Error(BaseModel):
    code: str = "unknown"


class Answer(BaseModel):
    """An answer of the API, which tells its errors with 200 as well."""

    query: _Pages = Field(default_factory=_Pages)
    error: _Error | None = None

    @property
    def pages(self) -> list[Page]:
        """The pages found; none is an answer."""
        return self.query.pages


def candidate_of(page: Page, licenses: frozenset[str]) -> Candidate | None:
    """Return a page's file as a candidate; None where it can't be shown or is not allowed."""
    for file in page.files:
        if file.kind and _is_allowed(file, licenses):
            title = _title(page.title, file.text("ObjectName"))
            return Candidate(
                source=NAME,
                id=str(page.pageid),
                title=title,
                credit=file.text("Artist"),
                license=file.text("LicenseShortName"),
                url=file.descriptionurl,
                description=file.text("ImageDescription"),
                duration=file.duration if file.kind == "video" else None,
                width=file.width,
                height=file.height,
                thumbnail_url=_absolute(file.thumburl),
                kind=file.kind,
                license_url=_absolute(file.text("LicenseUrl")),
                attribution=_attribution(file, title),
            )
    return None


def recording_of(page: Page) -> Recording:
    """Return where a page's video or picture is, asked for with thumbnails of 1920 pixels."""
    [file] = page.files
    found = _videos(file) if file.mediatype == "VIDEO" else _pictures(file)
    return Recording(tuple(found))


def _is_allowed(file: File, licenses: frozenset[str]) -> bool:
    family = family_of(file.text("LicenseShortName"), file.text("LicenseUrl"))
    if family not in licenses or file.text("Restrictions"):
        return False
    if file.text("NonFree").lower() not in _NO:
        return False
    asks_for_name = family in ("by", "by-sa") or file.text("AttributionRequired").lower() not in _NO
    return bool(file.text("Artist")) or not asks_for_name


def _title(title: str, object_name: str) -> str:
    stem = title.partition(":")[2].rpartition(".")[0].replace("_", " ").strip()
    says_more = _telling_words(object_name) > _telling_words(stem)
    return object_name if says_more and len(object_name) <= _MOST_TITLE else stem or object_name


def _telling_words(text: str) -> int:
    return len(re.findall(r"[^\W\d_]{3,}", text))


def _attribution(file: File, title: str) -> str:
    name, artist = file.text("ObjectName") or title, file.text("Artist")
    by = f"{name} by {artist}" if artist else name
    return f"{by}, {file.text('LicenseShortName')}, via Wikimedia Commons"


def _videos(file: File) -> Iterator[Rendition]:
    for one in file.derivatives:
        if f".{one.transcodekey}".endswith(_TRANSCODES):
            yield Rendition(_absolute(one.src), one.width, one.height, one.bandwidth)
    if file.mime.startswith(_PLAYABLE):
        weight = 8 * file.size / file.duration if file.duration else file.size
        yield Rendition(_absolute(file.url), file.width, file.height, weight)


def _pictures(file: File) -> Iterator[Rendition]:
    width, height, thumbnail = file.width, file.height, _absolute(file.thumburl)
    if file.mime in _PICTURES and width <= _LARGE_THUMBNAIL_WIDTH:
        yield Rendition(_absolute(file.url), width, height, file.size)
    if thumbnail and (width > THUMBNAIL_WIDTH or file.mime in _BY_THUMBNAIL):
        yield Rendition(thumbnail, file.thumbwidth, file.thumbheight, 0)
    large = re.sub(rf"(?<=[/-]){THUMBNAIL_WIDTH}px-", f"{_LARGE_THUMBNAIL_WIDTH}px-", thumbnail)
    if width > _LARGE_THUMBNAIL_WIDTH and large != thumbnail:
        scaled = round(height * _LARGE_THUMBNAIL_WIDTH / width)
        yield Rendition(large, _LARGE_THUMBNAIL_WIDTH, scaled, 0)


def _absolute(address: str) -> str:
    return f"https:{address}" if address.startswith("//") else address
