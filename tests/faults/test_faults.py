"""A part of the trials that `make soak` makes whole; see docs/reliability.md."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from faults.disk import built, over_it
from faults.many import WARM, Held, slopes

_SHARE = 3  # how many calls of each kind fail here


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("library"))


def spread(calls: int, share: int) -> list[int]:
    """Return the first and the last of so many calls, and some between."""
    return sorted({1 + round(at * (calls - 1) / (share - 1)) for at in range(share)})


def test_a_disk_that_fails_once_costs_no_film(library: Path) -> None:
    wrong = []
    with over_it(library, "sweep") as sweep:
        for kind, calls in sweep.heard().items():
            for at in spread(calls, _SHARE):
                code = (errno.EIO, errno.ENOSPC)[at % 2]
                came = sweep.ask({"kind": kind, "at": at, "code": code})
                print(came)
                wrong += [came] if came["verdict"] else []
    assert wrong == []


def test_a_killed_run_loses_nothing_that_it_had_acknowledged(library: Path) -> None:
    wrong, killed = [], 0
    with over_it(library, "kills") as kills:
        kills.heard()
        for kind, at in (
            ("rename", 3),
            ("rename", 12),
            ("rename", 20),
            ("commit", 100),
            ("write", 40),
        ):
            came = kills.ask({"kind": kind, "at": at})
            print(came)
            killed += came["killed"]
            wrong += [came] if came["verdict"] else []
    assert wrong == []
    assert killed == 5


def test_runs_at_once_make_their_films_and_resumes_at_once_make_one(library: Path) -> None:
    with over_it(library, "company") as company:
        company.heard()
        assert company.ask({"runs": 2})["verdict"] == ""


def test_a_damaged_kept_file_is_made_again(library: Path) -> None:
    with over_it(library, "damage") as damage:
        damage.heard()
        came = [damage.ask(way) for way in ("empty", "a bit flipped")]
    print(came)
    assert [one for one in came if one["verdict"]] == []


def test_many_films_in_one_process_hold_no_more_files_than_few(library: Path) -> None:
    with over_it(library, "many") as many:
        held = [Held(**many.ask(9)), *(Held(**many.heard()) for _ in range(8))]
    print(slopes(held))
    last = held[WARM:]
    assert {one.files for one in last} == {last[0].files}
    assert {one.threads for one in last} == {last[0].threads}
    assert {one.temporary for one in last} == {last[0].temporary}
