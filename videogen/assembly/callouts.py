"""What a script wants on screen, set over footage while it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from videogen.assembly.timeline import Inscription, TimedScene, Timeline
from videogen.domain.footage import ShownScene
from videogen.domain.speech import Word
from videogen.language.phrases import joined

# As long as a few words take to be read, at least and at most.
_LEAST_SECONDS, _MOST_SECONDS = Fraction(3, 2), Fraction(7, 2)


def called_out(timeline: Timeline, scenes: Sequence[ShownScene]) -> Timeline:
    """Return the cut with each scene's `on_screen` over its footage, from its first word on.

    Cards draw it themselves; upright films show each word as it is said.
    """
    if timeline.height > timeline.width:
        return timeline
    called = [
        _with_callout(timed, shown, timeline.rate)
        for timed, shown in zip(timeline.scenes, scenes, strict=True)
    ]
    return replace(timeline, scenes=tuple(called))


def _with_callout(timed: TimedScene, shown: ShownScene, rate: Fraction) -> TimedScene:
    phrase = shown.scene.on_screen
    second = _said(phrase, shown.voiced.words) if phrase else None
    if second is None:
        return timed
    start = round(Fraction(second) * rate)
    end = min(_filmed_until(timed, start), start + round(_MOST_SECONDS * rate))
    if end - start < _LEAST_SECONDS * rate:
        return timed
    line = phrase[:1].upper() + phrase[1:]
    callout = Inscription("callout", start, end, (line,))
    return replace(timed, inscriptions=(*timed.inscriptions, callout))


def _said(phrase: str, words: Sequence[Word]) -> float | None:
    """Return the second at which a phrase begins to be said; None where nobody says it."""
    text = ""
    starts: list[tuple[int, float]] = []
    for word in words:
        text = joined([text, word.text]) if text else word.text
        starts.append((len(text) - len(word.text), word.start))
    at = text.casefold().find(phrase.casefold())
    return max((one for one in starts if one[0] <= at), default=(0, 0.0))[1] if at >= 0 else None


def _filmed_until(timed: TimedScene, start: int) -> int:
    """Return the frame of a scene up to which footage is seen from another on."""
    at = 0
    for shot in timed.shots:
        if at + shot.frames > start and shot.is_drawn:
            return at
        at += shot.frames
    return at
