from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from videogen.digests import has_digest
from videogen.errors import FootageError
from videogen.footage.fetch.cache import PieceCache
from videogen.footage.fetch.pieces import Wanted
from videogen.media.remux import Piece

WANTED = Wanted("dvids", "949873", 1920, 1080, seconds=5.5, take=0)


def writes(data: bytes, start: float = 12.345) -> Callable[[Path], Piece]:
    def write(path: Path) -> Piece:
        path.write_bytes(data)
        return Piece(start)

    return write


@pytest.fixture
def cache(tmp_path: Path) -> PieceCache:
    return PieceCache(tmp_path)


def test_a_piece_is_found_again_with_its_start(cache: PieceCache) -> None:
    kept = cache.add(WANTED, writes(b"film"))
    assert cache.find(WANTED) == kept
    assert kept.start == pytest.approx(12.345)
    assert kept.path.read_bytes() == b"film"


def test_a_shorter_wish_is_served_and_a_longer_one_is_not(cache: PieceCache) -> None:
    cache.add(WANTED, writes(b"film"))
    assert cache.find(replace(WANTED, seconds=4.0))
    assert cache.find(replace(WANTED, seconds=5.6)) is None


@pytest.mark.parametrize(
    "other",
    [
        replace(WANTED, id="949874"),
        replace(WANTED, source="nasa"),
        replace(WANTED, take=1),
        replace(WANTED, width=1080, height=1920),
    ],
)
def test_another_piece_is_not_mistaken_for_it(cache: PieceCache, other: Wanted) -> None:
    cache.add(WANTED, writes(b"film"))
    assert cache.find(other) is None


def test_ids_that_read_alike_are_kept_apart(cache: PieceCache) -> None:
    first, second = replace(WANTED, id="a b"), replace(WANTED, id="A-B")
    cache.add(first, writes(b"1"))
    cache.add(second, writes(b"2"))
    assert [cache.find(one) is not None for one in (first, second)] == [True, True]
    found = cache.find(first)
    assert found
    assert found.path.read_bytes() == b"1"


@pytest.mark.parametrize("damaged", [b"", b"fi", b"fill"])
def test_a_damaged_piece_is_not_found_and_made_again(cache: PieceCache, damaged: bytes) -> None:
    cache.add(WANTED, writes(b"film")).path.write_bytes(damaged)
    assert cache.find(WANTED) is None
    assert cache.add(WANTED, writes(b"film")) == cache.find(WANTED)


def test_a_piece_that_fails_half_way_leaves_nothing(cache: PieceCache, tmp_path: Path) -> None:
    def fail(path: Path) -> Piece:
        path.write_bytes(b"half")
        raise FootageError("cut off")

    with pytest.raises(FootageError, match="cut off"):
        cache.add(WANTED, fail)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bound")
def test_a_piece_leaves_nothing_where_no_file_can_be_opened_any_more(
    cache: PieceCache, tmp_path: Path
) -> None:
    import resource

    bounds = resource.getrlimit(resource.RLIMIT_NOFILE)

    def fail(path: Path) -> Piece:
        path.write_bytes(b"half")
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, bounds[1]))
        raise FootageError("cut off")

    try:
        with pytest.raises(FootageError):
            cache.add(WANTED, fail)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, bounds)
    assert [*tmp_path.rglob(".part-*")] == []


def test_a_folder_that_cannot_be_written_is_a_failure_of_the_clip(tmp_path: Path) -> None:
    (tmp_path / "dvids").write_text("in the way")
    with pytest.raises(FootageError, match="cache can't be written"):
        PieceCache(tmp_path).add(WANTED, writes(b"film"))


def test_two_runs_may_make_the_same_piece(tmp_path: Path) -> None:
    first, second = PieceCache(tmp_path), PieceCache(tmp_path)

    def while_the_other_does_too(path: Path) -> Piece:
        second.add(WANTED, writes(b"film"))
        return writes(b"film")(path)

    kept = first.add(WANTED, while_the_other_does_too)
    assert second.find(WANTED) == kept


def age(path: Path, days: float) -> None:
    then = time.time() - days * 86400
    os.utime(path, (then, then))


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    cache = PieceCache(tmp_path, most_bytes=25)
    kept = [cache.add(replace(WANTED, id=str(n)), writes(b"0123456789")).path for n in range(4)]
    for path, days in zip(kept, (3, 5, 2, 0), strict=True):
        age(path, days)
    cache.trim()
    assert [path.exists() for path in kept] == [False, False, True, True]
    assert [has_digest(path) for path in kept] == [False, False, True, True]


def test_what_was_used_today_stays_even_out_of_bounds(tmp_path: Path) -> None:
    cache = PieceCache(tmp_path, most_bytes=5)
    kept = cache.add(WANTED, writes(b"0123456789")).path
    age(kept, 2)
    assert cache.find(WANTED)
    cache.trim()
    assert kept.exists()


def test_leftovers_of_a_killed_run_are_removed(tmp_path: Path) -> None:
    left = tmp_path / "dvids" / ".part-x"
    left.mkdir(parents=True)
    age(left, 2)
    answer = tmp_path / "dvids" / "answers" / ".part-x.json"
    answer.parent.mkdir()
    answer.touch()
    age(answer, 2)
    PieceCache(tmp_path).trim()
    assert not left.exists()
    assert not answer.exists()
