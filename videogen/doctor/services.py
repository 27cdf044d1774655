"""Services: each asked the cheapest question that shows that it and its key work."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import httpx

from videogen.doctor.checks import Probe
from videogen.footage.sources import SOURCES
from videogen.footage.sources import provider_of as source_of
from videogen.footage.sources.base import FootageSource
from videogen.footage.sources.chain import open_source
from videogen.footage.sources.provider import FootageOptions
from videogen.http.proxies import proxy_for
from videogen.script.writers import WRITERS
from videogen.script.writers import provider_of as writer_of
from videogen.script.writers.provider import Assignment
from videogen.settings import Settings

# A service that takes longer is no help to a run either.
SECONDS = 15.0
_TOPIC = "Sea"


def probes(settings: Settings) -> Iterator[Probe]:
    """Yield all services that write or show something; none is required."""
    impatient = replace(settings, patience=0.0)
    yield Probe(
        "machine", "proxy", _proxy, cure="Name it anew: export HTTPS_PROXY=http://host:port"
    )
    for name in WRITERS:
        if written := writer_of(name).probe:
            yield Probe("writers", name, partial(written, Assignment(_TOPIC, "en-us", impatient)))
    for name in SOURCES:
        provider = source_of(name)
        if provider.probe:
            address = settings.value_of(provider.address) if provider.address else ""
            cure = f"See what stands between: curl --head {address}" if address else ""
            look = partial(_asked, name, provider.probe, impatient)
            yield Probe("footage", name, look, cure=cure)


def _proxy() -> str:
    proxy = proxy_for(httpx.URL("https://commons.wikimedia.org"))
    return f"{proxy.url.scheme}://{proxy.url.host}" if proxy else "none"


def _asked(name: str, probe: Callable[[FootageSource], str], settings: Settings) -> str:
    # What was answered yesterday says nothing of today.
    with tempfile.TemporaryDirectory() as folder:
        fresh = replace(settings, cache_folder=Path(folder))
        options = FootageOptions(1920, 1080, _TOPIC, timeout=SECONDS)
        with closing(open_source(name, fresh, options)) as source:
            return probe(source)
