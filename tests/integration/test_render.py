"""A cut rendered for real and decoded again."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from fakes.media import make_still, make_video

from videogen.assembly.render import Outputs, RenderOptions, render
from videogen.domain import Card, MediaFile
from videogen.executors import InlineExecutor
from videogen.timeline import Shot, TimedScene, Timeline

RATE = Fraction(30)
SIZE = (320, 180)
OPTIONS = RenderOptions("Modern naval warfare", comment="Made in a test")


def silent(_done: float, _total: float, _scene: int | None) -> None:
    """Take progress and do nothing with it."""


@pytest.fixture
def outputs(tmp_path: Path) -> Outputs:
    return Outputs(tmp_path / "out.mp4", tmp_path / "out.jpg", tmp_path / "work")


@pytest.fixture
def recording(tmp_path: Path) -> Callable[[int, float], Path]:
    def record(number: int, seconds: float) -> Path:
        path = tmp_path / f"scene-{number}.flac"
        times = np.arange(round(seconds * 24_000)) / 24_000
        soundfile.write(path, 0.2 * np.sin(2 * np.pi * 220 * times), 24_000)
        return path

    return record


@pytest.fixture
def timeline(tmp_path: Path, recording: Callable[[int, float], Path]) -> Timeline:
    video = MediaFile(make_video(tmp_path / "clip.mp4", 2.0), "video")
    still = MediaFile(make_still(tmp_path / "still.png"), "still")
    first = (Shot(video, 31, 0, 0), Shot(Card("Steel fleets", 1), 29, 10, 0))
    second = (Shot(still, 40, 10, 0), Shot(video, 21, 10, 30))
    return Timeline(
        RATE,
        *SIZE,
        (
            TimedScene(1, "Fleets", recording(1, 1.8), first),
            TimedScene(2, "Carriers", recording(2, 2.0), second),
        ),
    )


def test_a_cut_has_exactly_the_frames_and_samples_of_its_timeline(
    timeline: Timeline, outputs: Outputs
) -> None:
    video = render(timeline, outputs, OPTIONS, InlineExecutor(), silent)

    with av.open(video.path) as container:
        times = [frame.time for frame in container.decode(video=0)]
    with av.open(video.path) as container:
        samples = sum(frame.samples for frame in container.decode(audio=0))
    assert times == pytest.approx([number / 30 for number in range(121)])
    assert abs(samples - 121 * 1600) < 1600


def test_a_cut_is_tagged_and_labelled_as_players_expect(
    timeline: Timeline, outputs: Outputs
) -> None:
    render(timeline, outputs, OPTIONS, InlineExecutor(), silent)

    with av.open(outputs.video) as container:
        stream = container.streams.video[0]
        chapters = [(c["start"], c["metadata"]["title"]) for c in container.chapters()]
        assert (stream.profile, stream.pix_fmt) == ("High", "yuv420p")
        assert (stream.colorspace, stream.color_primaries, stream.color_trc) == (1, 1, 1)
        assert container.metadata["title"] == "Modern naval warfare"
        assert container.metadata["comment"] == "Made in a test"
        assert chapters == [(0, "Fleets"), (2000, "Carriers")]


def test_a_second_render_makes_only_what_changed(
    timeline: Timeline, outputs: Outputs, recording: Callable[[int, float], Path]
) -> None:
    render(timeline, outputs, OPTIONS, InlineExecutor(), silent)
    longer = Shot(Card("Steel fleets", 2), 30, 10, 0)
    changed = Timeline(
        RATE,
        *SIZE,
        (timeline.scenes[0], TimedScene(2, "Carriers", recording(3, 0.9), (longer,))),
    )
    made: list[int | None] = []

    render(changed, outputs, OPTIONS, InlineExecutor(), lambda _d, _t, scene: made.append(scene))

    assert made == [None, 2]
    assert len(list((outputs.work_folder / "cut").iterdir())) == 3


def test_a_clip_that_cannot_be_read_is_shown_as_a_card(
    outputs: Outputs, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no video at all")
    scene = TimedScene(1, "Fleets", None, (Shot(MediaFile(broken, "video"), 10, 0, 0),))

    render(Timeline(RATE, *SIZE, (scene,)), outputs, OPTIONS, InlineExecutor(), silent)

    with av.open(outputs.video) as container:
        lumas = [frame.to_ndarray()[:180].mean() for frame in container.decode(video=0)]
    assert len(lumas) == 10
    assert min(lumas) > 40
    assert "broken.mp4" in caplog.text
