"""Which piece of a longer recording is shown."""

from __future__ import annotations

# Openings are slates, logos and hand-over counts more often than pictures.
_FIRST_PIECE = 0.2
# Steps of the golden ratio keep any number of pieces far apart (the additive recurrence R1).
_STEP = 0.6180339887498949


def piece_start(duration: float, seconds: float, take: int) -> float:
    """Return where piece number `take` starts, all in seconds; 0 where there is no choice."""
    room = duration - seconds
    if room <= 0:
        return 0.0
    return room * ((_FIRST_PIECE + take * _STEP) % 1.0)
