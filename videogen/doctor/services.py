"""Services: each asked the cheapest question that shows that it and its key work."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import httpx

from videogen.doctor.checks import Probe
from videogen.domain.footage import CARDS, LOCAL
from videogen.errors import VideogenError
from videogen.footage.sources import FACTORIES, FootageOptions
from videogen.footage.sources.base import Query
from videogen.footage.sources.chain import open_source
from videogen.http.proxies import proxy_for
from videogen.script.encyclopedia import Encyclopedia
from videogen.script.writers import SERVICES, Assignment
from videogen.settings import Settings

# A service that takes longer is no help to a run either.
SECONDS = 15.0
_WORD, _TOPIC = "sea", "Sea"
_MOST_NAMES = 3


def probes(settings: Settings) -> Iterator[Probe]:
    """Yield all services that write or show something; none is required."""
    impatient = replace(settings, patience=0.0)
    yield Probe(
        "machine", "proxy", _proxy, cure="Name it anew: export HTTPS_PROXY=http://host:port"
    )
    for name in SERVICES:
        yield Probe("writers", name, partial(_models, name, impatient))
    yield Probe("writers", "wikipedia", lambda: _wikipedia(impatient))
    for name in FACTORIES:
        if name not in {CARDS, LOCAL}:
            address = getattr(settings, f"{name.replace('-', '_')}_base_url", "")
            cure = f"See what stands between: curl --head {address}" if address else ""
            yield Probe("footage", name, partial(_found, name, impatient), cure=cure)


def _proxy() -> str:
    proxy = proxy_for(httpx.URL("https://commons.wikimedia.org"))
    return f"{proxy.url.scheme}://{proxy.url.host}" if proxy else "none"


def _models(name: str, settings: Settings) -> str:
    models = SERVICES[name](Assignment(_TOPIC, "en-us", settings)).models()
    if not models:
        raise VideogenError("It has no model", cure="Install one, or name another service.")
    more = f" and {len(models) - _MOST_NAMES} more" if len(models) > _MOST_NAMES else ""
    return ", ".join(models[:_MOST_NAMES]) + more


def _wikipedia(settings: Settings) -> str:
    encyclopedia = Encyclopedia(settings.wikipedia_base_url, settings.patience, SECONDS)
    page = next(encyclopedia.articles(_TOPIC, "en-us", waits=False), None)
    if page is None:
        raise VideogenError(f"It answers, but has no article {_TOPIC!r}")
    return f"the article “{page.title}”"


def _found(name: str, settings: Settings) -> str:
    # What was answered yesterday says nothing of today.
    with tempfile.TemporaryDirectory() as folder:
        fresh = replace(settings, cache_folder=Path(folder))
        options = FootageOptions(1920, 1080, _TOPIC, timeout=SECONDS)
        with closing(open_source(name, fresh, options)) as source:
            count = len(source.search(Query(_WORD, 5.0, 1920, 1080)))
    return f"{count} found for “{_WORD}”"
