"""The Internet Archive: what it is asked, what becomes of its answers and faults."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from fakes.archive import Archive, ArchiveItem
from fakes.footage import OpenSource, asked, ids, request, sourced
from fakes.web import Fault, Reply, Web, as_json

from videogen.domain.footage import Candidate
from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.footage.fetch.cache import PieceCache
from videogen.footage.fetch.client import footage_client
from videogen.footage.fetch.clips import ClipFetcher
from videogen.footage.licenses import LICENSES
from videogen.footage.sources.archive import ArchiveSource
from videogen.footage.sources.chain import open_chain
from videogen.footage.sources.provider import FootageOptions
from videogen.http.limits import Budget
from videogen.settings import Settings


def film(video: Path, identifier: str = "ships-1943", **metadata: Any) -> ArchiveItem:
    return ArchiveItem(identifier, metadata, {"ships.ia.mp4": video})


def test_an_item_of_the_archive_becomes_a_candidate(
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    item = film(
        small_video,
        description="<p>Ships &amp; <b>boats</b>.</p>",
        subject=["Navy; Ships", ";"],
        date="1943-05-06T00:00:00Z",
    )
    Archive(web, [item])
    source = open_source("archive")
    [one] = source.search(asked("ship"))
    assert one == Candidate(
        source="archive",
        id="ships-1943",
        title="A ship",
        credit="Jane Doe",
        license="CC BY 4.0",
        url="https://archive.org/details/ships-1943",
        description="Ships & boats.",
        keywords=("Navy", "Ships"),
        date="1943-05-06",
        thumbnail_url="https://archive.org/services/img/ships-1943",
        license_url="http://creativecommons.org/licenses/by/4.0/",
        attribution="A ship by Jane Doe, CC BY 4.0, via Internet Archive",
    )
    known = source.lookup(one.id)
    assert (known.duration, known.width, known.height) == (180.0, 640, 360)
    assert known.attribution == one.attribution


def test_the_archive_is_asked_by_quoted_words_and_escaped_slashes(
    open_source: OpenSource, web: Web
) -> None:
    Archive(web, [])
    source = open_source("archive", licenses=LICENSES | {"by-sa"})
    assert list(source.search(asked('title:(a) OR "ship/boat"'))) == []
    assert web.asked[0].query["q"] == (
        r'("title" AND "a" AND "or" AND "ship" AND "boat") AND mediatype:movies AND '
        r"(licenseurl:*publicdomain* OR collection:prelinger OR collection:FedFlix OR "
        r"licenseurl:*\/licenses\/by\/* OR licenseurl:*\/licenses\/by-sa\/*)"
    )


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({"title": ["One", "Two"], "creator": ["A", "B"]}, "One by A, B"),
        ({"title": 1943, "creator": None}, "1943"),
        ({"title": None, "creator": {"odd": 1}}, "ships-1943"),
        ({"title": [], "creator": [None, "A"]}, "ships-1943 by A"),
    ],
    ids=["lists", "a number", "missing and odd", "empty"],
)
def test_fields_may_be_a_text_a_list_or_missing(
    open_source: OpenSource, web: Web, small_video: Path, given: dict[str, Any], read: str
) -> None:
    Archive(web, [film(small_video, **given)])
    source = open_source("archive")
    [one] = source.search(asked("ship"))
    assert one.attribution == f"{read}, CC BY 4.0, via Internet Archive"
    assert source.lookup(one.id).attribution == one.attribution


@pytest.mark.parametrize(
    ("given", "license_name"),
    [
        ({"licenseurl": "http://creativecommons.org/publicdomain/zero/1.0/"}, "CC0 1.0"),
        ({"licenseurl": "http://creativecommons.org/licenses/publicdomain/"}, "Public domain"),
        (
            {"licenseurl": None, "collection": ["prelinger", "movies"]},
            "Public domain, Prelinger Archives",
        ),
        (
            {"licenseurl": None, "collection": "FedFlix"},
            "Public domain, United States government",
        ),
        ({"licenseurl": None, "collection": "opensource_movies"}, ""),
        ({"licenseurl": "https://creativecommons.org/licenses/by-nc/4.0/"}, ""),
        ({"licenseurl": "https://creativecommons.org/licenses/by-sa/4.0/"}, ""),
        (
            {
                "licenseurl": "https://creativecommons.org/licenses/by-nd/4.0/",
                "collection": "prelinger",
            },
            "",
        ),
        ({"licenseurl": "https://www.copyright.gov/"}, ""),
    ],
    ids=str,
)
def test_an_item_is_taken_by_its_licence_or_a_collection_that_has_one(
    open_source: OpenSource, web: Web, small_video: Path, given: dict[str, Any], license_name: str
) -> None:
    Archive(web, [film(small_video, **given)])
    source = open_source("archive")
    assert [one.license for one in source.search(asked("ship"))] == [license_name] * bool(
        license_name
    )
    if not license_name:
        with pytest.raises(FootageError, match="licence"):
            source.lookup("ships-1943")


@pytest.mark.parametrize(
    ("length", "seconds"),
    [("62.53", 62.53), ("1:02:03", 3723.0), ("2:05", 125.0), ("unknown", None), ("0", None)],
)
def test_a_length_is_seconds_or_hours_and_minutes(
    open_source: OpenSource, web: Web, small_video: Path, length: str, seconds: float | None
) -> None:
    item = film(small_video)
    item.details = {"ships.ia.mp4": {"length": length, "height": "tall"}}
    Archive(web, [item])
    one = open_source("archive").lookup("ships-1943")
    assert (one.duration, one.height) == (seconds, None)


@pytest.mark.parametrize(
    ("formats", "taken"),
    [
        (["MPEG4", "h.264", "h.264 IA"], "h.264 IA"),
        (["MPEG4", "h.264", "Ogg Video"], "h.264"),
        (["Cinepack", "MPEG4", "MPEG2"], "MPEG4"),
    ],
)
def test_the_file_is_taken_that_serves_best(
    open_source: OpenSource, web: Web, small_video: Path, formats: list[str], taken: str
) -> None:
    item = ArchiveItem("reel", files={f"a folder/{kind} #1.mp4": small_video for kind in formats})
    item.details = {name: {"format": name[9:-7]} for name in item.files}
    Archive(web, [item])
    source = open_source("archive")
    clip = source.fetch(source.lookup("reel"), 5.0)
    assert clip.duration >= 5.0
    assert {unquote(one.path) for one in web.asked if one.range} == {
        f"/{place}/reel/a folder/{taken} #1.mp4" for place in ("download", "9/items")
    }


def test_the_archive_s_redirect_is_followed_once_a_file(
    open_source: OpenSource, web: Web, long_video: Path
) -> None:
    Archive(web, [film(long_video)])
    source = open_source("archive")
    source.fetch(source.lookup("ships-1943"), 5.0)
    assert web.count("/download/") == 1
    assert web.count("/9/items/") >= 2


@pytest.mark.parametrize("kind", ["Cinepack", "MPEG2", "Ogg Video", "Metadata"])
def test_an_item_without_a_file_to_cut_is_a_fault_of_the_clip(
    open_source: OpenSource, web: Web, small_video: Path, kind: str
) -> None:
    item = film(small_video)
    item.details = {"ships.ia.mp4": {"format": kind}}
    Archive(web, [item])
    source = open_source("archive")
    [one] = source.search(asked("ship"))
    with pytest.raises(UnusableClip, match="no file"):
        source.fetch(one, 5.0)
    with pytest.raises(UnusableClip):
        source.lookup(one.id)


def test_what_may_only_be_looked_at_there_is_not_fetched(
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    item = film(small_video)
    item.details = {"ships.ia.mp4": {"private": "true"}}
    Archive(web, [item])
    with pytest.raises(UnusableClip):
        open_source("archive").lookup("ships-1943")


@pytest.mark.parametrize(
    ("changes", "what"),
    [({"is_dark": True}, "withdrawn"), ({"is_restricted": True}, "not there: 403")],
    ids=["dark", "restricted"],
)
def test_an_item_that_is_closed_is_no_fault_of_the_archive(
    open_source: OpenSource, web: Web, small_video: Path, changes: dict[str, Any], what: str
) -> None:
    Archive(web, [replace(film(small_video), **changes), film(small_video, "other")])
    source = open_source("archive")
    closed, other = source.search(asked("ship"))
    for _ in range(4):
        with pytest.raises(UnusableClip, match=what):
            source.fetch(closed, 5.0)
    assert source.fetch(other, 5.0).duration >= 5.0


def test_an_unknown_item_is_an_empty_answer_and_told(open_source: OpenSource, web: Web) -> None:
    Archive(web, [])
    with pytest.raises(FootageError, match="no such item"):
        open_source("archive").lookup("nothing")


@pytest.mark.parametrize("name", ["../metadata", "a/b", "", "a b", "x" * 200, "ü"])
def test_what_is_no_name_of_an_item_is_not_asked_for(
    open_source: OpenSource, web: Web, name: str
) -> None:
    Archive(web, [])
    with pytest.raises(FootageError, match="not named so"):
        open_source("archive").lookup(name)
    assert web.asked == []


def test_films_of_the_archive_are_measured_before_they_are_chosen_and_asked_for_once(
    settings: Settings, web: Web, long_video: Path
) -> None:
    known = film(long_video, "ships-1943", title="A ship is going out to sea")
    dark = ArchiveItem("dark", {"title": "A ship goes out to sea"}, is_dark=True)
    Archive(web, [dark, known])

    def shown() -> list[tuple[str, float]]:
        with open_chain(["archive"], settings, FootageOptions(640, 360)) as chain:
            footage = sourced([request(1, 12.0), request(2, 12.0)], chain)
        assert footage.warnings == ()
        return [(clip.candidate.id, clip.start) for one in footage.scenes for clip in one.clips]

    first = shown()
    assert {one for one, _ in first} == {"ships-1943"}
    assert len(set(first)) == len(first) == 4
    assert web.count("/metadata/") == 2
    assert web.count("/download/dark") == 0
    asked_for = len(web.asked)
    assert shown() == first
    assert len(web.asked) == asked_for + web.count("/metadata/dark") - 1


def test_an_archive_that_slows_down_is_asked_again(
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    service = Archive(web, [film(small_video)])
    busy = [Reply(b"slow down", "text/plain", 503)]
    answer = web.pages["/advancedsearch.php"]
    web.pages["/advancedsearch.php"] = lambda asked: busy.pop() if busy else answer(asked)
    assert ids(open_source("archive").search(asked("ship"))) == ["ships-1943"]
    assert service.door.peak == 1


def test_the_archive_is_off_for_the_run_when_it_refuses(open_source: OpenSource, web: Web) -> None:
    Archive(web, [])
    web.fail("/advancedsearch.php", Fault.REFUSED)
    source = open_source("archive")
    for _ in range(2):
        with pytest.raises(SourceUnavailable, match="refuses to answer"):
            source.search(asked("ship"))
    assert len(web.asked) == 1


def test_an_error_of_the_archive_s_search_is_a_failure(open_source: OpenSource, web: Web) -> None:
    web.pages["/advancedsearch.php"] = lambda _asked: as_json({"error": "could not be parsed"})
    with pytest.raises(FootageError, match="not what was agreed"):
        open_source("archive").search(asked("ship"))


def test_the_archive_is_asked_by_five_at_most(web: Web, tmp_path: Path, small_video: Path) -> None:
    service = Archive(web, [film(small_video)])
    service.door.linger = 0.5
    # Without the pause between two questions, which alone would keep most of them apart.
    client = footage_client(web.url, Budget(60.0), pace=0.0)
    fetcher = ClipFetcher(client, PieceCache(tmp_path / "cache"), 640, 360)
    source = ArchiveSource(web.url, client, fetcher, LICENSES)
    with client, ThreadPoolExecutor(8) as pool:
        found = list(pool.map(source.lookup, ["ships-1943"] * 8))
    assert len(found) == 8
    assert 1 < service.door.peak <= 5
