"""Palettes that white letters stand out on: a ground, its lights, and an accent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Web colours; `lights` glow over `ground`, and `accent` marks the phrase."""

    ground: str
    lights: tuple[str, str, str, str]
    accent: str


PALETTES = (
    Palette("#10305c", ("#1f6fb5", "#17406f", "#3aa0c9", "#2b3f8f"), "#ffd166"),  # harbour
    Palette("#3b1f5b", ("#7b3fa0", "#4a2a83", "#c0568f", "#2f3f93"), "#ffb4a2"),  # dusk
    Palette("#0f4a4a", ("#1f8a7d", "#14606b", "#5bb98c", "#1c4f74"), "#ffe08a"),  # lagoon
    Palette("#5a2436", ("#a8434b", "#74304f", "#d9805a", "#50306a"), "#ffe3b3"),  # ember
    Palette("#26384f", ("#4d6f91", "#35506e", "#8197a8", "#49507f"), "#9be7ff"),  # slate
    Palette("#20452f", ("#4c8a4f", "#2c6350", "#93ad55", "#275c6b"), "#f6f3a0"),  # moss
    Palette("#5c3a1e", ("#a8702f", "#7a4a2c", "#d3a24e", "#6a3846"), "#fff0c9"),  # amber
    Palette("#1b3a7a", ("#4264d6", "#2a4aa6", "#7a6ae0", "#1f77a8"), "#b8f2e6"),  # cobalt
)
