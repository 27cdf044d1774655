"""One picture that several services know."""

from __future__ import annotations

from videogen.domain.footage import Candidate
from videogen.footage.search import Pool


def picture(source: str, identifier: str, title: str, width: int = 4000) -> Candidate:
    return Candidate(
        *(source, identifier, title, "Jane Doe", "CC BY 4.0", f"https://{source}.test"),
        width=width,
        height=3000,
        kind="still",
    )


def test_a_picture_of_two_services_counts_once_and_for_both_queries() -> None:
    pool = Pool()
    pool.add(1, "tower bridge", [picture("commons", "7", "Tower Bridge at night (5031267890)")])
    pool.add(2, "london", [picture("openverse", "ab", "File:Tower_Bridge at night.jpg")])
    assert list(pool.candidates) == [("commons", "7")]
    assert pool.hits == {1: {("commons", "7"): "tower bridge"}, 2: {("commons", "7"): "london"}}


def test_a_picture_that_proved_unusable_is_not_found_anew_elsewhere() -> None:
    pool = Pool()
    pool.add(1, "bridge", [picture("commons", "7", "Tower Bridge")])
    pool.drop(("commons", "7"))
    pool.add(1, "bridge", [picture("openverse", "ab", "Tower Bridge")])
    assert not pool.candidates


def test_pictures_of_one_name_or_of_another_size_are_several() -> None:
    pool = Pool()
    found = [
        picture("openverse", "ab", "Bridge"),
        picture("openverse", "cd", "Bridge"),
        picture("commons", "7", "Bridge", width=1600),
        picture("commons", "8", "Untitled 1"),
        picture("openverse", "ef", "Untitled 2"),
    ]
    pool.add(1, "bridge", found)
    assert len(pool.candidates) == len(found)
