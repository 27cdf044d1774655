"""Whatever is laid out, the cut is gapless, exact to the frame, and survives JSON."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from pathlib import Path

import pytest
from fakes import scenes
from hypothesis import given
from hypothesis import strategies as st

from videogen import serialization
from videogen.assembly.timeline import (
    SHORTEST_SHOT_SECONDS,
    Caption,
    CaptionedScene,
    Timeline,
    lay_out,
)
from videogen.domain.footage import CROSSFADE_SECONDS, Candidate, Card, Clip, MediaFile
from videogen.domain.speech import scene_frames

RATES = [Fraction(24_000, 1001), Fraction(24), Fraction(25), Fraction(30_000, 1001), Fraction(30)]

CANDIDATE = Candidate("local", "1", "A clip", "Someone", "CC0", "file:///clip")


def captioned(
    number: int,
    seconds: float,
    pause: float,
    shown: tuple[Clip, ...],
    title: str = "",
    captions: tuple[Caption, ...] = (),
) -> CaptionedScene:
    return CaptionedScene(
        scenes.shown(number, *shown, seconds=seconds, pause=pause), title, captions
    )


cards = st.builds(Card, st.text(max_size=20), st.integers(0, 2**31))
files = st.builds(
    MediaFile,
    st.sampled_from([Path("a.mp4"), Path("b c.jpg")]),
    st.sampled_from(["video", "still"]),
)
clips = st.builds(
    Clip,
    st.just(CANDIDATE),
    st.one_of(cards, files),
    st.just(0.0),
    st.floats(0, 600),
    st.floats(0.04, 60),
)
captions = st.builds(
    Caption, st.just(0), st.integers(1, 9), st.just(("Two", "lines")), st.just((0, 5))
)
materials = st.builds(
    captioned,
    st.integers(1, 500),
    st.floats(0.02, 90),
    st.floats(0, 3),
    st.lists(clips, min_size=1, max_size=12).map(tuple),
    st.text(max_size=20),
    st.lists(captions, max_size=2).map(tuple),
)
scripts = st.lists(materials, min_size=1, max_size=12)
rates = st.sampled_from([*RATES, Fraction(50), Fraction(60)])


@given(scripts, rates)
def test_every_scene_is_exactly_its_audio_and_its_pause(
    script: list[CaptionedScene], rate: Fraction
) -> None:
    timeline = lay_out(script, rate, 1920, 1080)

    for scene, material in zip(timeline.scenes, script, strict=True):
        seconds, pause = material.shown.voiced.seconds, material.shown.voiced.paced.pause
        assert scene.frames == scene_frames(seconds, pause, rate)
        assert scene.frames / rate >= seconds - 1e-6
        assert scene.frames / rate - seconds - pause < 2 / rate


@given(scripts, rates)
def test_shots_follow_each_other_without_gap_or_overlap(
    script: list[CaptionedScene], rate: Fraction
) -> None:
    timeline = lay_out(script, rate, 1920, 1080)

    reached = 0
    for start, shot in timeline.shots():
        assert start == reached
        assert shot.frames > 0
        reached += shot.frames
    assert reached == timeline.frames == sum(scene.frames for scene in timeline.scenes)
    assert next(timeline.placed()) == (0, timeline.scenes[0])
    assert timeline.duration == timeline.frames / rate


@given(scripts, rates)
def test_no_crossfade_outlasts_half_of_either_of_its_shots(
    script: list[CaptionedScene], rate: Fraction
) -> None:
    shots = [shot for _, shot in lay_out(script, rate, 1920, 1080).shots()]

    assert shots[0].fade == 0
    for before, after in itertools.pairwise(shots):
        assert 0 <= after.fade <= min(before.frames, after.frames) / 2
        assert after.fade <= math.ceil(CROSSFADE_SECONDS * rate)


@given(scripts, rates)
def test_a_timeline_survives_json(script: list[CaptionedScene], rate: Fraction) -> None:
    timeline = lay_out(script, rate, 1080, 1920)

    assert serialization.decode(Timeline, serialization.encode(timeline)) == timeline


@given(st.lists(st.floats(0.5, 30), min_size=1, max_size=4), st.sampled_from(RATES))
def test_a_clip_is_held_only_where_all_together_are_too_short(
    lengths: list[float], rate: Fraction
) -> None:
    media = MediaFile(Path("a.mp4"), "video")
    shown = tuple(Clip(CANDIDATE, media, 0.0, 0.0, length) for length in lengths)
    fade = round(CROSSFADE_SECONDS * rate)
    spare = [math.floor(Fraction(length) * rate) - fade for length in lengths]
    material = captioned(1, 6.0, 0.0, shown)

    shots = lay_out([material], rate, 1920, 1080).scenes[0].shots

    if all(space > 0 for space in spare) and sum(spare[: len(shots)]) >= sum(
        shot.frames for shot in shots
    ):
        for shot, space in zip(shots, spare, strict=False):
            assert shot.frames <= max(float(space), float(SHORTEST_SHOT_SECONDS * rate)) + 1


@given(scripts, rates)
def test_no_shot_is_over_in_a_flash(script: list[CaptionedScene], rate: Fraction) -> None:
    for scene in lay_out(script, rate, 1920, 1080).scenes:
        least = min(scene.frames, math.floor(SHORTEST_SHOT_SECONDS * rate))
        assert all(shot.frames >= least - 1 for shot in scene.shots)


def test_a_thirty_minute_cut_loses_no_frame() -> None:
    rate = Fraction(30_000, 1001)
    clip = Clip(CANDIDATE, Card("Steel", 1), 0.0, 0.0, 60.0)
    script = [captioned(n, 11.7 + n / 997, 0.3, (clip,)) for n in range(1, 151)]

    timeline = lay_out(script, rate, 1920, 1080)

    for index, (start, _) in enumerate(timeline.placed()):
        assert start == sum(scene.frames for scene in timeline.scenes[:index])


def test_a_scene_without_clips_cannot_be_laid_out() -> None:
    with pytest.raises(ValueError, match="scene 7 has no clip"):
        lay_out([captioned(7, 1.0, 0.0, ())], Fraction(30), 1920, 1080)
