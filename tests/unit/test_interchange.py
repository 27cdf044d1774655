"""The cut as editing programs read it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import opentimelineio
import pytest
import soundfile

from videogen.assembly.interchange import otio_json
from videogen.assembly.timeline import Shot, TimedScene, Timeline
from videogen.domain.footage import Card, MediaFile


@pytest.fixture
def timeline(tmp_path: Path) -> Timeline:
    voice = tmp_path / "voice.flac"
    soundfile.write(voice, np.zeros(24_000), 24_000)
    clip = MediaFile(tmp_path / "sea trial.mp4", "video")
    first = TimedScene(
        1, "Fleets", voice, (Shot(clip, 40, 0, 90), Shot(Card("Steel", 3), 20, 10, 0))
    )
    return Timeline(
        Fraction(25), 1920, 1080, (first, TimedScene(2, "End", None, (Shot(clip, 30, 12, 0),)))
    )


def test_the_picture_track_has_every_cut_and_dissolve(timeline: Timeline) -> None:
    document = opentimelineio.adapters.read_from_string(otio_json(timeline, "Naval"), "otio_json")

    picture = document.tracks[0]
    assert document.name == "Naval"
    assert [type(item).__name__ for item in picture] == [
        "Clip",
        "Transition",
        "Clip",
        "Transition",
        "Clip",
    ]
    clips = list(picture.find_clips())
    places = [clip.range_in_parent() for clip in clips]
    assert [(p.start_time.value, p.duration.value) for p in places] == [(0, 40), (40, 20), (60, 30)]
    assert clips[0].source_range.start_time.value == 90
    assert [picture[1].in_offset.value, picture[1].out_offset.value] == [0, 10]
    assert clips[0].media_reference.target_url.endswith("sea%20trial.mp4")
    assert clips[0].markers[0].name == "1. Fleets"


def test_the_voice_track_is_as_long_as_the_picture(timeline: Timeline) -> None:
    document = opentimelineio.adapters.read_from_string(otio_json(timeline, "Naval"), "otio_json")

    picture, voice = document.tracks
    assert voice.duration() == picture.duration()
    assert voice[0].source_range.duration.value == 25
