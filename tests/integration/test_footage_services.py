"""Each service's own ways: what it is asked, what its answers become, what is fetched of them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from fakes.dvids import KEY, Dvids, DvidsVideo
from fakes.footage import OpenSource, asked
from fakes.hls import serve_hls
from fakes.media import make_long_video, make_still
from fakes.nasa import Nasa, NasaVideo
from fakes.surroundings import having
from fakes.web import Fault, Reply, Web, as_json

from videogen.domain.footage import Clip, MediaFile
from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.footage.sources.chain import open_chain
from videogen.footage.sources.provider import FootageOptions
from videogen.media.probe import probe
from videogen.settings import Settings


def path_of(clip: Clip) -> Path:
    assert isinstance(clip.media, MediaFile)
    return clip.media.path


def test_a_dvids_answer_becomes_a_candidate(open_source: OpenSource, web: Web) -> None:
    Dvids(web, [DvidsVideo(949873, "USS Cole at sea", duration=125.0)])
    source = open_source("dvids")
    [one] = source.search(asked("ship"))
    assert (one.source, one.id, one.title) == ("dvids", "949873", "USS Cole at sea")
    assert (one.duration, one.keywords, one.date[:10]) == (125.0, ("navy", "ship"), "2024-05-06")
    assert one.credit == "Jane Doe, Navy Media, DVIDS"
    assert one.license_url == "https://www.dvidshub.net/about/copyright"
    assert one.license == "Public domain, United States Department of Defense"
    assert one.url == f"{web.url}/video/949873"
    assert web.asked[0].query["from_duration"] == "6"


def test_a_dvids_asset_that_was_looked_up_tells_more(open_source: OpenSource, web: Web) -> None:
    Dvids(web, [DvidsVideo(5, "Pier")])
    source = open_source("dvids")
    assert source.lookup("5") == source.lookup("video:5")
    assert source.lookup("5").description.strip() == "At sea."


def test_only_the_seconds_that_are_shown_are_fetched(
    open_source: OpenSource, web: Web, long_video: Path
) -> None:
    Dvids(web, [DvidsVideo(1, "Ship", files={(640, 360): long_video})])
    source = open_source("dvids")
    clip = source.fetch(source.lookup("1"), 5.5)
    kept = path_of(clip)
    fetched = sum(a.range[1] - a.range[0] + 1 for a in web.asked if a.range)
    assert 5.5 <= clip.duration <= 7.0
    assert 30.0 < clip.start < 40.0
    assert fetched <= 1.5 * kept.stat().st_size
    assert kept.stat().st_size < long_video.stat().st_size / 20


@pytest.mark.parametrize("index_first", [True, False])
@pytest.mark.parametrize("b_frames", [0, 2])
def test_the_piece_holds_the_very_frames_of_the_source(
    open_source: OpenSource, web: Web, tmp_path: Path, index_first: bool, b_frames: int
) -> None:
    import av
    import numpy as np

    video = make_long_video(
        tmp_path / "v.mp4", 20.0, width=160, height=90, index_first=index_first, b_frames=b_frames
    )
    Dvids(web, [DvidsVideo(1, "Ship", files={(160, 90): video})])
    source = open_source("dvids")
    clip = source.fetch(source.lookup("1"), 4.0)
    with av.open(str(path_of(clip))) as piece, av.open(str(video)) as whole:
        first = next(piece.decode(video=0)).to_ndarray(format="rgb24")
        same = next(
            frame for frame in whole.decode(video=0) if abs((frame.time or 0) - clip.start) < 0.01
        )
    assert np.array_equal(first, same.to_ndarray(format="rgb24"))


def test_the_smallest_file_that_covers_the_output_is_taken(
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    sizes = [(320, 180), (1920, 1080), (640, 360), (3840, 2160)]
    Dvids(web, [DvidsVideo(1, "Ship", files=dict.fromkeys(sizes, small_video))])
    source = open_source("dvids")
    source.fetch(source.lookup("1"), 5.0)
    assert {a.path for a in web.asked if a.range} == {"/media/1/640x360.mp4"}


def test_hls_is_taken_where_there_is_no_file_and_only_the_segments_needed(
    open_source: OpenSource, web: Web, small_video: Path, tmp_path: Path
) -> None:
    serve_hls(web, "/hls", small_video, tmp_path / "hls")
    Dvids(web, [DvidsVideo(1, "Ship", hls_path="/hls/master.m3u8")])
    source = open_source("dvids")
    clip = source.fetch(source.lookup("1"), 5.0)
    asked = [a.path for a in web.asked if a.path.endswith(".ts")]
    assert asked == [f"/hls/large/00{number}.ts" for number in (2, 3, 4)]
    assert clip.start == pytest.approx(4.0, abs=0.1)
    assert 5.0 <= clip.duration <= 6.1
    assert web.asked[-1].query == {"api_key": KEY}


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "https://127.0.0.1/x.ts",
        "http://10.0.0.1/x.ts",
        "../../x",
    ],
)
def test_a_playlist_that_names_something_else_is_refused(
    settings: Settings, open_source: OpenSource, web: Web, address: str
) -> None:
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{address}\n#EXT-X-ENDLIST\n"
    web.pages["/hls/list.m3u8"] = lambda _asked: Reply(playlist.encode())
    Dvids(web, [DvidsVideo(1, "Ship", hls_path="/hls/list.m3u8")])
    source = open_source("dvids")
    with pytest.raises(FootageError) as raised:
        source.fetch(source.lookup("1"), 5.0)
    assert "root:" not in str(raised.value)
    assert list(settings.cache_folder.rglob("*.mp4")) == []


@pytest.mark.parametrize(
    "body",
    [
        b"PK\x03\x04" + b"\0" * 5000,
        b"#EXTM3U\n#EXTINF:5,\nfile:///etc/passwd\n",
        b"<html>not found</html>",
        b"",
        b"\x00\x00\x00\x18ftypmp42" + b"\xff" * 3000,
        b"\x00\x00\x00\x01mdat\xff\xff\xff\xff\xff\xff\xff\xff" + b"\0" * 100,
        b"\x00\x00\x00\x08free" * 1000,
        b"\x00\x00\x00\x08moov",
    ],
    ids=["zip", "playlist", "html", "empty", "noise", "huge box", "empty boxes", "empty index"],
)
def test_a_file_that_is_no_video_is_refused_and_leaves_nothing(
    settings: Settings, open_source: OpenSource, web: Web, tmp_path: Path, body: bytes
) -> None:
    file = tmp_path / "file.mp4"
    file.write_bytes(body)
    Dvids(web, [DvidsVideo(1, "Ship", files={(640, 360): file})])
    source = open_source("dvids")
    with pytest.raises(FootageError):
        source.fetch(source.lookup("1"), 5.0)
    kept = settings.cache_folder.rglob("*.*")
    assert [one for one in kept if one.parent.name != "answers"] == []


def test_an_empty_screen_is_no_footage(
    settings: Settings, open_source: OpenSource, web: Web, tmp_path: Path
) -> None:
    black = make_long_video(tmp_path / "black.mp4", 20.0, width=160, height=90, blank=True)
    Dvids(web, [DvidsVideo(1, "Ship", files={(160, 90): black})])
    source = open_source("dvids")
    with pytest.raises(FootageError, match="empty screen"):
        source.fetch(source.lookup("1"), 5.0)
    assert list(settings.cache_folder.rglob("*.mp4")) == []


@pytest.mark.parametrize("fault", [Fault.HTML, Fault.ERRORS_IN_200])
def test_dvids_with_nonsense_in_a_good_answer_is_a_failure(
    open_source: OpenSource, web: Web, fault: Fault
) -> None:
    Dvids(web, [])
    web.fail("/search", fault)
    source = open_source("dvids")
    with pytest.raises(FootageError):
        source.search(asked("ship"))


def test_dvids_is_off_for_the_run_when_it_refuses_the_key(
    open_source: OpenSource, web: Web
) -> None:
    Dvids(web, [])
    web.fail("/search", Fault.REFUSED, times=1)
    source = open_source("dvids")
    for _ in range(2):
        with pytest.raises(SourceUnavailable, match="refuses the key"):
            source.search(asked("ship"))
    assert len(web.asked) == 1


def test_b_roll_comes_first_and_the_rest_only_where_it_is_little(
    open_source: OpenSource, web: Web
) -> None:
    news = [DvidsVideo(number, "Ship news", category="News") for number in (1, 2)]
    roll = [DvidsVideo(number, f"Ship {number}") for number in (11, 12)]
    old = DvidsVideo(21, "Old ship", hd=False)
    Dvids(web, [*news, *roll, old, DvidsVideo(31, "Ship", duration=3.0)])
    found = open_source("dvids").search(asked("ship"))
    assert [one.id for one in found] == ["11", "12", "1", "2", "21"]
    assert [one.query.get("category") for one in web.asked] == ["B-Roll", None]


def test_where_there_is_much_b_roll_dvids_is_asked_once(open_source: OpenSource, web: Web) -> None:
    Dvids(web, [DvidsVideo(number, f"Ship {number}") for number in range(12)])
    assert len(open_source("dvids").search(asked("ship"))) == 12
    assert len(web.asked) == 1


@pytest.mark.parametrize(
    ("video", "is_public_domain"),
    [
        (DvidsVideo(1, "Ship"), True),
        (DvidsVideo(1, "Ship", names=("A. Senator",)), True),
        (DvidsVideo(1, "Ship", branch="Joint", unit="Natochannel"), False),
        (DvidsVideo(1, "Ship", unit="Natochannel"), False),
        (DvidsVideo(1, "Ship", names=("Courtesy Video",)), False),
        (DvidsVideo(1, "Ship", names=()), False),
        (DvidsVideo(1, "Ship", branch=""), False),
    ],
)
def test_only_what_a_force_of_the_united_states_made_is_public_domain(
    open_source: OpenSource, web: Web, video: DvidsVideo, is_public_domain: bool
) -> None:
    Dvids(web, [video])
    source = open_source("dvids")
    for one in (source.search(asked("ship"))[0], source.lookup("1")):
        assert one.license.startswith("Public domain") is is_public_domain
        assert is_public_domain or one.license == "DVIDS terms of use, credit required"
        assert all(name in one.credit for name in (*video.names, video.unit, "DVIDS"))


def test_a_key_of_dvids_that_is_bound_to_a_site_is_sent_from_there(
    settings: Settings, web: Web
) -> None:
    Dvids(web, [DvidsVideo(1, "Ship")], origin="https://my.site")
    bound = having(settings, DVIDS_ORIGIN="https://my.site/")
    with open_chain(["dvids"], bound, FootageOptions(640, 360)) as chain:
        assert [one.id for one in chain.sources[0].search(asked("ship"))] == ["1"]


def test_a_refusal_of_dvids_names_the_site_as_a_cause(open_source: OpenSource, web: Web) -> None:
    Dvids(web, [DvidsVideo(1, "Ship")], origin="https://my.site")
    with pytest.raises(SourceUnavailable, match="refuses the key") as raised:
        open_source("dvids").search(asked("ship"))
    assert "DVIDS_API_KEY" in raised.value.cure
    assert "DVIDS_ORIGIN" in raised.value.cure


def test_a_video_that_dvids_took_back_is_no_fault_of_dvids(
    open_source: OpenSource, web: Web
) -> None:
    Dvids(web, [DvidsVideo(1, "Ship")])
    source = open_source("dvids")
    for _ in range(4):
        with pytest.raises(UnusableClip, match="does not publish"):
            source.lookup("2")
    assert source.lookup("1").id == "1"


def test_without_a_key_dvids_is_left_out_with_its_cure(tmp_path: Path) -> None:
    settings = Settings(tmp_path, "sqlite://", tmp_path)
    chain = open_chain(["dvids"], settings, FootageOptions(640, 360))
    assert chain.left_out == ("dvids: There is no key. Set it: export DVIDS_API_KEY=your-own-key",)


@pytest.mark.parametrize("name", ["../../evil", "1\x00", "CON", "1; rm", "", "٣"])
def test_an_id_of_dvids_is_a_number(open_source: OpenSource, web: Web, name: str) -> None:
    Dvids(web, [])
    source = open_source("dvids")
    with pytest.raises(FootageError):
        source.lookup(name)
    assert web.asked == []


def test_a_nasa_answer_becomes_a_candidate(open_source: OpenSource, web: Web) -> None:
    Nasa(web, [NasaVideo("KSC 2021", "Launch of a rocket")])
    source = open_source("nasa")
    [one] = source.search(asked("rocket"))
    assert (one.id, one.title, one.credit) == ("KSC 2021", "Launch of a rocket", "NASA JSC")
    assert one.url == "https://images.nasa.gov/details/KSC%202021"
    assert (one.duration, one.date) == (None, "2021-02-03")
    assert one.license == "NASA media guidelines"
    assert one.license_url.startswith("https://www.nasa.gov/")
    assert one.thumbnail_url.endswith("/thumb.jpg")


@pytest.mark.parametrize(
    ("more", "credit"),
    [
        ({"photographer": "NASA/Tony Gray"}, "NASA/Tony Gray, NASA JSC"),
        ({"photographer": "A. B.", "secondary_creator": "ESA"}, "A. B., ESA, NASA JSC"),
        (
            {"description": "Stars. Credits: ESA/Hubble &amp; C. D.\nMore"},
            "ESA/Hubble & C. D, NASA JSC",
        ),
        ({"description": "Image credit: JPL/MSSS <a href='x'>x</a>"}, "JPL/MSSS, NASA JSC"),
        ({"center": None}, "NASA"),
    ],
)
def test_everybody_whom_nasa_names_is_credited(
    open_source: OpenSource, web: Web, more: dict[str, object], credit: str
) -> None:
    Nasa(web, [NasaVideo("x", "Stars", more=more)])
    assert open_source("nasa").search(asked("stars"))[0].credit.startswith(credit)


def test_pictures_of_nasa_follow_where_videos_are_few_and_sound_never_does(
    open_source: OpenSource, web: Web
) -> None:
    kinds: list[Literal["video", "image", "audio"]] = ["image", "audio", "video"]
    Nasa(web, [NasaVideo(kind, f"A {kind}", kind=kind) for kind in kinds])
    source = open_source("nasa")
    video, picture = source.search(asked("moon"))
    assert (video.id, video.kind, video.width) == ("video", "video", None)
    assert (picture.id, picture.kind) == ("image", "still")
    assert (picture.duration, picture.width, picture.height) == (None, 1920, 1280)
    with pytest.raises(UnusableClip, match="no such video"):
        source.lookup("audio")


def test_where_nasa_has_many_videos_it_is_asked_once(open_source: OpenSource, web: Web) -> None:
    videos = [NasaVideo(f"v{number}", f"Moon {number}") for number in range(12)]
    Nasa(web, [*videos, NasaVideo("p", "Moon", kind="image")])
    assert len(open_source("nasa").search(asked("moon"))) == 12
    assert len(web.asked) == 1


def test_a_nasa_item_with_nothing_but_captions_among_its_links_is_found(
    open_source: OpenSource, web: Web
) -> None:
    Nasa(web, [NasaVideo("x", "Moon", has_preview=False)])
    assert open_source("nasa").search(asked("moon"))[0].thumbnail_url == ""


@pytest.mark.parametrize(
    ("exif", "duration", "size"),
    [
        ({"QuickTime:Duration": 65.5, "QuickTime:ImageWidth": 1280}, 65.5, None),
        ({"QuickTime:Duration": "0:01:05", "Composite:ImageSize": "1280x720"}, 65.0, (1280, 720)),
        ({"QuickTime:Duration": "12.35 s", "Composite:ImageSize": "1280 720"}, 12.35, (1280, 720)),
        ({"QuickTime:ImageWidth": 640, "QuickTime:ImageHeight": 480}, None, (640, 480)),
        ({"QuickTime:Duration": "unknown", "File:ImageWidth": "wide"}, None, None),
        ({}, None, None),
    ],
)
def test_a_nasa_video_that_was_looked_up_is_measured_by_its_metadata(
    open_source: OpenSource,
    web: Web,
    exif: dict[str, object],
    duration: float | None,
    size: tuple[int, int] | None,
) -> None:
    Nasa(web, [NasaVideo("KSC 1", "Launch", exif=exif)])
    found = open_source("nasa").lookup("KSC 1")
    assert found.duration == duration
    assert (found.width, found.height) == (size or (None, None))


def test_a_search_of_nasa_measures_nothing(open_source: OpenSource, web: Web) -> None:
    Nasa(web, [NasaVideo("x", "Moon", exif={"QuickTime:Duration": 5})])
    open_source("nasa").search(asked("moon"))
    assert web.count("/metadata") == 0


def test_the_list_beside_the_files_is_the_second_way_to_them(
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    Nasa(web, [NasaVideo("KSC 1", "Launch", {"small": small_video})])
    web.fail("/asset/", Fault.SERVER_ERROR)
    source = open_source("nasa")
    source.fetch(source.lookup("KSC 1"), 5.0)
    assert web.count("/video/KSC%201/collection.json") == 1


@pytest.mark.parametrize("exif", [{}, {"Composite:ImageSize": "320x180"}])
def test_a_nasa_video_without_variants_is_taken_as_it_is(
    open_source: OpenSource, web: Web, small_video: Path, exif: dict[str, object]
) -> None:
    Nasa(web, [NasaVideo("x", "Launch", {"": small_video, "preview": small_video}, exif=exif)])
    source = open_source("nasa")
    source.fetch(source.search(asked("launch"))[0], 5.0)
    assert {a.path for a in web.asked if a.range} == {"/video/x/x.mp4"}


@pytest.mark.parametrize(
    ("variants", "taken"),
    [(["thumb", "orig", "large", "small"], "small"), (["thumb", "orig"], "orig")],
)
def test_a_picture_of_nasa_is_saved_whole_and_never_its_thumbnail(
    open_source: OpenSource, web: Web, tmp_path: Path, variants: list[str], taken: str
) -> None:
    still = make_still(tmp_path / "still.jpg", width=320, height=240)
    files = dict.fromkeys(variants, still)
    Nasa(web, [NasaVideo("KSC 1", "Launch pad", files, kind="image")])
    source = open_source("nasa")
    clip = source.fetch(source.search(asked("launch"))[0], 5.0)
    assert isinstance(clip.media, MediaFile)
    assert clip.media.kind == "still"
    assert clip.media.path.read_bytes() == still.read_bytes()
    pictures = [one.path for one in web.asked if one.path.endswith(".jpg")]
    assert pictures == [f"/image/KSC%201/KSC%201~{taken}.jpg"]


def test_a_file_that_nasas_store_denies_is_a_fault_of_the_clip(
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    Nasa(web, [NasaVideo("x", "Launch", {"small": small_video}), NasaVideo("y", "Moon")])
    web.fail("/video/x/", Fault.REFUSED)
    source = open_source("nasa")
    one = source.search(asked("launch"))[0]
    for _ in range(4):
        with pytest.raises(UnusableClip, match="not there"):
            source.fetch(one, 5.0)
    assert source.lookup("y").id == "y"


def test_a_nasa_variant_is_chosen_by_name_and_its_duration_is_read_from_it(
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    files = dict.fromkeys(["orig", "large", "small", "mobile"], small_video)
    Nasa(web, [NasaVideo("KSC 2021", "Launch", files=files)])
    source = open_source("nasa")
    clip = source.fetch(source.lookup("KSC 2021"), 5.0)
    assert {a.path for a in web.asked if a.range} == {"/video/KSC%202021/KSC%202021~small.mp4"}
    assert probe(path_of(clip), "video").width == 320


@pytest.mark.parametrize("name", ["../../../evil", "a\x00b", "CON", "nul.mp4", "a" * 300, "x:y|z?"])
def test_a_strange_nasa_id_is_no_path(
    settings: Settings, open_source: OpenSource, web: Web, small_video: Path, name: str
) -> None:
    web.pages["/search"] = lambda _asked: as_json(
        {"collection": {"items": [{"data": [{"nasa_id": name, "title": "x"}]}]}}
    )
    place = {"href": f"{web.url}/f~small.mp4"}
    web.pages["/asset/"] = lambda _asked: as_json({"collection": {"items": [place]}})
    web.pages["/f~small.mp4"] = lambda _asked: Reply(small_video, "video/mp4")
    source = open_source("nasa")
    clip = source.fetch(source.lookup(name), 5.0)
    kept = path_of(clip)
    assert kept.parent == settings.cache_folder / "footage" / "nasa"
    assert not set(kept.name) & set('<>:"/\\|?*\0')
    assert len(kept.name) < 120


def test_three_failures_in_a_row_leave_a_service_alone(open_source: OpenSource, web: Web) -> None:
    Nasa(web, [])
    web.fail("/search", Fault.HTML)
    source = open_source("nasa")
    for _ in range(3):
        with pytest.raises(FootageError, match="not what was agreed"):
            source.search(asked("ship"))
    with pytest.raises(SourceUnavailable, match="3 failures in a row"):
        source.search(asked("ship"))
    assert len(web.asked) == 3


@pytest.mark.parametrize("body", ["[]", '{"results": 5}', '"text"', "null", "{", ""])
def test_answers_of_wrong_types_are_refused(open_source: OpenSource, web: Web, body: str) -> None:
    web.pages["/search"] = lambda _asked: Reply(body.encode())
    source = open_source("dvids")
    with pytest.raises(FootageError):
        source.search(asked("ship"))


def test_one_result_of_a_wrong_kind_does_not_spoil_the_others(
    open_source: OpenSource, web: Web
) -> None:
    good = {"id": "video:7", "title": "Ship"}
    answer = {"results": [{"id": None}, good, "text", {"id": "image:8"}]}
    web.pages["/search"] = lambda _asked: as_json(answer)
    assert [one.id for one in open_source("dvids").search(asked("ship"))] == ["7"]
