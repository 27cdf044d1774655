"""The cut as a value: integer frames over a Fraction rate, gapless by construction.

Scenes follow each other and shots fill their scene, so only lengths are kept and every start is
derived. A crossfade takes no time of its own: while a shot fades in over its first `fade` frames,
the shot before it keeps running past the end of its slot.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Literal

from videogen.assembly.style import DEFAULT_LOOK, Look
from videogen.domain.footage import CROSSFADE_SECONDS, Card, Clip, MediaFile, ShownScene
from videogen.domain.video import CENTRED, Framing
from videogen.language.statements.content import Content, parts

SHORTEST_SHOT_SECONDS = Fraction(3, 2)
CARDS_CROSSFADE_SECONDS = CROSSFADE_SECONDS / 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """A card that draws what is said.

    `words` tell at which second of the card each character of the text that begins a word is said.
    """

    content: Content
    words: tuple[tuple[int, float], ...]

    def second(self, at: int) -> float:
        """Return when what begins at a character of the text is said, from the card's start."""
        place = bisect([character for character, _ in self.words], at)
        return self.words[max(0, place - 1)][1] if self.words else 0.0

    def later(self, seconds: float) -> Drawing:
        """Return it for a card that begins so much later."""
        return replace(self, words=tuple((at, max(0.0, said - seconds)) for at, said in self.words))


@dataclass(frozen=True, slots=True)
class Shot:
    """A slot of `frames` frames showing `source` from `source_in` frames into it.

    The slot's first `fade` frames are mixed with the shot before; 0 is a cut. `framing` says what
    is seen of a source of another shape, and what the move over a still ends on.
    """

    source: MediaFile | Card | Drawing
    frames: int
    fade: int
    source_in: int
    framing: Framing = CENTRED

    @property
    def is_drawn(self) -> bool:
        """Whether it is a card."""
        return not isinstance(self.source, MediaFile)

    @property
    def texts(self) -> tuple[str, ...]:
        """What is set on a card; nothing on footage."""
        if isinstance(self.source, Card):
            return (self.source.phrase,)
        if isinstance(self.source, Drawing):
            return tuple(part.text for part in parts(self.source.content))
        return ()


@dataclass(frozen=True, slots=True)
class Caption:
    """One or two lines shown from frame `start` up to, not including, `end` of their scene.

    `word_starts` holds the frame at which each word of the lines, split at spaces, is spoken.
    """

    start: int
    end: int
    lines: tuple[str, ...]
    word_starts: tuple[int, ...]


InscriptionKind = Literal["title", "callout", "credits", "credits on ground", "credit line"]


