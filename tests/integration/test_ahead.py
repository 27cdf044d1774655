"""Scenes cut while others are still missing are those of the whole cut, and are made once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import ParamSpec, TypeVar

import av
import numpy as np
import pytest
import soundfile
from fakes import run_facts, scenes
from fakes.media import make_video

from videogen.assembly.ahead import Ahead
from videogen.assembly.assemble import assemble
from videogen.assembly.filming import NOTHING_BEGUN, Begun
from videogen.assembly.segment import Segment
from videogen.domain.events import Event
from videogen.domain.footage import Clip, MediaFile, ShownScene, SourcedScene
from videogen.domain.script import Script
from videogen.domain.speech import VoicedScene
from videogen.domain.video import Format
from videogen.executors import InlineExecutor
from videogen.workspace import Workspace

P = ParamSpec("P")
R = TypeVar("R")

FORMAT = Format(Fraction(10), 160, 90)
OPTIONS = replace(run_facts.OPTIONS, duration=20.0, format=FORMAT, workers=2, executor="processes")
NUMBERS = (1, 2, 3, 4)
SCRIPT = Script("Tides", tuple(scenes.paced(number).scene for number in NUMBERS), "file")


class Watched(InlineExecutor):
    """Notes the numbers of the scenes that are rendered."""

    def __init__(self) -> None:
        self.scenes: list[int] = []

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        if isinstance(args[0], Segment):
            self.scenes.append(args[0].scene.number)
        return super().submit(fn, *args, **kwargs)


@pytest.fixture
def voiced(tmp_path: Path) -> list[VoicedScene]:
    found = []
    for number in NUMBERS:
        seconds = 1.5 + 0.2 * number
        master = tmp_path / f"scene-{number}.flac"
        times = np.arange(round(seconds * 24_000)) / 24_000
        soundfile.write(master, 0.2 * np.sin(2 * np.pi * 220 * times), 24_000)
        found.append(replace(scenes.voiced(number, seconds=seconds), master_path=master))
    return found


@pytest.fixture
def sourced(tmp_path: Path) -> list[SourcedScene]:
    film = MediaFile(make_video(tmp_path / "clip.mp4", 6.0), "video")
    return [scenes.sourced(number, clip(film, number / 2)) for number in NUMBERS]


def clip(film: MediaFile, offset: float) -> Clip:
    return Clip(run_facts.candidate("1", "local"), film, 0.0, offset, 6.0 - offset)


def begun_by(events: Sequence[Event], root: Path, pool: Watched) -> Begun:
    with Ahead(SCRIPT, OPTIONS, Workspace(root, "p", "tides"), "en-us", pool) as ahead:
        for event in events:
            ahead.hear(event)
        return ahead.begun()


def film(
    voiced: Sequence[VoicedScene],
    sourced: Sequence[SourcedScene],
    root: Path,
    pool: Watched,
    begun: Begun = NOTHING_BEGUN,
) -> list[np.ndarray]:
    """Make the whole cut; return the frames of all scenes but the last.

    Credits are laid over that one by floating sums, whose last bit is the processor's own affair.
    """
    shown = [ShownScene(one, two.clips) for one, two in zip(voiced, sourced, strict=True)]
    workspace = Workspace(root, "p", "tides")
    done = assemble(SCRIPT, shown, OPTIONS, workspace, "en-us", pool, lambda _: None, begun)
    with av.open(done.video.path) as container:
        frames = [frame.to_ndarray() for frame in container.decode(video=0)]
    return frames[: sum(one.frames(FORMAT.rate) for one in voiced[:-1])]


def test_a_scene_is_cut_as_soon_as_it_and_the_next_one_are_complete(
    voiced: list[VoicedScene], sourced: list[SourcedScene], tmp_path: Path
) -> None:
    pool = Watched()

    begun_by([voiced[0], voiced[1], voiced[3], *sourced], tmp_path / "a", pool)
    assert pool.scenes == []

    begun_by([*voiced[:3], *reversed(sourced)], tmp_path / "b", pool)
    assert pool.scenes == [2]


def test_a_film_cut_ahead_has_the_frames_of_one_cut_at_once_and_no_scene_is_made_twice(
    voiced: list[VoicedScene], sourced: list[SourcedScene], tmp_path: Path
) -> None:
    ahead, at_once = Watched(), Watched()

    begun = begun_by([*voiced, *reversed(sourced)], tmp_path / "ahead", ahead)
    early = len(ahead.scenes)
    frames = film(voiced, sourced, tmp_path / "ahead", ahead, begun)
    expected = film(voiced, sourced, tmp_path / "at-once", at_once)

    assert early == OPTIONS.workers
    assert sorted(ahead.scenes) == sorted(at_once.scenes) == list(NUMBERS)
    np.testing.assert_array_equal(frames, expected)


def test_a_scene_that_changed_after_all_is_made_again(
    voiced: list[VoicedScene], sourced: list[SourcedScene], tmp_path: Path
) -> None:
    pool = Watched()
    begun = begun_by([*voiced, *sourced], tmp_path / "ahead", pool)
    changed = replace(sourced[1], clips=(replace(sourced[1].clips[0], offset=2.5),))

    frames = film(voiced, [sourced[0], changed, *sourced[2:]], tmp_path / "ahead", pool, begun)
    expected = film(voiced, [sourced[0], changed, *sourced[2:]], tmp_path / "at-once", Watched())

    np.testing.assert_array_equal(frames, expected)
