"""Services: each asked the cheapest question that shows that it and its key work."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from videogen.doctor.checks import Probe
from videogen.footage.sources import SOURCES
from videogen.footage.sources import provider_of as source_of
from videogen.footage.sources.base import FootageSource
from videogen.footage.sources.chain import open_source
from videogen.footage.sources.dvids import KEY
from videogen.footage.sources.dvids_mcp import DvidsMcpSource
from videogen.footage.sources.mcp_command import CONFIG
from videogen.footage.sources.provider import FootageOptions
from videogen.provider import Provider
from videogen.script.writers import WRITERS
from videogen.script.writers import provider_of as writer_of
from videogen.script.writers.provider import Assignment
from videogen.settings import Settings
from videogen.shell import asking

# A service that takes longer is no help to a run either.
SECONDS = 15.0
_TOPIC = "Sea"


def probes(settings: Settings) -> Iterator[Probe]:
    """Yield all services that write or show something; none is required."""
    impatient = replace(settings, patience=0.0)
    task = Assignment(_TOPIC, "en-us", impatient)
    for name in WRITERS:
        writer = writer_of(name)
        if writer.probe:
            yield Probe("writers", name, partial(writer.probe, task), _trial(writer, settings))
    for name in SOURCES:
        provider = source_of(name)
        if provider.probe:
            look = partial(_asked, name, provider.probe, impatient)
            yield Probe("footage", name, look, _trial(provider, settings))


def _trial(provider: Provider, settings: Settings) -> str:
    """Return what shows by itself whether a service is there, or what its module has for that."""
    if provider.otherwise or not provider.address:
        return provider.otherwise
    return asking(settings.value_of(provider.address))


def _asked(name: str, probe: Callable[[FootageSource], str], settings: Settings) -> str:
    is_listed = (settings.root / CONFIG).exists()
    if name == DvidsMcpSource.name and settings.value_of(KEY) and not is_listed:
        return "not listed here: dvids shows the same by its key"
    # What was answered yesterday says nothing of today.
    with tempfile.TemporaryDirectory() as folder:
        fresh = replace(settings, cache_folder=Path(folder))
        options = FootageOptions(1920, 1080, _TOPIC, timeout=SECONDS)
        with closing(open_source(name, fresh, options)) as source:
            return probe(source)
