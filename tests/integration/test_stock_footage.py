"""Pexels and Pixabay: what they are asked, what their answers become, how they refuse."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import pexels, pixabay
from fakes.footage import OpenSource, asked
from fakes.media import make_still
from fakes.pexels import Pexels, PexelsPicture, PexelsVideo
from fakes.pixabay import Pixabay, PixabayVideo
from fakes.web import Fault, Web, as_json

from videogen.domain.footage import MediaFile
from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.footage.sources.chain import open_chain
from videogen.footage.sources.provider import FootageOptions
from videogen.settings import Settings


@pytest.mark.parametrize("name", ["pexels", "pixabay"])
def test_without_its_key_a_source_is_left_out_with_the_cure(tmp_path: Path, name: str) -> None:
    chain = open_chain([name], Settings(tmp_path, "sqlite://", tmp_path), FootageOptions(640, 360))
    cure = f"Set it: export {name.upper()}_API_KEY=your-own-key"
    assert chain.left_out == (f"{name}: There is no key. {cure}",)


@pytest.mark.parametrize("name", ["pexels", "pixabay"])
def test_a_page_for_browsers_is_named_as_such(open_source: OpenSource, web: Web, name: str) -> None:
    web.fail("/", Fault.CHALLENGE)
    source = open_source(name)
    for _ in range(2):
        with pytest.raises(SourceUnavailable, match="a Cloudflare challenge"):
            source.search(asked("ship"))
    assert len(web.asked) == 1


@pytest.mark.parametrize("name", ["pexels", "pixabay"])
@pytest.mark.parametrize("fault", [Fault.HTML, Fault.ERRORS_IN_200, Fault.SERVER_ERROR])
def test_a_fault_is_one_line_that_shows_no_key(
    open_source: OpenSource, web: Web, name: str, fault: Fault
) -> None:
    web.fail("/", fault)
    with pytest.raises(FootageError) as raised:
        open_source(name).search(asked("ship"))
    text = str(raised.value)
    assert "\n" not in text
    assert pexels.KEY not in text
    assert pixabay.KEY not in text


@pytest.mark.parametrize("name", ["pexels", "pixabay"])
@pytest.mark.parametrize("identifier", ["../evil", "", "٣", "photo-", "1\x00", "1?key="])
def test_an_id_is_a_number(open_source: OpenSource, web: Web, name: str, identifier: str) -> None:
    with pytest.raises(FootageError, match="by its number"):
        open_source(name).lookup(identifier)
    assert web.asked == []


def test_a_pexels_video_becomes_a_candidate(open_source: OpenSource, web: Web) -> None:
    Pexels(web, [PexelsVideo(1526909, "seal-on-2-beaches", duration=10)])
    [one] = open_source("pexels").search(asked("seal"))
    assert (one.id, one.title, one.kind) == ("1526909", "Seal on 2 beaches", "video")
    assert (one.duration, one.width, one.height) == (10.0, 1920, 1080)
    assert one.url == "https://www.pexels.com/video/seal-on-2-beaches-1526909/"
    assert (one.credit, one.attribution) == ("Ruvim M.", "Video by Ruvim M. on Pexels")
    assert (one.license, one.license_url) == ("Pexels License", "https://www.pexels.com/license/")
    assert web.asked[0].headers["authorization"] == pexels.KEY
    assert pexels.KEY not in str(web.asked[0].query)


def test_a_pexels_video_without_words_still_has_a_title(open_source: OpenSource, web: Web) -> None:
    Pexels(web, [PexelsVideo(5, "")])
    assert open_source("pexels").lookup("5").title == "Pexels video 5"


@pytest.mark.parametrize(
    ("width", "height", "shape", "size"),
    [
        (1280, 720, "landscape", "small"),
        (1080, 1920, "portrait", "medium"),
        (2160, 2160, "square", "large"),
    ],
)
def test_pexels_is_asked_for_the_shape_and_the_size_of_the_output(
    open_source: OpenSource, web: Web, width: int, height: int, shape: str, size: str
) -> None:
    Pexels(web, [PexelsVideo(1, "ship")])
    open_source("pexels").search(replace(asked("ship"), width=width, height=height))
    query = web.asked[0].query
    assert (query["query"], query["orientation"], query["size"]) == ("ship", shape, size)


def test_pictures_of_pexels_follow_where_videos_are_few(
    open_source: OpenSource, web: Web, tmp_path: Path
) -> None:
    still = make_still(tmp_path / "still.jpg")
    pictures = [PexelsPicture(5, "An old harbor", still), PexelsPicture(6, "", still)]
    Pexels(web, [PexelsVideo(5, "harbor")], pictures)
    source = open_source("pexels")
    video, named, unnamed = source.search(asked("harbor"))
    assert (video.kind, video.id) == ("video", "5")
    assert (named.kind, named.id, named.title) == ("still", "photo-5", "An old harbor")
    assert (named.duration, named.width, named.height) == (None, 6000, 4000)
    assert named.attribution == "Photo by Cotton B. on Pexels"
    assert unnamed.title == "Old harbor at dawn"
    assert source.lookup("photo-5") == named


def test_pictures_of_pexels_are_not_asked_for_where_videos_are_many(
    open_source: OpenSource, web: Web, tmp_path: Path
) -> None:
    picture = PexelsPicture(99, "A harbor", make_still(tmp_path / "still.jpg"))
    Pexels(web, [PexelsVideo(number, f"ship-{number}") for number in range(12)], [picture])
    assert len(open_source("pexels").search(asked("ship"))) == 12
    assert len(web.asked) == 1


@pytest.mark.parametrize("start", ["/videos", "/v1/videos"])
def test_pexels_is_found_where_its_videos_are(
    open_source: OpenSource, web: Web, small_video: Path, start: str
) -> None:
    Pexels(web, [PexelsVideo(1, "ship", {(640, 360): small_video})], start=start)
    source = open_source("pexels")
    assert [one.id for one in source.search(asked("ship"))] == ["1"]
    assert source.lookup("1").id == "1"
    web.asked.clear()
    source.search(asked("sea"))
    assert [one.path for one in web.asked] == [f"{start}/search", "/v1/search"]


def test_a_pexels_without_any_known_place_for_videos_is_a_failure(
    open_source: OpenSource, web: Web
) -> None:
    Pexels(web, start="/v2/videos")
    with pytest.raises(FootageError, match="answered 404"):
        open_source("pexels").search(asked("ship"))
    assert len(web.asked) == 2


def test_a_pexels_file_is_chosen_by_its_size_and_never_the_playlist(
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    sizes = [(1920, 1080), (640, 360), (426, 240)]
    Pexels(web, [PexelsVideo(1, "ship", dict.fromkeys(sizes, small_video))])
    source = open_source("pexels")
    [one] = source.search(asked("ship"))
    clip = source.fetch(one, 5.0)
    assert isinstance(clip.media, MediaFile)
    assert {a.path for a in web.asked if a.range} == {"/video-files/1/640x360.mp4"}


def test_a_picture_of_pexels_is_saved_in_the_smallest_size_that_covers_the_output(
    open_source: OpenSource, web: Web, tmp_path: Path
) -> None:
    still = make_still(tmp_path / "still.jpg", width=320, height=240)
    Pexels(web, pictures=[PexelsPicture(5, "An old harbor", still)])
    source = open_source("pexels")
    clip = source.fetch(source.lookup("photo-5"), 5.0)
    assert isinstance(clip.media, MediaFile)
    assert (clip.media.kind, clip.duration) == ("still", 5.0)
    assert clip.media.path.read_bytes() == still.read_bytes()
    assert [a.query for a in web.asked if a.path.startswith("/photos/")] == [{"named": "large2x"}]


def test_the_files_of_a_search_are_known_without_another_question(
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    Pexels(web, [PexelsVideo(1, "ship", {(640, 360): small_video})])
    source = open_source("pexels")
    [one] = source.search(asked("ship"))
    source.fetch(one, 5.0)
    assert web.count("/videos/videos/") == 0
    # Another run finds the remembered answer, which names no files.
    again = open_source("pexels")
    again.fetch(again.search(asked("ship"))[0], 5.0, take=1)
    assert (web.count("/videos/search"), web.count("/videos/videos/")) == (1, 1)


@pytest.mark.parametrize("key", ["wrong", f"Bearer {pexels.KEY}"])
def test_pexels_is_off_for_the_run_when_it_refuses_the_key(
    open_source: OpenSource, web: Web, key: str
) -> None:
    Pexels(web, [PexelsVideo(1, "ship")])
    source = open_source("pexels", PEXELS_API_KEY=key or pexels.KEY)
    for _ in range(2):
        with pytest.raises(SourceUnavailable, match="refuses the key") as raised:
            source.search(asked("ship"))
        assert raised.value.cure == "Set another: export PEXELS_API_KEY=your-own-key"
    assert len(web.asked) == 1


def test_pexels_is_left_alone_when_the_hour_is_spent(open_source: OpenSource, web: Web) -> None:
    Pexels(web, [PexelsVideo(1, "ship")]).left = 0
    with pytest.raises(SourceUnavailable, match="asks to be left alone"):
        open_source("pexels").search(asked("ship"))
    assert len(web.asked) == 1


@pytest.mark.parametrize("identifier", ["7", "photo-7"])
def test_a_clip_that_pexels_does_not_know_says_nothing_of_pexels(
    open_source: OpenSource, web: Web, identifier: str
) -> None:
    Pexels(web)
    with pytest.raises(UnusableClip, match="no such clip"):
        open_source("pexels").lookup(identifier)


def test_a_dead_address_of_a_file_is_a_fault_of_the_clip(
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    Pexels(web, [PexelsVideo(1, "ship", {(640, 360): small_video})])
    web.fail("/video-files", Fault.REFUSED)
    source = open_source("pexels")
    [one] = source.search(asked("ship"))
    for _ in range(4):
        with pytest.raises(UnusableClip, match="not there"):
            source.fetch(one, 5.0)


def test_a_pixabay_video_becomes_a_candidate(
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    files = {"medium": ((1920, 1080), small_video), "tiny": ((640, 360), small_video)}
    Pixabay(web, [PixabayVideo(7, "sea, waves, a, b, c, d", files, duration=12)])
    [one] = open_source("pixabay").search(asked("sea"))
    assert (one.id, one.title, one.keywords[-1]) == ("7", "sea, waves, a, b, c", "d")
    # The largest size has an empty address here.
    assert (one.duration, one.width, one.height) == (12.0, 1920, 1080)
    assert one.url == "https://pixabay.com/videos/id-7/"
    assert (one.credit, one.attribution) == ("Zoe", "Video by Zoe from Pixabay")
    assert one.license == "Pixabay Content License"
    assert one.license_url == "https://pixabay.com/service/license-summary/"
    query = web.asked[0].query
    assert (query["video_type"], query["safesearch"], query["min_width"]) == ("film", "true", "640")


def test_what_ai_made_and_what_looks_poor_is_left_out(
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    files = {"tiny": ((640, 360), small_video)}
    made = PixabayVideo(1, "sea", files, ai=True)
    poor = PixabayVideo(2, "sea", files, poor=True)
    empty = PixabayVideo(3, "sea")
    good = PixabayVideo(4, "sea", files)
    Pixabay(web, [made, poor, empty, good])
    assert [one.id for one in open_source("pixabay").search(asked("sea"))] == ["4"]


def test_a_question_of_pixabay_is_no_longer_than_it_may_be(
    open_source: OpenSource, web: Web
) -> None:
    Pixabay(web, [])
    assert list(open_source("pixabay").search(asked("sea " * 40))) == []
    assert web.asked[0].query["q"] == ("sea " * 25).strip()


def test_a_pixabay_file_is_chosen_by_its_size(
    open_source: OpenSource, web: Web, small_video: Path
) -> None:
    sizes = {"medium": (1920, 1080), "small": (1280, 720), "tiny": (640, 360)}
    files = {name: (size, small_video) for name, size in sizes.items()}
    Pixabay(web, [PixabayVideo(7, "sea", files)])
    source = open_source("pixabay")
    source.fetch(source.lookup("7"), 5.0)
    assert {a.path for a in web.asked if a.range} == {"/video/7_tiny.mp4"}


def test_pixabay_is_off_for_the_run_when_it_refuses_the_key(
    open_source: OpenSource, web: Web
) -> None:
    Pixabay(web, [])
    source = open_source("pixabay", PIXABAY_API_KEY="wrong")
    for _ in range(2):
        with pytest.raises(SourceUnavailable, match="refuses the key") as raised:
            source.search(asked("ship"))
        assert raised.value.cure == "Set another: export PIXABAY_API_KEY=your-own-key"
    assert len(web.asked) == 1


def test_pixabay_is_left_alone_for_as_long_as_it_says(open_source: OpenSource, web: Web) -> None:
    service = Pixabay(web, [])
    service.left, service.reset = 0, "3600"
    with pytest.raises(SourceUnavailable, match="left alone for 3600 s"):
        open_source("pixabay").search(asked("ship"))
    assert len(web.asked) == 1


def test_a_video_that_pixabay_does_not_know_says_nothing_of_pixabay(
    open_source: OpenSource, web: Web
) -> None:
    Pixabay(web, [])
    with pytest.raises(UnusableClip, match="no such video"):
        open_source("pixabay").lookup("7")


def test_an_odd_answer_of_a_stock_service_does_not_spoil_the_others(
    open_source: OpenSource, web: Web
) -> None:
    file = {"url": f"{web.url}/x.mp4", "width": 640, "height": 360}
    good = {"id": 4, "pageURL": "https://pixabay.com/4", "videos": {"tiny": file, "large": None}}
    odd = [None, "text", {"id": None}, {"id": 3, "videos": []}]
    web.pages["/api/videos/"] = lambda _asked: as_json({"hits": [*odd, good]})
    [one] = open_source("pixabay").search(asked("sea"))
    assert (one.id, one.title, one.credit) == ("4", "Pixabay video 4", "Pixabay")
