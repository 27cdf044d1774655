"""Media that is opened in processes which may die."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes.media import make_still, make_video
from PIL import Image

from videogen.errors import FootageError, UnusableClip
from videogen.media import guarded as guarding
from videogen.media.guarded import guarded, guarded_asking
from videogen.media.probe import glance, probe
from videogen.media.stills import load_small


def double(number: int) -> int:
    return 2 * number


def end() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def wait() -> None:
    threading.Event().wait()


def spin() -> None:
    while True:
        pass


def take(size: int) -> int:
    return len(bytearray(size))


def test_what_ends_its_process_is_one_fault_and_the_next_call_works() -> None:
    for _ in range(3):
        with pytest.raises(UnusableClip, match="ended the process"):
            guarded(end)
    assert guarded(double, 3) == 6


def test_what_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "_PATIENCE", 0.2)
    with pytest.raises(UnusableClip, match="takes longer"):
        guarded(wait)


@pytest.mark.skipif(os.name == "nt", reason="Windows bounds no processor's time")
def test_what_takes_too_much_of_the_processor_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "_SECONDS", 1.0)
    with pytest.raises(UnusableClip, match="longer than 1 s of the processor"):
        guarded(spin)
    assert guarded(double, 3) == 6


def test_what_takes_too_much_memory_is_one_fault() -> None:
    with pytest.raises(UnusableClip, match="memory"):
        guarded(take, 6 * 2**30)
    assert guarded(take, 1000) == 1000


def test_a_picture_of_too_many_pixels_is_refused_by_its_head(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    Image.new("1", (13_000, 13_000)).save(path)
    for read in (lambda: probe(path, "still"), lambda: load_small(path, 1000)):
        with pytest.raises(UnusableClip, match="too large: 13000 x 13000"):
            read()


def test_good_files_are_read_as_before(tmp_path: Path) -> None:
    still = make_still(tmp_path / "a.png", width=320, height=200)
    video = make_video(tmp_path / "a.mp4", 1.0)
    assert (probe(still, "still").width, probe(video, "video").width) == (320, 160)
    assert glance(video, "video") is not None


def doubled_by(ask: Callable[[int], int], number: int) -> int:
    return ask(number) + 1


def refuse(_number: int) -> int:
    raise FootageError("There is nothing more")


def interrupted(_number: int) -> int:
    raise KeyboardInterrupt


def test_a_call_asks_the_process_that_waits_for_it() -> None:
    assert guarded_asking(double, doubled_by, 3) == 7
    with pytest.raises(FootageError, match="nothing more"):
        guarded_asking(refuse, doubled_by, 3)


def test_a_call_that_was_left_in_its_middle_gives_the_next_one_no_answer() -> None:
    with pytest.raises(KeyboardInterrupt):
        guarded_asking(interrupted, doubled_by, 3)
    assert guarded(double, 3) == 6