@dataclass(frozen=True, slots=True)
class Inscription:
    """Lines laid over a scene's pictures from frame `start` up to, not including, `end` of it."""

    kind: InscriptionKind
    start: int
    end: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimedScene:
    """A scene on the timeline: its audio starts with its first frame; None is silence."""

    number: int
    title: str
    audio: Path | None
    shots: tuple[Shot, ...]
    captions: tuple[Caption, ...] = ()
    inscriptions: tuple[Inscription, ...] = ()

    @property
    def frames(self) -> int:
        """Length in frames, audio and pause together."""
        return sum(shot.frames for shot in self.shots)


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole cut: `rate` in frames a second, size in pixels; `look` is what is drawn like."""

    rate: Fraction
    width: int
    height: int
    scenes: tuple[TimedScene, ...]
    look: Look = DEFAULT_LOOK

    @property
    def frames(self) -> int:
        """Length in frames."""
        return sum(scene.frames for scene in self.scenes)

    @property
    def duration(self) -> Fraction:
        """Length in seconds."""
        return self.frames / self.rate

    def placed(self) -> Iterator[tuple[int, TimedScene]]:
        """Yield each scene with the frame at which it starts."""
        start = 0
        for scene in self.scenes:
            yield start, scene
            start += scene.frames

    def shots(self) -> Iterator[tuple[int, Shot]]:
        """Yield each shot with the frame at which its slot starts."""
        for start, scene in self.placed():
            at = start
            for shot in scene.shots:
                yield at, shot
                at += shot.frames


@dataclass(frozen=True, slots=True)
class CaptionedScene:
    """A shown scene with the title of its chapter, and its captions in frames from its start."""

    shown: ShownScene
    title: str
    captions: tuple[Caption, ...] = ()


def lay_out(
    captioned: Sequence[CaptionedScene], rate: Fraction, width: int, height: int
) -> Timeline:
    """Lay scenes end to end, each exactly as many frames as its audio plus its pause.

    Raises:
        ValueError: a scene has no clip.
    """
    scenes: list[TimedScene] = []
    shown_before = 0
    for one in captioned:
        shots = _shots(one.shown, rate, shown_before)
        shown_before = shots[-1].frames
        number, audio = one.shown.number, one.shown.voiced.master_path
        scenes.append(TimedScene(number, one.title, audio, shots, one.captions))
    return Timeline(rate, width, height, tuple(scenes))


def crossfaded(timeline: Timeline) -> Timeline:
    """Return the cut with each shot, but the first, faded in over the one before.

    Between two cards that takes half as long: type over type can't be read.
    """
    scenes: list[TimedScene] = []
    before: Shot | None = None
    for scene in timeline.scenes:
        shots = []
        for shot in scene.shots:
            frames = before.frames if before else 0
            seconds = CROSSFADE_SECONDS
            if before and before.is_drawn and shot.is_drawn:
                seconds = CARDS_CROSSFADE_SECONDS
            shots.append(replace(shot, fade=_fade(frames, shot.frames, timeline.rate, seconds)))
            before = shot
        scenes.append(replace(scene, shots=tuple(shots)))
    return replace(timeline, scenes=tuple(scenes))


def _fade(before: int, after: int, rate: Fraction, seconds: Fraction = CROSSFADE_SECONDS) -> int:
    """Return the frames of a crossfade between two slots, half of the shorter at most."""
    return min(round(seconds * rate), before // 2, after // 2)


def _shots(shown: ShownScene, rate: Fraction, shown_before: int) -> tuple[Shot, ...]:
    if not shown.clips:
        raise ValueError(f"scene {shown.number} has no clip")
    frames = shown.voiced.frames(rate)
    shortest = math.floor(SHORTEST_SHOT_SECONDS * rate)
    clips = shown.clips[: max(1, frames // shortest)]
    fade = round(CROSSFADE_SECONDS * rate)
    # A clip that is over sooner is held: less than this is a flash.
    slots = _slots(frames, [max(shortest, _available(clip, rate) - fade) for clip in clips])
    shots = []
    for clip, slot in zip(clips, slots, strict=True):
        source_in = round(Fraction(clip.offset) * rate)
        shots.append(Shot(clip.media, slot, _fade(shown_before, slot, rate), source_in))
        shown_before = slot
    return tuple(shots)


def _available(clip: Clip, rate: Fraction) -> float:
    if isinstance(clip.media, Card) or clip.media.kind == "still":
        return math.inf
    return math.floor(Fraction(clip.duration) * rate)


def _slots(frames: int, capacities: Sequence[float]) -> list[int]:
    """Split frames evenly, giving what a short clip cannot fill to the others.

    Where all together are too short, the rest is spread evenly and the last frames are held.
    """
    shares = [0.0] * len(capacities)
    left, unfilled = float(frames), list(range(len(capacities)))
    while unfilled:
        share = left / len(unfilled)
        short = [index for index in unfilled if capacities[index] < share]
        for index in short or unfilled:
            shares[index] = max(1.0, capacities[index]) if short else share
            left -= shares[index]
        unfilled = [index for index in unfilled if index not in short] if short else []
    shares = [share + left / len(shares) for share in shares]
    # Halves always go up: Python's own rounding to even could leave a share of one frame with none.
    edges = [math.floor(edge + 0.5) for edge in accumulate(shares, initial=0.0)]
    edges[-1] = frames
    return [end - start for start, end in pairwise(edges)]
