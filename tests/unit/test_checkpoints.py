from pathlib import Path

import pytest

from videogen import serialization
from videogen.domain import Scene, Script
from videogen.errors import WorkspaceError
from videogen.serialization import digest, once

SCRIPT = Script("Ships", (Scene(1, "Grüße, “ships”", keywords=("ship",)),), "file")


def test_a_value_survives_its_file(tmp_path: Path) -> None:
    serialization.save(tmp_path / "script.json", SCRIPT)
    assert serialization.load(Script, tmp_path / "script.json") == SCRIPT


def test_a_missing_file_holds_no_value(tmp_path: Path) -> None:
    assert serialization.load(Script, tmp_path / "script.json") is None


def test_a_damaged_file_is_named_with_its_cure(tmp_path: Path) -> None:
    path = tmp_path / "script.json"
    path.write_text('{"title": "Ships"')
    with pytest.raises(WorkspaceError, match=r"script\.json") as caught:
        serialization.load(Script, path)
    assert "resume" in caught.value.cure


def test_what_was_kept_is_not_made_again(tmp_path: Path) -> None:
    made: list[Script] = []

    def make() -> Script:
        made.append(SCRIPT)
        return SCRIPT

    first = once(tmp_path / "script.json", Script, make)
    assert once(tmp_path / "script.json", Script, make) == first == SCRIPT
    assert len(made) == 1


def test_a_digest_changes_with_any_input() -> None:
    assert digest("a", 1) == digest("a", 1)
    assert len({digest("a", 1), digest("a", 2), digest("a1"), digest(SCRIPT)}) == 4
