"""A click track of half an hour through the whole cut, decoded again."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from PIL import Image

from videogen.assembly.render import Outputs, RenderOptions, render
from videogen.assembly.timeline import Shot, TimedScene, Timeline
from videogen.domain.footage import MediaFile
from videogen.executors import InlineExecutor

# A rate that divides neither seconds nor samples evenly, so that every rounding shows.
RATE = Fraction(30_000, 1001)
SCENES = 150
SCENE_FRAMES = 360
CLICK_SECONDS = 0.5
RECORDED_RATE = 24_000
LUMAS = (70, 180)


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("half-an-hour")
    stills = []
    for luma in LUMAS:
        path = folder / f"{luma}.png"
        Image.new("RGB", (64, 36), (luma, luma, luma)).save(path)
        stills.append(MediaFile(path, "still"))
    samples = np.zeros(11 * RECORDED_RATE)
    at = round(CLICK_SECONDS * RECORDED_RATE)
    samples[at : at + 24] = 0.5
    voice = folder / "click.flac"
    soundfile.write(voice, samples, RECORDED_RATE)
    scenes = tuple(
        TimedScene(number, "", voice, (Shot(stills[number % 2], SCENE_FRAMES, 0, 0),))
        for number in range(1, SCENES + 1)
    )
    outputs = Outputs(folder / "cut.mp4", folder / "cut.jpg", folder / "work")
    timeline = Timeline(RATE, 64, 36, scenes)
    render(timeline, outputs, RenderOptions("Clicks"), InlineExecutor(), lambda *_: None)
    return outputs.video


def test_every_frame_is_there_at_its_own_time_and_every_cut_on_its_frame(cut: Path) -> None:
    with av.open(cut) as container:
        frames = [
            (frame.pts * frame.time_base, int(frame.to_ndarray()[:36].mean()) > 125)
            for frame in container.decode(video=0)
            if frame.pts is not None and frame.time_base is not None
        ]

    assert [time for time, _ in frames] == [
        number / RATE for number in range(SCENES * SCENE_FRAMES)
    ]
    cuts = [n for n in range(1, len(frames)) if frames[n][1] != frames[n - 1][1]]
    assert cuts == [number * SCENE_FRAMES for number in range(1, SCENES)]


def test_every_click_is_heard_within_a_frame_of_its_place(cut: Path) -> None:
    heard = list(clicks(cut))

    expected = [float(number * SCENE_FRAMES / RATE) + CLICK_SECONDS for number in range(SCENES)]
    assert len(heard) == SCENES
    drift = [abs(time - place) for time, place in zip(heard, expected, strict=True)]
    print(f"largest drift {max(drift) * 1000:.2f} ms")
    assert max(drift) < 1 / RATE


def test_sound_ends_with_the_picture(cut: Path) -> None:
    with av.open(cut) as container:
        samples = sum(frame.samples for frame in container.decode(audio=0))

    assert abs(Fraction(samples, 48_000) - SCENES * SCENE_FRAMES / RATE) < 1 / RATE


def clicks(path: Path) -> Iterator[float]:
    """Yield the times in seconds at which the sound rises out of silence."""
    last = -1.0
    with av.open(path) as container:
        for frame in container.decode(audio=0):
            loud = np.flatnonzero(np.abs(frame.to_ndarray()[0]) > 0.1)
            assert frame.time is not None
            for offset in loud[:1]:
                time = frame.time + offset / frame.sample_rate
                if time - last > 1:
                    yield time
                last = time
