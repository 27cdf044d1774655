from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from videogen import printable as printing
from videogen.errors import FootageError, as_ours
from videogen.files import write_text
from videogen.printable import hide, masked, printable


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "_keys", set())


def test_codes_are_shown_and_lines_and_tabs_stay() -> None:
    assert printable("a\x1b[2Jb\n\tc\r\nd\x00") == "a\\u001b[2Jb\n\tc\nd\\u0000"


@pytest.mark.parametrize("text", ["Ships – 海 שלום é 🚢", "", "a\tb\nc"])
def test_text_stays_what_it_is(text: str) -> None:
    assert printable(text) == text


def test_json_stays_what_it_is() -> None:
    value = ["\x1b[31m", "\x9b", "\u202e", "line\nbreak", "\ud800"]
    text = json.dumps(value, ensure_ascii=False)
    assert json.loads(printable(text)) == value


def test_a_key_that_is_echoed_is_masked_and_short_words_are_not() -> None:
    hide("gsk_0123456789", "a", "")
    assert masked("bad key gsk_0123456789, a pity") == "bad key •••, a pity"


def test_no_code_reaches_a_text_file(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "Credit: \x1b[31mred\x07 \ud83d")
    assert (tmp_path / "a.txt").read_bytes() == b"Credit: \\u001b[31mred\\u0007 \\ud83d"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENOENT])
def test_what_the_system_refuses_is_told_with_its_cure(number: int) -> None:
    known = as_ours(OSError(number, "No", "/tmp/x"))
    assert known is not None
    assert known.where == "/tmp/x"
    assert known.cure


def test_our_own_errors_stay_and_all_others_are_none() -> None:
    own = FootageError("The clip can't be opened")
    assert as_ours(own) is own
    assert as_ours(ValueError("a bug")) is None
