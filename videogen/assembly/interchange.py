"""The cut as an OpenTimelineIO document, for going on in an editing program."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
from types import ModuleType
from typing import Any

import soundfile
from pydantic import TypeAdapter

from videogen.assembly.timeline import Drawing, Shot, TimedScene, Timeline
from videogen.domain.footage import Card, MediaFile
from videogen.errors import AssemblyError


def otio_json(timeline: Timeline, title: str) -> str:
    """Return the cut as OTIO JSON: a picture track with its dissolves, a voice track, markers.

    Raises:
        AssemblyError: OpenTimelineIO is not installed.
    """
    otio = library()
    document = otio.schema.Timeline(name=title)
    document.tracks.append(_picture_track(otio, timeline))
    document.tracks.append(_voice_track(otio, timeline))
    text: str = document.to_json_string(indent=1)
    return text


def library() -> ModuleType:
    """Return OpenTimelineIO, an extra of the package.

    Raises:
        AssemblyError: it is not installed.
    """
    try:
        import opentimelineio
    except ImportError as exc:
        raise AssemblyError(
            "The export for editing programs is not installed",
            cure='Install it: pip install "videogen[editing]"',
        ) from exc
    library: ModuleType = opentimelineio
    return library


def _picture_track(otio: Any, timeline: Timeline) -> Any:
    track = otio.schema.Track(name="Picture", kind=otio.schema.TrackKind.Video)
    shots = [shot for _, shot in timeline.shots()]
    begins = dict(timeline.placed())
    start = 0
    for shot, following in pairwise([*shots, None]):
        assert shot is not None  # noqa: S101 - only the last of a pair can be
        if shot.fade:
            # Each shot keeps running under the next one, so a dissolve lies wholly after its cut.
            dissolve = otio.schema.TransitionTypes.SMPTE_Dissolve
            length = _time(otio, shot.fade, timeline.rate)
            none = _time(otio, 0, timeline.rate)
            track.append(otio.schema.Transition("Dissolve", dissolve, none, length))
        clip = _clip(otio, shot, following.fade if following else 0, timeline.rate)
        if scene := begins.get(start):
            clip.markers.append(_marker(otio, scene, shot, timeline.rate))
        track.append(clip)
        start += shot.frames
    return track


def _clip(otio: Any, shot: Shot, run_on: int, rate: Fraction) -> Any:
    source = shot.source
    if isinstance(source, MediaFile):
        name = source.path.stem
        available = _range(otio, 0, shot.source_in + shot.frames + run_on, rate)
        reference = otio.schema.ExternalReference(source.path.absolute().as_uri(), available)
    else:
        name, reference = " ".join(shot.texts), _generated(otio, source)
    return otio.schema.Clip(name, reference, _range(otio, shot.source_in, shot.frames, rate))


def _generated(otio: Any, source: Card | Drawing) -> Any:
    card = TypeAdapter(type(source)).dump_python(source, mode="json")
    return otio.schema.GeneratorReference("card", "videogen.card", parameters=card)


def _marker(otio: Any, scene: TimedScene, shot: Shot, rate: Fraction) -> Any:
    place = _range(otio, shot.source_in, 0, rate)
    return otio.schema.Marker(f"{scene.number}. {scene.title}".strip(), place)


def _voice_track(otio: Any, timeline: Timeline) -> Any:
    track = otio.schema.Track(name="Voice", kind=otio.schema.TrackKind.Audio)
    for scene in timeline.scenes:
        spoken = min(scene.frames, _spoken_frames(scene, timeline.rate))
        if scene.audio and spoken:
            whole = _range(otio, 0, spoken, timeline.rate)
            reference = otio.schema.ExternalReference(scene.audio.absolute().as_uri(), whole)
            track.append(otio.schema.Clip(scene.title, reference, whole))
        if rest := scene.frames - spoken:
            track.append(otio.schema.Gap(source_range=_range(otio, 0, rest, timeline.rate)))
    return track


def _spoken_frames(scene: TimedScene, rate: Fraction) -> int:
    if scene.audio is None:
        return 0
    try:
        facts = soundfile.info(scene.audio)
    except (soundfile.SoundFileError, OSError) as exc:
        raise AssemblyError("A scene's recording can't be read", where=str(scene.audio)) from exc
    return math.ceil(Fraction(facts.frames, facts.samplerate) * rate)


def _time(otio: Any, frames: int, rate: Fraction) -> Any:
    return otio.opentime.RationalTime(frames, float(rate))


def _range(otio: Any, start: int, frames: int, rate: Fraction) -> Any:
    return otio.opentime.TimeRange(_time(otio, start, rate), _time(otio, frames, rate))
