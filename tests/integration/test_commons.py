"""Wikimedia Commons: what it is asked, what becomes of its answers and faults."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fakes.commons import Commons, CommonsFile, terms
from fakes.footage import OpenSource, asked, fetched, ids
from fakes.manners import AGENT_REFUSED
from fakes.media import make_still, make_webm
from fakes.web import Fault, Reply, Web

from videogen.domain.footage import Candidate, MediaFile
from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.footage.licenses import LICENSES
from videogen.media.probe import probe


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
    open_source: OpenSource, web: Web, small_video: Path
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
    open_source: OpenSource, web: Web, small_video: Path, still: Path
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
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    Commons(web, [ship(small_video, 30), ship(small_video, 4), ship(small_video, 200)])
    assert ids(open_source("commons").search(asked("ship"))) == ["30", "4", "200"]


def test_no_hit_has_no_list_and_is_an_answer(open_source: OpenSource, web: Web) -> None:
    Commons(web, [])
    assert list(open_source("commons").search(asked("ship"))) == []


def test_words_that_are_none_are_not_asked_for(open_source: OpenSource, web: Web) -> None:
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
    open_source: OpenSource, web: Web, small_video: Path, file: str, object_name: str, title: str
) -> None:
    Commons(web, [ship(small_video, title=file, metadata=terms(ObjectName=object_name))])
    [one] = open_source("commons").search(asked("bridge"))
    assert one.title == title


def test_the_credit_names_the_object_as_its_author_does(
    open_source: OpenSource, web: Web, small_video: Path
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
    open_source: OpenSource, web: Web, small_video: Path, metadata: dict[str, str]
) -> None:
    Commons(web, [ship(small_video, metadata=metadata), ship(small_video, 70)])
    source = open_source("commons")
    assert ids(source.search(asked("ship"))) == ["70"]
    with pytest.raises(FootageError, match="licence"):
        source.lookup("7")


def test_public_domain_needs_no_author_where_none_is_asked_for(
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    metadata = {"LicenseShortName": "Public domain", "AttributionRequired": "false"}
    Commons(web, [ship(small_video, metadata=metadata)])
    [one] = open_source("commons").search(asked("ship"))
    assert one.attribution == "USS Cole at sea, Public domain, via Wikimedia Commons"


def test_share_alike_is_offered_where_it_is_allowed(
    open_source: OpenSource, web: Web, small_video: Path
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
    open_source: OpenSource, web: Web, small_video: Path, changes: dict[str, Any]
) -> None:
    Commons(web, [ship(small_video, **changes)])
    source = open_source("commons", size=(1920, 1080))
    query = replace(asked("ship"), width=1920, height=1080)
    assert list(source.search(query)) == []


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
    open_source: OpenSource,
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
    open_source: OpenSource, web: Web, tmp_path: Path, size: tuple[int, int], width: int
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
    open_source: OpenSource, web: Web, tmp_path: Path
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


def test_the_program_names_a_contact(open_source: OpenSource, web: Web, small_video: Path) -> None:
    Commons(web, [ship(small_video)])
    assert open_source("commons").search(asked("ship"))
    assert "(http" in web.asked[0].headers["user-agent"]


def test_commons_is_off_for_the_run_when_it_refuses_the_program(
    open_source: OpenSource, web: Web
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
    open_source: OpenSource, web: Web, small_video: Path, fault: Fault
) -> None:
    Commons(web, [ship(small_video)])
    web.fail("/w/api.php", fault, times=1)
    assert ids(open_source("commons").search(asked("ship"))) == ["7"]
    assert len(web.asked) == 3


def test_commons_that_wants_to_be_left_alone_for_an_hour_is(
    open_source: OpenSource, web: Web
) -> None:
    Commons(web, [])
    web.fail("/w/api.php", Fault.RATE_LIMIT_FOR_AN_HOUR)
    with pytest.raises(SourceUnavailable, match="3600 s"):
        open_source("commons").search(asked("ship"))


@pytest.mark.parametrize("code", ["ratelimited", "maxlag"])
def test_a_busy_answer_with_200_is_asked_again(
    open_source: OpenSource, web: Web, small_video: Path, code: str
) -> None:
    service = Commons(web, [ship(small_video)])
    service.errors = [code]
    assert ids(open_source("commons").search(asked("ship"))) == ["7"]


@pytest.mark.parametrize("heads_errors", [True, False])
def test_commons_that_stays_busy_is_left_alone(
    open_source: OpenSource, web: Web, heads_errors: bool
) -> None:
    service = Commons(web, [])
    service.errors, service.heads_errors = ["ratelimited"] * 9, heads_errors
    with pytest.raises(SourceUnavailable, match="too busy"):
        open_source("commons").search(asked("ship"))
    assert len(web.asked) == (3 if heads_errors else 1)


def test_another_error_with_200_is_a_failure(open_source: OpenSource, web: Web) -> None:
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
    open_source: OpenSource, web: Web, small_video: Path, quirk: dict[str, object]
) -> None:
    Commons(web, [ship(small_video)]).quirk = quirk
    assert list(open_source("commons").search(asked("ship"))) == []


def test_a_description_in_several_languages_is_read_in_english(
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    service = Commons(web, [ship(small_video)])
    words = {"_type": "lang", "de": "Schiff", "en": "A <b>ship</b>"}
    metadata = {key: {"value": value} for key, value in terms().items()}
    service.quirk = {"extmetadata": metadata | {"ImageDescription": {"value": words}}}
    [one] = open_source("commons").search(asked("ship"))
    assert one.description == "A ship"


@pytest.mark.parametrize("name", ["../x", "File:X.webm", "", "٣", "7|8"])
def test_a_file_of_commons_is_named_by_its_page_s_number(
    open_source: OpenSource, web: Web, name: str
) -> None:
    Commons(web, [])
    with pytest.raises(FootageError, match="number"):
        open_source("commons").lookup(name)
    assert web.asked == []


def test_a_page_that_is_gone_is_told(open_source: OpenSource, web: Web) -> None:
    Commons(web, [])
    with pytest.raises(FootageError, match="no such file"):
        open_source("commons").lookup("5")


def test_commons_is_asked_one_question_at_a_time(
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    service = Commons(web, [ship(small_video)])
    service.door.linger = 0.3
    source = open_source("commons")
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(source.lookup, ["7", "7"]))
    assert len(found) == 2
    assert service.door.peak == 1


def test_a_file_that_commons_lost_is_a_fault_of_the_clip(
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    Commons(web, [ship(small_video)])
    web.pages["/files/"] = lambda _asked: Reply(b"not found", "text/plain", 404)
    source = open_source("commons")
    with pytest.raises(UnusableClip):
        source.fetch(source.lookup("7"), 5.0)
