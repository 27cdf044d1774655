"""The sources of footage: a line each, found by its name; what else there is to tell, its module tells."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from videogen.footage.sources.provider import FootageProvider

# In the order in which they are asked.
SOURCES = (
    "dvids",
    "dvids-mcp",
    "nasa",
    "pexels",
    "pixabay",
    "commons",
    "archive",
    "openverse",
    "local",
    "cards",
)


def provider_of(name: str) -> FootageProvider:
    """Return what the module of a source tells of it; its imports are made now."""
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    provider: FootageProvider = module.PROVIDER
    return provider
