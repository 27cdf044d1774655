"""The words before and after the narration, and the time that they take from it."""

from __future__ import annotations

from collections.abc import Sequence

from videogen.assembly.timeline import CLOSING_SECONDS, OPENING_SECONDS
from videogen.domain import Card, Script, ShownScene

# In a shorter video they would take more than an eighth of it.
TITLED_FROM_SECONDS = 45.0


def titles_seconds(duration: float) -> float:
    """Return the seconds of the titles of a video of `duration` seconds, 0 where it has none."""
    if duration < TITLED_FROM_SECONDS:
        return 0.0
    return float(OPENING_SECONDS + CLOSING_SECONDS)


def thanks(script: Script, scenes: Sequence[ShownScene]) -> str:
    """Return the closing title: whom the pictures and the words come from."""
    clips = [clip for scene in scenes for clip in scene.clips]
    filmed = dict.fromkeys(
        clip.candidate.source.upper() for clip in clips if not isinstance(clip.media, Card)
    )
    filmed.pop("LOCAL", None)
    written = dict.fromkeys(credit.author for credit in script.credits if credit.author)
    parts = [("Footage by", filmed), ("Text by", written)]
    lines = [f"{by} {' and '.join(names)}" for by, names in parts if names]
    return ". ".join(lines) or "Thank you for watching"
