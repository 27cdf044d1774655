"""The writers of scripts: a line each, found by its name; what else there is to tell, its module tells."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from videogen.script.writers.provider import WriterProvider

LAST_RESORT = "outline"
# In the order in which they are asked where none is named.
WRITERS = ("file", "groq", "openai", "anthropic", "ollama", "wikipedia", LAST_RESORT)


def provider_of(name: str) -> WriterProvider:
    """Return what the module of a writer tells of it; its imports are made now."""
    provider: WriterProvider = import_module(f"{__name__}.{name}").PROVIDER
    return provider
