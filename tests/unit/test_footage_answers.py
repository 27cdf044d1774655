from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from fakes.footage import Shelf, asked, candidate

from videogen.errors import FootageError
from videogen.footage.sources.answers import RememberingSource


def test_the_same_words_are_searched_once_even_by_another_run(tmp_path: Path) -> None:
    shelf = Shelf([candidate("ship", "A ship", keywords=("sea",))])
    first = RememberingSource(shelf, tmp_path).search(asked("ship ../é\0"))
    again = RememberingSource(shelf, tmp_path).search(asked("ship ../é\0"))
    assert tuple(again) == tuple(first)
    assert len(shelf.searched) == 1


def test_an_empty_answer_is_an_answer(tmp_path: Path) -> None:
    shelf = Shelf([])
    for _ in range(2):
        assert list(RememberingSource(shelf, tmp_path).search(asked("ship"))) == []
    assert len(shelf.searched) == 1


def test_a_failure_is_not_remembered(tmp_path: Path) -> None:
    shelf = Shelf([], search_fault=lambda: FootageError("slow"))
    source = RememberingSource(shelf, tmp_path)
    for _ in range(2):
        with pytest.raises(FootageError):
            source.search(asked("ship"))
    assert len(shelf.searched) == 2


def test_sources_and_words_are_kept_apart(tmp_path: Path) -> None:
    one, other = Shelf([candidate("1")], name="one"), Shelf([candidate("2")], name="other")
    found = [
        RememberingSource(shelf, tmp_path).search(asked(words))[0].id
        for shelf, words in ((one, "ship"), (other, "ship"), (one, "sea"))
    ]
    assert found == ["1", "2", "1"]
    assert (len(one.searched), len(other.searched)) == (2, 1)


def test_an_answer_under_other_licences_is_another_one(tmp_path: Path) -> None:
    shelf = Shelf([candidate("1")])
    for licenses in ({"by", "by-sa"}, {"by"}, {"by-sa", "by"}):
        RememberingSource(shelf, tmp_path, licenses).search(asked("ship"))
    assert len(shelf.searched) == 2


def test_a_damaged_answer_is_asked_for_again(tmp_path: Path) -> None:
    shelf = Shelf([candidate("ship")])
    RememberingSource(shelf, tmp_path).search(asked("ship"))
    [kept] = tmp_path.rglob("*.json")
    kept.write_text("{")
    assert RememberingSource(shelf, tmp_path).search(asked("ship"))[0].id == "ship"
    assert len(shelf.searched) == 2


def test_an_old_answer_is_asked_for_again_and_dropped_at_the_end(tmp_path: Path) -> None:
    shelf = Shelf([candidate("ship")])
    source = RememberingSource(shelf, tmp_path)
    source.search(asked("ship"))
    [kept] = tmp_path.rglob("*.json")
    then = time.time() - 8 * 86400
    os.utime(kept, (then, then))
    source.search(asked("ship"))
    assert len(shelf.searched) == 2
    os.utime(kept, (then, then))
    source.close()
    assert not kept.exists()


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "shelf").write_text("in the way")
    shelf = Shelf([candidate("ship")])
    assert RememberingSource(shelf, tmp_path).search(asked("ship"))[0].id == "ship"
