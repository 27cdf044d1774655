"""The open archives' own ways: what they are asked, what becomes of their answers and faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from fakes.archive import Archive, ArchiveItem
from fakes.commons import AGENT_REFUSED, Commons, CommonsFile, terms
from fakes.footage import asked
from fakes.media import make_still, make_webm
from fakes.openverse import Openverse, OpenversePicture
from fakes.web import Fault, Reply, Web, as_json
from pydantic import BaseModel

from videogen.domain import Candidate, MediaFile
from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.footage.fetch.cache import PieceCache
from videogen.footage.fetch.client import Refused, footage_client
from videogen.footage.fetch.clips import ClipFetcher
from videogen.footage.licenses import LICENSES
from videogen.footage.sources import Chain, FootageOptions, open_chain
from videogen.footage.sources.archive import ArchiveSource
from videogen.footage.sources.base import FootageSource
from videogen.http.limits import Budget
from videogen.media.probe import probe
from videogen.settings import Settings

Open = Callable[..., FootageSource]


@pytest.fixture
def open_source(tmp_path: Path, web: Web) -> Iterator[Open]:
    """Open a source by name, for an output size and licences; closed when the test is over."""
    opened: list[Chain] = []

    def open_source(
        name: str, *, size: tuple[int, int] = (640, 360), licenses: frozenset[str] = LICENSES
    ) -> FootageSource:
        settings = Settings(
            root=tmp_path,
            database_url="sqlite://",
            cache_folder=tmp_path / "cache",
            commons_base_url=web.url,
            archive_base_url=web.url,
            openverse_base_url=web.url,
        )
        options = FootageOptions(*size, licenses=licenses)
        opened.append(open_chain([name], settings, options))
        return opened[-1].sources[0]

    yield open_source
    for chain in opened:
        chain.close()


@pytest.fixture
def still(tmp_path: Path) -> Path:
    return make_still(tmp_path / "still.jpg", width=640, height=360)


def ids(found: object) -> list[str]:
    assert isinstance(found, (list, tuple))
    return [one.id for one in found]


def ship(video: Path, page: int = 7, **changes: Any) -> CommonsFile:
    file = CommonsFile(
        page,
        "File:USS_Cole_at_sea.webm",
        video,
        seconds=125.0,
        transcodes={"360p.vp9.webm": (640, 360)},
    )
    return replace(file, **changes)


def picture(path: Path, page: int = 8, **changes: Any) -> CommonsFile:
    file = CommonsFile(page, "File:Golden Gate.jpg", path, mime="image/jpeg")
    return replace(file, **changes)


def test_a_video_of_commons_becomes_a_candidate(
    open_source: Open, web: Web, small_video: Path
) -> None:
    Commons(web, [ship(small_video)])
    [one] = open_source("commons").search(asked("ship"))
    assert one == Candidate(
        source="commons",
        id="7",
        title="USS Cole at sea",
        credit="Jane Doe",
        license="CC BY 4.0",
        url="https://commons.wikimedia.org/wiki/File:USS_Cole_at_sea.webm",
        description="A ship at sea.",
        duration=125.0,
        width=640,
        height=360,
        thumbnail_url=one.thumbnail_url,
        kind="video",
        license_url="https://creativecommons.org/licenses/by/4.0",
        attribution="USS Cole at sea by Jane Doe, CC BY 4.0, via Wikimedia Commons",
    )
    assert "/500px-" in one.thumbnail_url


def test_commons_is_asked_by_plain_words_for_videos_and_for_pictures(
    open_source: Open, web: Web, small_video: Path, still: Path
) -> None:
    Commons(web, [picture(still, 1), picture(still, 9), ship(small_video, 5), ship(small_video, 6)])
    found = open_source("commons").search(asked('insource:/x/ "ship" -boat'))
    # Each kind in the order of its ranks, videos first, in turn.
    assert ids(found) == ["5", "1", "6", "9"]
    assert [one.kind for one in found] == ["video", "still"] * 2
    questions = [one.query["gsrsearch"] for one in web.asked]
    assert questions == [f"insource x ship boat filetype:{kind}" for kind in ("video", "bitmap")]
    assert [one.duration for one in found] == [125.0, None] * 2


def test_ranks_are_told_by_the_index_and_not_by_the_order(
    open_source: Open, web: Web, small_video: Path
) -> None:
    Commons(web, [ship(small_video, 30), ship(small_video, 4), ship(small_video, 200)])
    assert ids(open_source("commons").search(asked("ship"))) == ["30", "4", "200"]


def test_no_hit_has_no_list_and_is_an_answer(open_source: Open, web: Web) -> None:
    Commons(web, [])
    assert list(open_source("commons").search(asked("ship"))) == []


def test_words_that_are_none_are_not_asked_for(open_source: Open, web: Web) -> None:
    Commons(web, [])
    assert list(open_source("commons").search(asked("?! *"))) == []
    assert web.asked == []


@pytest.mark.parametrize(
    ("file", "object_name", "title"),
    [
        ("File:DSC_0123.webm", "Golden Gate Bridge", "Golden Gate Bridge"),
        ("File:Golden_Gate_Bridge_by_night.webm", "Bridge", "Golden Gate Bridge by night"),
        ("File:Mt. Fuji.v2.webm", "", "Mt. Fuji.v2"),
        ("File:A bridge.webm", "<i>A bridge</i>", "A bridge"),
    ],
)
def test_the_title_is_the_file_s_unless_the_object_s_name_says_more(
    open_source: Open, web: Web, small_video: Path, file: str, object_name: str, title: str
) -> None:
    Commons(web, [ship(small_video, title=file, metadata=terms(ObjectName=object_name))])
    [one] = open_source("commons").search(asked("bridge"))
    assert one.title == title


def test_the_credit_names_the_object_as_its_author_does(
    open_source: Open, web: Web, small_video: Path
) -> None:
    name = "<b>Ship</b> &amp; sea"
    Commons(web, [ship(small_video, metadata=terms(ObjectName=name))])
    [one] = open_source("commons").search(asked("ship"))
    assert one.attribution == "Ship & sea by Jane Doe, CC BY 4.0, via Wikimedia Commons"


@pytest.mark.parametrize(
    "metadata",
    [
        terms(LicenseShortName="CC BY-NC 4.0", LicenseUrl=""),
        terms(LicenseShortName="GFDL", LicenseUrl="http://www.gnu.org/copyleft/fdl.html"),
        terms(LicenseShortName="CC BY-SA 4.0", LicenseUrl=""),
        terms(NonFree="true"),
        terms(Restrictions="trademarked"),
        terms(Artist=""),
        terms(LicenseShortName="Public domain", LicenseUrl="", Artist=""),
        {},
    ],
    ids=["nc", "other", "share-alike", "non-free", "trademark", "nobody", "nobody named", "none"],
)
def test_what_may_not_be_shown_is_left_out(
    open_source: Open, web: Web, small_video: Path, metadata: dict[str, str]
) -> None:
    Commons(web, [ship(small_video, metadata=metadata), ship(small_video, 70)])
    source = open_source("commons")
    assert ids(source.search(asked("ship"))) == ["70"]
    with pytest.raises(FootageError, match="licence"):
        source.lookup("7")


def test_public_domain_needs_no_author_where_none_is_asked_for(
    open_source: Open, web: Web, small_video: Path
) -> None:
    metadata = {"LicenseShortName": "Public domain", "AttributionRequired": "false"}
    Commons(web, [ship(small_video, metadata=metadata)])
    [one] = open_source("commons").search(asked("ship"))
    assert one.attribution == "USS Cole at sea, Public domain, via Wikimedia Commons"


def test_share_alike_is_offered_where_it_is_allowed(
    open_source: Open, web: Web, small_video: Path
) -> None:
    metadata = terms(LicenseShortName="CC BY-SA 3.0 de", LicenseUrl="")
    Commons(web, [ship(small_video, metadata=metadata)])
    allowed = open_source("commons", licenses=LICENSES | {"by-sa"})
    assert ids(allowed.search(asked("ship"))) == ["7"]
    assert allowed.lookup("7").license == "CC BY-SA 3.0 de"


@pytest.mark.parametrize(
    "changes",
    [
        {"mime": "application/ogg", "transcodes": {}},
        {"mime": "video/ogg", "transcodes": {"360p.mpeg4.mov": (640, 360)}},
        {"mime": "video/mpeg", "transcodes": {"144p.mjpeg.mov": (256, 144)}},
        {"size": (160, 90)},
    ],
    ids=["fresh ogv", "mov only", "mpeg", "tiny"],
)
def test_a_video_that_nothing_can_be_cut_from_is_left_out(
    open_source: Open, web: Web, small_video: Path, changes: dict[str, Any]
) -> None:
    Commons(web, [ship(small_video, **changes)])
    source = open_source("commons", size=(1920, 1080))
    query = replace(asked("ship"), width=1920, height=1080)
    assert list(source.search(query)) == []


def fetched(source: FootageSource, candidate: Candidate) -> None:
    """Fetch for the sake of what is asked; the files of these tests are not all what they say."""
    try:
        source.fetch(candidate, 5.0)
    except FootageError:
        return


@pytest.mark.parametrize(
    ("size", "mime", "transcodes", "taken"),
    [
        ((1920, 1080), "video/webm", {"240p.vp9.webm": (426, 240)}, ""),
        (
            (1920, 1080),
            "video/webm",
            {"360p.vp9.webm": (640, 360), "720p.vp9.webm": (1280, 720)},
            "360p",
        ),
        ((640, 360), "video/webm", {"360p.vp9.webm": (640, 360)}, "360p"),
        ((1920, 1080), "application/ogg", {"240p.vp9.webm": (426, 240)}, "240p"),
        ((1920, 1080), "video/mp4", {"360p.mpeg4.mov": (640, 360)}, ""),
    ],
    ids=["original", "smallest", "lightest", "never ogv", "never mov"],
)
def test_the_smallest_transcode_that_covers_the_output_is_taken(
    open_source: Open,
    web: Web,
    small_video: Path,
    size: tuple[int, int],
    mime: str,
    transcodes: dict[str, tuple[int, int]],
    taken: str,
) -> None:
    Commons(web, [ship(small_video, size=size, mime=mime, transcodes=transcodes)])
    source = open_source("commons")
    fetched(source, source.lookup("7"))
    [path] = {one.path for one in web.asked if one.range}
    suffix = f"webm.{taken}.vp9.webm" if taken else "USS_Cole_at_sea.webm"
    assert path.endswith(suffix)


@pytest.mark.parametrize(
    ("size", "width"),
    [((1600, 1200), 1600), ((5000, 4000), 1920), ((5000, 1300), 3840), ((2500, 900), 2500)],
    ids=["original", "thumbnail", "large thumbnail", "original of a panorama"],
)
def test_a_picture_is_had_in_a_width_that_exists(
    open_source: Open, web: Web, tmp_path: Path, size: tuple[int, int], width: int
) -> None:
    path = make_still(tmp_path / "p.jpg", width=size[0], height=size[1])
    Commons(web, [picture(path, size=size)])
    source = open_source("commons", size=(1920, 1080))
    one = source.lookup("8")
    assert (one.kind, one.width, one.height) == ("still", *size)
    clip = source.fetch(one, 5.0)
    assert isinstance(clip.media, MediaFile)
    assert probe(clip.media.path, "still").width == width
    asked_for = web.asked[-1].path
    assert asked_for.startswith(
        "/files/" if width == size[0] else f"/thumb/Golden_Gate.jpg/{width}px"
    )


def test_a_piece_of_a_transcode_is_cut_from_the_bytes_that_are_shown(
    open_source: Open, web: Web, tmp_path: Path
) -> None:
    video = make_webm(tmp_path / "ship.webm", "libvpx-vp9", 60)
    Commons(web, [ship(video, mime="video/ogg", transcodes={"180p.vp9.webm": (320, 180)})])
    source = open_source("commons", size=(320, 180))
    [one] = source.search(asked("ship"))
    clip = source.fetch(one, 6.0)
    assert clip.duration >= 6.0
    assert clip.candidate == one
    assert {a.path.rpartition(".webm.")[2] for a in web.asked if a.range} == {"180p.vp9.webm"}
    assert web.sent < video.stat().st_size / 2


def test_the_program_names_a_contact(open_source: Open, web: Web, small_video: Path) -> None:
    Commons(web, [ship(small_video)])
    assert open_source("commons").search(asked("ship"))
    assert "(http" in web.asked[0].headers["user-agent"]


def test_commons_is_off_for_the_run_when_it_refuses_the_program(
    open_source: Open, web: Web
) -> None:
    Commons(web, [])
    web.pages["/w/api.php"] = lambda _asked: Reply(AGENT_REFUSED, "text/plain", 403)
    source = open_source("commons")
    for _ in range(2):
        with pytest.raises(SourceUnavailable, match="Commons refuses to answer"):
            source.search(asked("ship"))
    assert len(web.asked) == 1


@pytest.mark.parametrize("fault", [Fault.RATE_LIMIT, Fault.SERVER_ERROR])
def test_a_passing_fault_of_commons_is_asked_again(
    open_source: Open, web: Web, small_video: Path, fault: Fault
) -> None:
    Commons(web, [ship(small_video)])
    web.fail("/w/api.php", fault, times=1)
    assert ids(open_source("commons").search(asked("ship"))) == ["7"]
    assert len(web.asked) == 3


def test_commons_that_wants_to_be_left_alone_for_an_hour_is(open_source: Open, web: Web) -> None:
    Commons(web, [])
    web.fail("/w/api.php", Fault.RATE_LIMIT_FOR_AN_HOUR)
    with pytest.raises(SourceUnavailable, match="3600 s"):
        open_source("commons").search(asked("ship"))


@pytest.mark.parametrize("code", ["ratelimited", "maxlag"])
def test_a_busy_answer_with_200_is_asked_again(
    open_source: Open, web: Web, small_video: Path, code: str
) -> None:
    service = Commons(web, [ship(small_video)])
    service.errors = [code]
    assert ids(open_source("commons").search(asked("ship"))) == ["7"]


@pytest.mark.parametrize("heads_errors", [True, False])
def test_commons_that_stays_busy_is_left_alone(
    open_source: Open, web: Web, heads_errors: bool
) -> None:
    service = Commons(web, [])
    service.errors, service.heads_errors = ["ratelimited"] * 9, heads_errors
    with pytest.raises(SourceUnavailable, match="too busy"):
        open_source("commons").search(asked("ship"))
    assert len(web.asked) == (3 if heads_errors else 1)


def test_another_error_with_200_is_a_failure(open_source: Open, web: Web) -> None:
    Commons(web, []).errors = ["internal_api_error_DBQueryError"]
    with pytest.raises(FootageError, match="internal_api_error_DB"):
        open_source("commons").search(asked("ship"))


@pytest.mark.parametrize(
    "quirk",
    [
        {"width": None},
        {"url": None},
        {"width": 0, "height": 0},
        {"extmetadata": []},
        {"extmetadata": {"LicenseShortName": {"value": ["CC BY 4.0"]}}},
        {"derivatives": [], "mime": "video/ogg"},
        {"derivatives": [{"src": None}, "text"], "mime": "video/ogg"},
        {"mediatype": "AUDIO"},
    ],
    ids=str,
)
def test_odd_files_of_commons_are_left_out_and_break_nothing(
    open_source: Open, web: Web, small_video: Path, quirk: dict[str, object]
) -> None:
    Commons(web, [ship(small_video)]).quirk = quirk
    assert list(open_source("commons").search(asked("ship"))) == []


def test_a_description_in_several_languages_is_read_in_english(
    open_source: Open, web: Web, small_video: Path
) -> None:
    service = Commons(web, [ship(small_video)])
    words = {"_type": "lang", "de": "Schiff", "en": "A <b>ship</b>"}
    metadata = {key: {"value": value} for key, value in terms().items()}
    service.quirk = {"extmetadata": metadata | {"ImageDescription": {"value": words}}}
    [one] = open_source("commons").search(asked("ship"))
    assert one.description == "A ship"


@pytest.mark.parametrize("name", ["../x", "File:X.webm", "", "٣", "7|8"])
def test_a_file_of_commons_is_named_by_its_page_s_number(
    open_source: Open, web: Web, name: str
) -> None:
    Commons(web, [])
    with pytest.raises(FootageError, match="number"):
        open_source("commons").lookup(name)
    assert web.asked == []


def test_a_page_that_is_gone_is_told(open_source: Open, web: Web) -> None:
    Commons(web, [])
    with pytest.raises(FootageError, match="no such file"):
        open_source("commons").lookup("5")


def test_commons_is_asked_one_question_at_a_time(
    open_source: Open, web: Web, small_video: Path
) -> None:
    service = Commons(web, [ship(small_video)])
    service.door.linger = 0.3
    source = open_source("commons")
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(source.lookup, ["7", "7"]))
    assert len(found) == 2
    assert service.door.peak == 1


def test_a_file_that_commons_lost_is_a_fault_of_the_clip(
    open_source: Open, web: Web, small_video: Path
) -> None:
    Commons(web, [ship(small_video)])
    web.pages["/files/"] = lambda _asked: Reply(b"not found", "text/plain", 404)
    source = open_source("commons")
    with pytest.raises(UnusableClip):
        source.fetch(source.lookup("7"), 5.0)


def film(video: Path, identifier: str = "ships-1943", **metadata: Any) -> ArchiveItem:
    return ArchiveItem(identifier, metadata, {"ships.ia.mp4": video})


def test_an_item_of_the_archive_becomes_a_candidate(
    open_source: Open, web: Web, small_video: Path
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
    open_source: Open, web: Web
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
    open_source: Open, web: Web, small_video: Path, given: dict[str, Any], read: str
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
    open_source: Open, web: Web, small_video: Path, given: dict[str, Any], license_name: str
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
    open_source: Open, web: Web, small_video: Path, length: str, seconds: float | None
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
    open_source: Open, web: Web, small_video: Path, formats: list[str], taken: str
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
    open_source: Open, web: Web, long_video: Path
) -> None:
    Archive(web, [film(long_video)])
    source = open_source("archive")
    source.fetch(source.lookup("ships-1943"), 5.0)
    assert web.count("/download/") == 1
    assert web.count("/9/items/") >= 2


@pytest.mark.parametrize("kind", ["Cinepack", "MPEG2", "Ogg Video", "Metadata"])
def test_an_item_without_a_file_to_cut_is_a_fault_of_the_clip(
    open_source: Open, web: Web, small_video: Path, kind: str
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
    open_source: Open, web: Web, small_video: Path
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
    open_source: Open, web: Web, small_video: Path, changes: dict[str, Any], what: str
) -> None:
    Archive(web, [replace(film(small_video), **changes), film(small_video, "other")])
    source = open_source("archive")
    closed, other = source.search(asked("ship"))
    for _ in range(4):
        with pytest.raises(UnusableClip, match=what):
            source.fetch(closed, 5.0)
    assert source.fetch(other, 5.0).duration >= 5.0


def test_an_unknown_item_is_an_empty_answer_and_told(open_source: Open, web: Web) -> None:
    Archive(web, [])
    with pytest.raises(FootageError, match="no such item"):
        open_source("archive").lookup("nothing")


@pytest.mark.parametrize("name", ["../metadata", "a/b", "", "a b", "x" * 200, "ü"])
def test_what_is_no_name_of_an_item_is_not_asked_for(
    open_source: Open, web: Web, name: str
) -> None:
    Archive(web, [])
    with pytest.raises(FootageError, match="not named so"):
        open_source("archive").lookup(name)
    assert web.asked == []


def test_an_archive_that_slows_down_is_asked_again(
    open_source: Open, web: Web, small_video: Path
) -> None:
    service = Archive(web, [film(small_video)])
    busy = [Reply(b"slow down", "text/plain", 503)]
    answer = web.pages["/advancedsearch.php"]
    web.pages["/advancedsearch.php"] = lambda asked: busy.pop() if busy else answer(asked)
    assert ids(open_source("archive").search(asked("ship"))) == ["ships-1943"]
    assert service.door.peak == 1


def test_the_archive_is_off_for_the_run_when_it_refuses(open_source: Open, web: Web) -> None:
    Archive(web, [])
    web.fail("/advancedsearch.php", Fault.REFUSED)
    source = open_source("archive")
    for _ in range(2):
        with pytest.raises(SourceUnavailable, match="refuses to answer"):
            source.search(asked("ship"))
    assert len(web.asked) == 1


def test_an_error_of_the_archive_s_search_is_a_failure(open_source: Open, web: Web) -> None:
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


def test_a_picture_of_openverse_becomes_a_candidate(
    open_source: Open, web: Web, still: Path
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
    open_source: Open, web: Web, size: tuple[int, int], shape: str
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
    open_source: Open, web: Web, still: Path, details: dict[str, Any]
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
    open_source: Open, web: Web, still: Path, details: dict[str, Any], license_name: str
) -> None:
    nothing = dict.fromkeys(("title", "creator", "attribution", "tags", "width", "thumbnail"))
    Openverse(web, [OpenversePicture(5, still, {**nothing, **details})])
    [one] = open_source("openverse").search(asked("ship"))
    assert (one.license, one.title, one.width) == (license_name, "Untitled", None)


def test_share_alike_is_asked_for_where_it_is_allowed(
    open_source: Open, web: Web, still: Path
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
    open_source: Open, web: Web, still: Path, answer: Reply
) -> None:
    Openverse(web, [OpenversePicture(5, still)])
    web.pages["/photos/"] = lambda _asked: answer
    source = open_source("openverse")
    [one] = source.search(asked("ship"))
    for _ in range(2):
        with pytest.raises(UnusableClip):
            source.fetch(one, 5.0)
    assert source.search(asked("another ship"))


def test_openverse_that_wants_to_be_left_alone_is(open_source: Open, web: Web) -> None:
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
    open_source: Open, web: Web, name: str
) -> None:
    Openverse(web, [])
    with pytest.raises(FootageError, match="not named so"):
        open_source("openverse").lookup(name)
    assert web.asked == []


def test_an_unknown_picture_is_told(open_source: Open, web: Web, still: Path) -> None:
    Openverse(web, [])
    with pytest.raises(UnusableClip, match="no such picture"):
        open_source("openverse").lookup(OpenversePicture(5, still).identifier)
