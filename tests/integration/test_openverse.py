"""Openverse: what it is asked, what becomes of its answers and faults."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fakes.footage import OpenSource, asked, ids
from fakes.openverse import Openverse, OpenversePicture
from fakes.web import Fault, Reply, Web
from pydantic import BaseModel

from videogen.domain.footage import Candidate
from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.footage.fetch.client import Refused, footage_client
from videogen.footage.licenses import LICENSES
from videogen.http.limits import Budget


def test_a_picture_of_openverse_becomes_a_candidate(
    open_source: OpenSource, web: Web, still: Path
) -> None:
    Openverse(web, [OpenversePicture(5, still)])
    source = open_source("openverse")
    [one] = source.search(asked("ship"))
    assert one == Candidate(
        source="openverse",
        id="00000000-0000-0000-0000-000000000005",
        title="A ship",
        credit="Jane Doe",
        license="CC BY 2.0",
        url="https://www.flickr.com/photos/jane/5",
        keywords=("ship", "sea"),
        width=640,
        height=360,
        thumbnail_url=f"{web.url}/v1/images/00000000-0000-0000-0000-000000000005/thumb/",
        kind="still",
        license_url="https://creativecommons.org/licenses/by/2.0/",
        attribution='"A ship" by Jane Doe is licensed under CC BY 2.0.',
    )
    assert source.lookup(one.id) == one


@pytest.mark.parametrize(
    ("size", "shape"), [((1920, 1080), "wide"), ((1080, 1920), "tall"), ((720, 720), "square")]
)
def test_openverse_is_asked_for_what_may_be_shown_in_the_output_s_shape(
    open_source: OpenSource, web: Web, size: tuple[int, int], shape: str
) -> None:
    Openverse(web, [])
    query = replace(asked("a -ship " + "long " * 60), width=size[0], height=size[1])
    assert list(open_source("openverse").search(query)) == []
    [question] = web.asked
    assert question.query["q"].startswith("a ship long")
    assert question.query | {"q": ""} == {
        "q": "",
        "license": "pdm,cc0,by",
        "aspect_ratio": shape,
        "size": "large",
        "page_size": "20",
    }


@pytest.mark.parametrize(
    "details",
    [
        {"license": "by-nc", "license_url": "https://creativecommons.org/licenses/by-nc/2.0/"},
        {"license": "by-sa", "license_url": "https://creativecommons.org/licenses/by-sa/2.0/"},
        {"license": "by", "license_url": "https://creativecommons.org/licenses/by-nd/2.0/"},
        {"license": "sampling+", "license_url": None},
        {"filetype": "svg"},
        {"url": "https://upload.example.org/a.SVG?x=1"},
        {"url": None},
        {"id": "../5"},
        {"width": "wide"},
    ],
    ids=str,
)
def test_a_picture_that_may_not_or_cannot_be_shown_is_left_out(
    open_source: OpenSource, web: Web, still: Path, details: dict[str, Any]
) -> None:
    pictures = [OpenversePicture(5, still, details), OpenversePicture(6, still)]
    Openverse(web, pictures)
    assert ids(open_source("openverse").search(asked("ship"))) == [pictures[1].identifier]


@pytest.mark.parametrize(
    ("details", "license_name"),
    [
        (
            {"license": "pdm", "license_url": "https://creativecommons.org/publicdomain/mark/1.0/"},
            "Public Domain Mark 1.0",
        ),
        ({"license": "cc0", "license_version": "1.0", "license_url": None}, "CC0 1.0"),
        ({"license": "by", "license_version": None, "license_url": ""}, "CC BY"),
    ],
    ids=str,
)
def test_a_picture_s_licence_is_named_as_people_know_it(
    open_source: OpenSource, web: Web, still: Path, details: dict[str, Any], license_name: str
) -> None:
    nothing = dict.fromkeys(("title", "creator", "attribution", "tags", "width", "thumbnail"))
    Openverse(web, [OpenversePicture(5, still, {**nothing, **details})])
    [one] = open_source("openverse").search(asked("ship"))
    assert (one.license, one.title, one.width) == (license_name, "Untitled", None)


def test_share_alike_is_asked_for_where_it_is_allowed(
    open_source: OpenSource, web: Web, still: Path
) -> None:
    address = "https://creativecommons.org/licenses/by-sa/4.0/"
    Openverse(web, [OpenversePicture(5, still, {"license": "by-sa", "license_url": address})])
    source = open_source("openverse", licenses=LICENSES | {"by-sa"})
    assert [one.license for one in source.search(asked("ship"))] == ["CC BY-SA 4.0"]
    assert web.asked[0].query["license"] == "pdm,cc0,by,by-sa"


@pytest.mark.parametrize(
    "answer",
    [
        Reply(b"gone", "text/plain", 410),
        Reply(b"denied", "text/plain", 403),
        Reply(b"too many", "text/plain", 429, {"Retry-After": "7200"}),
        Reply(b"", "text/plain", 302, {"Location": "https://127.0.0.1:1/x"}),
        Reply(b"<html>sign in</html>", "text/html"),
    ],
    ids=["gone", "denied", "busy", "private", "html"],
)
def test_a_host_that_lost_a_picture_says_nothing_of_openverse(
    open_source: OpenSource, web: Web, still: Path, answer: Reply
) -> None:
    Openverse(web, [OpenversePicture(5, still)])
    web.pages["/photos/"] = lambda _asked: answer
    source = open_source("openverse")
    [one] = source.search(asked("ship"))
    for _ in range(2):
        with pytest.raises(UnusableClip):
            source.fetch(one, 5.0)
    assert source.search(asked("another ship"))


def test_openverse_that_wants_to_be_left_alone_is(open_source: OpenSource, web: Web) -> None:
    Openverse(web, [])
    web.fail("/v1/images/", Fault.RATE_LIMIT_FOR_AN_HOUR)
    source = open_source("openverse")
    for _ in range(2):
        with pytest.raises(SourceUnavailable, match="3600 s"):
            source.search(asked("ship"))
    assert len(web.asked) == 1


def test_a_page_that_is_too_long_is_refused_by_the_service_as_401(web: Web) -> None:
    Openverse(web, [])
    with footage_client(web.url, Budget(9.0)) as client, pytest.raises(Refused):
        client.ask("/v1/images/", {"q": "ship", "page_size": 21}, BaseModel)


@pytest.mark.parametrize("name", ["../x", "5", "", "00000000-0000-0000-0000-00000000000/"])
def test_a_picture_of_openverse_is_named_by_its_identifier(
    open_source: OpenSource, web: Web, name: str
) -> None:
    Openverse(web, [])
    with pytest.raises(FootageError, match="not named so"):
        open_source("openverse").lookup(name)
    assert web.asked == []


def test_an_unknown_picture_is_told(open_source: OpenSource, web: Web, still: Path) -> None:
    Openverse(web, [])
    with pytest.raises(UnusableClip, match="no such picture"):
        open_source("openverse").lookup(OpenversePicture(5, still).identifier)
