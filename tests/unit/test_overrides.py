from __future__ import annotations

import pytest

from videogen.errors import UsageError
from videogen.footage.overrides import ClipOverrides, parse_overrides

SOURCES = ("dvids", "local")


def test_a_pin_takes_the_shot_it_names_or_the_next_free_one() -> None:
    pins = ["3=dvids:949873", "1=local:a/b=c.mp4", "3.2=dvids:7", "3=dvids:8"]
    assert parse_overrides(pins, [], SOURCES).pins == {
        (3, 1): ("dvids", "949873"),
        (1, 1): ("local", "a/b=c.mp4"),
        (3, 2): ("dvids", "7"),
        (3, 3): ("dvids", "8"),
    }


def test_a_ban_names_a_clip_whose_id_may_hold_colons() -> None:
    overrides = parse_overrides([], ["dvids:video:5"], SOURCES)
    assert overrides == ClipOverrides({}, frozenset({("dvids", "video:5")}))


@pytest.mark.parametrize(
    "pin",
    [
        "dvids:5",
        "0=dvids:5",
        "-1=dvids:5",
        "3.0=dvids:5",
        "3.=dvids:5",
        "x=dvids:5",
        "٣=dvids:5",
        "3=",
        "3=dvids",
        "3=dvids:",
        "",
    ],
)
def test_a_pin_that_is_written_otherwise_is_wrong_usage(pin: str) -> None:
    with pytest.raises(UsageError, match=r"dvids:949873|among the sources|3.2"):
        parse_overrides([pin], [], SOURCES)


def test_a_pin_from_a_source_that_is_not_in_use_is_named() -> None:
    with pytest.raises(UsageError, match="needs nasa among the sources"):
        parse_overrides(["1=nasa:x"], [], SOURCES)
