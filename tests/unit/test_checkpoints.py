import json
from collections.abc import Callable
from pathlib import Path

import pytest

from videogen import serialization
from videogen.domain.script import Scene, Script
from videogen.serialization import digest, once

SCRIPT = Script("Ships", (Scene(1, "Grüße, “ships”", keywords=("ship",)),), "file")


def test_a_value_survives_its_file(tmp_path: Path) -> None:
    serialization.save(tmp_path / "script.json", SCRIPT)
    assert serialization.load(Script, tmp_path / "script.json") == SCRIPT


def test_a_missing_file_holds_no_value(tmp_path: Path) -> None:
    assert serialization.load(Script, tmp_path / "script.json") is None


def cut_short(kept: bytes) -> bytes:
    return kept[:-9]


def emptied(_: bytes) -> bytes:
    return b""


def with_another_letter(kept: bytes) -> bytes:
    return kept.replace(b"Ships", b"Shops")


def without_a_digest(_: bytes) -> bytes:
    return serialization.encode(SCRIPT).encode()


@pytest.mark.parametrize("damaged", [cut_short, emptied, with_another_letter, without_a_digest])
def test_a_damaged_value_is_said_and_made_again(
    damaged: Callable[[bytes], bytes], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "script.json"
    serialization.save(path, SCRIPT)
    path.write_bytes(damaged(path.read_bytes()))

    assert serialization.load(Script, path) is None
    assert [record.getMessage() for record in caplog.records] == [
        f"{path} is not as it was written, and counts as not there"
    ]
    assert once(path, Script, lambda: SCRIPT) == SCRIPT
    assert serialization.load(Script, path) == SCRIPT


def test_a_value_of_another_kind_counts_as_not_there(tmp_path: Path) -> None:
    serialization.save(tmp_path / "script.json", Scene(1, "Ships"))
    assert serialization.load(Script, tmp_path / "script.json") is None


def test_a_kept_value_is_one_json_object(tmp_path: Path) -> None:
    serialization.save(tmp_path / "script.json", SCRIPT)
    assert json.loads((tmp_path / "script.json").read_text("utf-8"))["value"]["title"] == "Ships"


def test_what_was_kept_is_not_made_again(tmp_path: Path) -> None:
    made: list[Script] = []

    def make() -> Script:
        made.append(SCRIPT)
        return SCRIPT

    first = once(tmp_path / "script.json", Script, make)
    assert once(tmp_path / "script.json", Script, make) == first == SCRIPT
    assert len(made) == 1


def test_what_does_not_hold_any_more_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "script.json"
    serialization.save(path, SCRIPT)
    other = Script("Boats", SCRIPT.scenes, "file")
    assert once(path, Script, lambda: other, lambda kept: kept.title == "Boats") == other
    assert serialization.load(Script, path) == other


def test_a_digest_changes_with_any_input() -> None:
    assert digest("a", 1) == digest("a", 1)
    assert len({digest("a", 1), digest("a", 2), digest("a1"), digest(SCRIPT)}) == 4
