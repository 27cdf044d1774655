"""The script stage: from a brief to scenes whose speech and pauses fill it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol

from videogen.barrier import Fault, attempt
from videogen.domain.script import PAUSE_SECONDS, Brief, Scene, Script
from videogen.domain.speech import FASTEST_VOICE, SLOWEST_VOICE, PacedScene
from videogen.errors import VoiceError
from videogen.script.pacing import fit
from videogen.script.write import InEnglish, nothing_known, read_script, write_script
from videogen.script.writers.base import ScriptWriter


@dataclass(frozen=True, slots=True)
class Narration:
    """A script and its scenes as they will be spoken.

    `shortfall` is the seconds missing to the brief, negative where they are too many; `left_out`
    says of each scene that stays silent why.
    """

    script: Script
    scenes: tuple[PacedScene, ...]
    shortfall: float
    left_out: tuple[str, ...]


class Speaker(Protocol):
    """The voice, as far as a script is concerned.

    Raises:
        VoiceError: it can't speak the text.
    """

    def seconds(self, text: str, speed: float) -> float:
        """Return how long a text as written will be once spoken."""
        ...

    def pace(self, scene: Scene, speed: float, pause: float) -> PacedScene:
        """Return a scene as it will be spoken."""
        ...


def narrate(
    brief: Brief,
    writer: ScriptWriter,
    speaker: Speaker,
    speed: float,
    rate: Fraction,
    *,
    fit: bool,
    in_english: InEnglish = nothing_known,
) -> Narration:
    """Return the narration that fills the brief's seconds, in whole frames of `rate`.

    `speed` is the voice's as the user wants it. A person's own script keeps its words, and its
    length unless `fit` is given.

    Raises:
        ScriptError: no usable script could be had.
        VoiceError: the voice can speak none of the scenes.
    """
    by_hand = writer.name == "file"

    def measure(text: str) -> float:
        found = attempt(lambda: speaker.seconds(text, speed))
        return 0.0 if isinstance(found, Fault) else found  # told once the scenes are settled

    if by_hand:
        script = read_script(brief, writer, in_english)
    else:
        script = write_script(brief, writer, measure, in_english)
    as_is = by_hand and not fit
    return _paced(script, speaker, speed, brief.seconds, rate, as_is)


def revise(
    earlier: Narration,
    script: Script,
    speaker: Speaker,
    voice: str,
    speed: float,
    seconds: float,
    rate: Fraction,
    *,
    fit: bool,
) -> Narration:
    """Return the narration of a script that a person changed, or had changed by another voice.

    What is said as before keeps its pace, so that nothing of it is made again; in another voice all
    is paced anew.

    Raises:
        VoiceError: the voice can speak none of the scenes.
    """
    as_is = script.writer == "file" and not fit
    kept = {one.scene.text: one for one in earlier.scenes if one.utterance.voice == voice}
    if not kept:
        return _paced(script, speaker, speed, seconds, rate, as_is)
    usual = next(iter(kept.values()))
    spoken, left_out = _speakable(script, speaker, speed)
    scenes = tuple(
        replace(kept[scene.text], scene=scene)
        if scene.text in kept
        else speaker.pace(scene, usual.speed, usual.pause)
        for scene in spoken
    )
    return Narration(script, scenes, seconds - length(scenes) if as_is else 0.0, left_out)


def _paced(
    script: Script, speaker: Speaker, speed: float, seconds: float, rate: Fraction, as_is: bool
) -> Narration:
    spoken, left_out = _speakable(script, speaker, speed)
    if as_is:
        scenes = tuple(speaker.pace(scene, speed, PAUSE_SECONDS) for scene in spoken)
        return Narration(script, scenes, seconds - length(scenes), left_out)

    def pace(factor: float) -> list[PacedScene]:
        own = min(max(speed * factor, SLOWEST_VOICE), FASTEST_VOICE)
        return [speaker.pace(scene, own, 0.0) for scene in spoken]

    pacing = fit(pace, seconds, rate)
    return Narration(script, pacing.scenes, pacing.shortfall, left_out)


def length(scenes: Sequence[PacedScene]) -> float:
    """Return the seconds of scenes with their pauses."""
    return sum(scene.seconds + scene.pause for scene in scenes)


def _speakable(
    script: Script, speaker: Speaker, speed: float
) -> tuple[tuple[Scene, ...], tuple[str, ...]]:
    spoken, faults = [], []
    for scene in script.scenes:
        found = attempt(functools.partial(speaker.pace, scene, speed, 0.0))
        if isinstance(found, Fault):
            faults.append(f"Scene {scene.number} is left out: {found.cause}")
        else:
            spoken.append(scene)
    if not spoken:
        raise VoiceError(
            "The voice can speak none of the scenes",
            where=faults[0],
            cure="Choose a voice that speaks the script's language: videogen voices",
        )
    return tuple(spoken), tuple(faults)
