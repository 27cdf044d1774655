"""Which sources of footage answer now: a film that none of them serves is made of cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from videogen.domain.options import RunOptions
from videogen.footage.sources import provider_of
from videogen.footage.sources.chain import Chain
from videogen.http.reach import silences
from videogen.settings import Settings

# A run waits longer for each; whoever rehearses wants to know at once.
_SECONDS = 4.0


def silent_sources(chain: Chain, settings: Settings) -> Mapping[str, str]:
    """Return the addresses of the services of a chain that answer nothing, by their names."""
    variables = {name: provider_of(name).address for name in chain.by_name}
    asked = {name: settings.value_of(one) for name, one in variables.items() if one}
    why = silences(tuple(asked.values()), _SECONDS)
    return {name: address for name, address in asked.items() if why[address]}


def without(chain: Chain, names: Mapping[str, str]) -> Chain:
    """Return a chain without the sources of these names."""
    return replace(chain, sources=tuple(one for one in chain.sources if one.name not in names))


def unpinned(options: RunOptions, names: Mapping[str, str]) -> RunOptions:
    """Return the options without the pins and bans of clips of these sources."""
    pins = (pin for pin in options.pins if _source(pin.partition("=")[2]) not in names)
    bans = (ban for ban in options.bans if _source(ban) not in names)
    return replace(options, pins=tuple(pins), bans=tuple(bans))


def _source(clip: str) -> str:
    return clip.partition(":")[0].strip()
