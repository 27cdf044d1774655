from __future__ import annotations

import logging

import pytest

from videogen.barrier import Fault, attempt
from videogen.errors import FootageError, Interrupted, VideogenError, WorkspaceError


def raising(error: BaseException) -> Fault:
    def call() -> None:
        raise error

    found = attempt(call)
    assert isinstance(found, Fault)
    return found


def test_what_succeeds_is_returned() -> None:
    assert attempt(lambda: 3) == 3


@pytest.mark.parametrize(
    "error",
    [
        IndexError("list index out of range"),
        PermissionError(13, "Permission denied", "notes.txt"),
        UnicodeEncodeError("utf-8", "\udcff", 0, 1, "surrogates not allowed"),
        RecursionError("maximum recursion depth exceeded"),
        TypeError("an integer where a text was expected"),
        FootageError("The file has no frame"),
        KeyError("frame"),
    ],
)
def test_whatever_a_thing_fails_at_is_borne_in_one_line(error: Exception) -> None:
    fault = raising(error)
    assert fault.cause
    assert "\n" not in fault.told_of("a.ts")


@pytest.mark.parametrize(
    "error",
    [
        KeyboardInterrupt(),
        MemoryError(),
        Interrupted("The run was stopped"),
        WorkspaceError("The run's file can't be read"),
    ],
)
def test_what_ends_a_run_passes(error: BaseException) -> None:
    with pytest.raises(type(error)):
        raising(error)


def test_our_own_errors_are_told_in_their_words_and_systems_in_theirs() -> None:
    assert raising(VideogenError("No frame", where="a.ts")).told_of("") == "No frame (a.ts)"
    assert (
        raising(OSError(5, "Input/output error", "a.ts")).told_of("") == "Input/output error (a.ts)"
    )
    assert raising(ValueError("a\nb")).told_of("") == "Unexpected ValueError: a b"


def test_debug_shows_where_it_happened(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "videogen"):
        raising(IndexError("list index out of range"))
    assert "Traceback" in caplog.text
    assert "test_barrier.py" in caplog.text
