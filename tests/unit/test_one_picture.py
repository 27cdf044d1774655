"""One picture that several services know."""

from __future__ import annotations

from dataclasses import replace

from videogen.domain.footage import Candidate
from videogen.footage.search import Pool

PAGE = "https://commons.wikimedia.org/wiki/File:Tower_Bridge.jpg"
NUMBERED_PAGE = "https://commons.wikimedia.org/w/index.php?curid="


def picture(source: str, identifier: str, title: str, width: int = 4000) -> Candidate:
    return Candidate(
        *(source, identifier, title, "Jane Doe", "CC BY 4.0", f"https://{source}.test"),
        width=width,
        height=3000,
        kind="still",
    )


def pool_of(*found: Candidate) -> Pool:
    pool = Pool()
    pool.add(1, "bridge", found)
    return pool


def test_a_picture_of_two_services_counts_once_and_for_both_queries() -> None:
    pool = Pool()
    pool.add(1, "tower bridge", [picture("commons", "7", "Tower Bridge at night (5031267890)")])
    pool.add(2, "london", [picture("openverse", "ab", "File:Tower_Bridge at night.jpg")])
    assert list(pool.candidates) == [("commons", "7")]
    assert pool.hits == {1: {("commons", "7"): "tower bridge"}, 2: {("commons", "7"): "london"}}


def test_a_picture_is_known_by_its_page_whatever_it_is_called_there() -> None:
    commons = replace(picture("commons", "7", "Tower Bridge"), url=PAGE)
    by_number = replace(picture("openverse", "ab", "IMG 1"), url=f"{NUMBERED_PAGE}7", width=900)
    by_name = replace(picture("openverse", "cd", "A bridge"), url=PAGE, width=900)
    assert list(pool_of(commons, by_number, by_name).candidates) == [("commons", "7")]


def test_a_picture_that_came_from_flickr_is_known_by_its_number_there() -> None:
    commons = picture("commons", "7", "London sky (5031267890)")
    flickr = replace(
        picture("openverse", "ab", "DSC_0042", width=1024),
        url="https://www.flickr.com/photos/jane/5031267890",
    )
    assert list(pool_of(commons, flickr).candidates) == [("commons", "7")]


def test_two_people_s_pictures_of_one_name_and_size_are_two() -> None:
    commons = picture("commons", "7", "Tower Bridge")
    other = replace(picture("openverse", "ab", "Tower Bridge"), credit="John Roe")
    nobody_s = replace(picture("pexels", "5", "Tower Bridge"), credit="")
    assert len(pool_of(commons, other, nobody_s).candidates) == 3


def test_a_maker_is_the_same_where_one_service_tells_more_of_them() -> None:
    commons = replace(picture("commons", "7", "Tower Bridge"), credit="Jane Doe from London, UK")
    assert len(pool_of(commons, picture("openverse", "ab", "Tower Bridge")).candidates) == 1


def test_pictures_of_different_pages_are_two_however_alike_they_are_called() -> None:
    commons = picture("commons", "7", "Tower Bridge")
    other = replace(picture("openverse", "ab", "Tower Bridge"), url=f"{NUMBERED_PAGE}8")
    assert len(pool_of(commons, other).candidates) == 2


def test_a_picture_that_proved_unusable_is_not_found_anew_elsewhere() -> None:
    pool = Pool()
    pool.add(1, "bridge", [picture("commons", "7", "Tower Bridge")])
    pool.drop(("commons", "7"))
    pool.add(1, "bridge", [picture("openverse", "ab", "Tower Bridge")])
    assert not pool.candidates


def test_pictures_of_one_name_or_of_another_size_are_several() -> None:
    found = [
        picture("openverse", "ab", "Bridge"),
        picture("openverse", "cd", "Bridge"),
        picture("commons", "7", "Bridge", width=1600),
        picture("commons", "8", "Untitled 1"),
        picture("openverse", "ef", "Untitled 2"),
    ]
    assert len(pool_of(*found).candidates) == len(found)
