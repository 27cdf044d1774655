"""Settings as a user's environment would make them."""

from __future__ import annotations

from dataclasses import replace

from videogen.settings import Settings


def having(settings: Settings, **variables: str) -> Settings:
    """Return the same settings with more variables set."""
    return replace(settings, variables={**settings.variables, **variables})
