"""The first and the last seconds: the title over the first shot, the credits over the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from videogen.assembly.timeline import (
    CARDS_CROSSFADE_SECONDS,
    Drawing,
    Inscription,
    InscriptionKind,
    Shot,
    TimedScene,
    Timeline,
)
from videogen.domain.footage import CROSSFADE_SECONDS, Card

# A shorter film is over before a title has been read, and an upright one is scrolled to.
TITLED_FROM_SECONDS = 60
_TITLE_BEGINS, _TITLE_ENDS = Fraction(1, 4), Fraction(4)
# As long as a title card is seen, at least and at most; a card that has less than twice the least is
# all title.
_TITLE_CARD_SECONDS = (Fraction(21, 10), 3)

# In a shorter film the seconds after the last word would be more than an eighteenth of it.
CLOSED_FROM_SECONDS = 45
CLOSING_SECONDS = Fraction(5, 2)


def closing_seconds(duration: float) -> Fraction:
    """Return the seconds after the last word of a film of `duration` seconds; 0 in a short one."""
    return CLOSING_SECONDS if duration >= CLOSED_FROM_SECONDS else Fraction(0)


def titled(timeline: Timeline, title: str) -> Timeline:
    """Return the cut with its title over the first shot; a drawn card gives way to it.

    Upright and short films have none.
    """
    if timeline.height > timeline.width or timeline.duration < TITLED_FROM_SECONDS:
        return timeline
    first, *others = timeline.scenes
    if first.shots[0].is_drawn:
        opened = _with_title_card(first, title, timeline.rate)
    else:
        begin, end = (round(second * timeline.rate) for second in (_TITLE_BEGINS, _TITLE_ENDS))
        shown = Inscription("title", begin, min(end, first.frames), (title,))
        later = (one for one in first.inscriptions if one.start >= shown.end)
        opened = replace(first, inscriptions=(shown, *later))
    return replace(timeline, scenes=(opened, *others))


def _with_title_card(scene: TimedScene, title: str, rate: Fraction) -> TimedScene:
    """Return the scene with the title on the ground of its first card, which comes after it."""
    first, *others = scene.shots
    least, most = (round(seconds * rate) for seconds in _TITLE_CARD_SECONDS)
    opening = replace(first, source=Card(title, 0))
    frames = min(most, first.frames // 2)
    if frames < least:
        return replace(scene, shots=(opening, *others))
    opening = replace(opening, frames=frames)
    source = first.source
    if isinstance(source, Drawing):
        source = source.later(float(frames / rate))
    fade = round(CARDS_CROSSFADE_SECONDS * rate)
    rest = replace(first, source=source, frames=first.frames - opening.frames, fade=fade)
    return replace(scene, shots=(opening, rest, *others))


def closed(timeline: Timeline, seconds: Fraction, credits_lines: Sequence[str]) -> Timeline:
    """Return the cut `seconds` longer, with the credits over its end.

    The last shot runs on, but a drawn card leaves its ground to credits. Where there is no time for
    them, they are a line over the last words.
    """
    *others, last = timeline.scenes
    frames = round(seconds * timeline.rate)
    lengthen = _with_ground if last.shots[-1].is_drawn and credits_lines else _longer
    scene = lengthen(last, frames, timeline.rate) if frames else last
    if credits_lines:
        shown = Inscription(
            *_place(scene, frames, timeline.rate), scene.frames, tuple(credits_lines)
        )
        scene = replace(scene, inscriptions=(*scene.inscriptions, shown))
    return replace(timeline, scenes=(*others, scene))


def _place(scene: TimedScene, frames: int, rate: Fraction) -> tuple[InscriptionKind, int]:
    """Return how credits stand in the last `frames` of a scene, and from which frame on."""
    if not frames:
        return "credit line", max(0, scene.frames - round(CLOSING_SECONDS * rate))
    begin, shot = scene.frames - frames, scene.shots[-1]
    if isinstance(shot.source, Card):
        return "credits on ground", begin + shot.fade
    return "credits", begin


def _with_ground(scene: TimedScene, frames: int, rate: Fraction) -> TimedScene:
    fade = min(round(CROSSFADE_SECONDS * rate), scene.shots[-1].frames // 2, frames // 2)
    return replace(scene, shots=(*scene.shots, Shot(Card("", 0), frames, fade, 0)))


def _longer(scene: TimedScene, frames: int, _: Fraction) -> TimedScene:
    *before, shot = scene.shots
    return replace(scene, shots=(*before, replace(shot, frames=shot.frames + frames)))
