"""How fast to speak and how long to pause so that a video lasts what was asked; pure.

Speed does the coarse work before anything is spoken, pauses the fine work after, in whole frames.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from videogen.domain.script import PAUSE_SECONDS
from videogen.domain.speech import PacedScene, scene_frames

SLOWEST, FASTEST = 0.9, 1.12
# What these are worth: a voice's pauses and shortest sounds stay as they are, see
# docs/decisions/0021-speed-then-pauses.md.
SLOWED, HASTENED = 0.94, 1.06
SHORTEST_PAUSE, LONGEST_PAUSE = Fraction(3, 10), Fraction(6, 5)
# Within these the pauses alone make up the difference and the voice keeps its own speed.
EASY_PAUSES = (0.45, 0.85)
SPEED_DIGITS = 3
NOTED = 0.02
CORRECTIONS = 2
SHORTEST_ROOM = 0.1  # seconds; keeps a target shorter than its pauses from dividing by nothing


@dataclass(frozen=True, slots=True)
class Pacing:
    """Scenes as they will be spoken, each with its pause.

    `shortfall` is the seconds still missing to the target, negative where they are too many.
    """

    scenes: tuple[PacedScene, ...]
    shortfall: float


def reach(speech: float, scene_count: int) -> tuple[float, float]:
    """Return the shortest and the longest that so many seconds of speech can be made to last."""
    shortest = speech / HASTENED + float(SHORTEST_PAUSE) * scene_count
    return shortest, speech / SLOWED + float(LONGEST_PAUSE) * scene_count


def fit(pace: Callable[[float], Sequence[PacedScene]], target: float, rate: Fraction) -> Pacing:
    """Return the scenes at the speed, and with the pauses, that fill `target` seconds.

    `rate` is in frames a second. `pace` returns the scenes at a speed; it is called three times at
    most.
    """
    speed = 1.0
    scenes = pace(speed)
    for _ in range(CORRECTIONS):
        wanted = _speed_for([scene.seconds for scene in scenes], speed, target)
        if wanted == speed:
            break
        speed = wanted
        scenes = pace(speed)
    return fit_pauses(scenes, target, rate)


def fit_pauses(scenes: Sequence[PacedScene], target: float, rate: Fraction) -> Pacing:
    """Return scenes that were spoken already: only their pauses can still give."""
    spoken = sum(scene_frames(scene.seconds, 0, rate) for scene in scenes)
    frames = round(Fraction(target) * rate) - spoken
    shortest, longest = (round(one * rate) * len(scenes) for one in (SHORTEST_PAUSE, LONGEST_PAUSE))
    silent = min(max(frames, shortest), longest)
    # As even as whole frames can be.
    each, extra = divmod(silent, len(scenes))
    paced = tuple(
        replace(scene, pause=float((each + (index < extra)) / rate))
        for index, scene in enumerate(scenes)
    )
    return Pacing(paced, float((frames - silent) / rate))


def script_note(shortfall: float, target: float) -> str:
    """Return what to say of a person's own script that lasts otherwise than they asked."""
    if abs(shortfall) <= NOTED * target:
        return ""
    return (
        f"The script as it is lasts {target - shortfall:.0f} s, not the {target:.0f} s asked for: "
        "--fit fits it by speed and pauses."
    )


def shortfall_note(shortfall: float, target: float) -> str:
    """Return what to say of a target that was missed by more than a fiftieth; nothing if met."""
    if abs(shortfall) <= NOTED * target:
        return ""
    side = "short of" if shortfall > 0 else "over"
    return (
        f"The narration is {abs(shortfall):.0f} s {side} the {target:.0f} s asked for: "
        f"the writer's text can't be stretched further than speed {SLOWEST} to {FASTEST} allows."
    )


def _speed_for(seconds: Sequence[float], speed: float, target: float) -> float:
    """Return the speed at which the pauses come out as usual; `speed` where they are easy."""
    speech, scenes = sum(seconds), len(seconds)
    shortest, longest = EASY_PAUSES
    if shortest * scenes <= target - speech <= longest * scenes:
        return speed
    room = max(target - PAUSE_SECONDS * scenes, SHORTEST_ROOM)
    return min(max(round(speed * speech / room, SPEED_DIGITS), SLOWEST), FASTEST)
