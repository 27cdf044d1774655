"""Curves of motion over a progress from 0 to 1."""

from __future__ import annotations


def smooth(progress: float) -> float:
    """Start and end at rest (Perlin's smootherstep, 6t^5 - 15t^4 + 10t^3)."""
    t = min(1.0, max(0.0, progress))
    return t * t * t * (t * (6 * t - 15) + 10)


def settle(progress: float) -> float:
    """Start fast and come to rest (cubic ease out)."""
    t = min(1.0, max(0.0, progress))
    return 1 - (1 - t) ** 3
