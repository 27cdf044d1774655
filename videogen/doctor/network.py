"""The network: whether anything out there answers, and by which way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from videogen.doctor.checks import Check, Probe
from videogen.errors import VideogenError
from videogen.footage.sources import SOURCES
from videogen.footage.sources import provider_of as source_of
from videogen.http.proxies import variable_in_force
from videogen.http.reach import route, silences
from videogen.script.writers import WRITERS
from videogen.script.writers import provider_of as writer_of
from videogen.settings import Settings
from videogen.shell import asking, assignment, unsetting

SECONDS = 10.0
# Whose way tells of all.
_OUTSIDE = "commons"


def probes(settings: Settings, answers: Iterable[Check]) -> Iterable[Probe]:
    """Yield the way out and what is there; `answers` are what services said already."""
    known = keyless(settings)
    address = known[_OUTSIDE]
    proxy = assignment(variable_in_force(address), "http://host:port")
    yield Probe("machine", "proxy", lambda: route(address) or "none", proxy)
    heard = frozenset(check.name for check in answers if check.ok)
    yield Probe("machine", "network", partial(_answering, known, heard), asking(address))


def keyless(settings: Settings) -> Mapping[str, str]:
    """Return the addresses of all services that anybody may ask, by their names."""
    open_to_all = {
        **{name: source_of(name) for name in SOURCES},
        **{name: writer_of(name) for name in WRITERS if not writer_of(name).has_model},
    }
    return {
        name: settings.value_of(provider.address)
        for name, provider in open_to_all.items()
        if provider.address and not provider.key
    }


def _answering(known: Mapping[str, str], heard: frozenset[str]) -> str:
    address = known[_OUTSIDE]
    # Who refuses a question is there all the same.
    why = silences([known[name] for name in known if name not in heard], SECONDS)
    silent = {name: why[known[name]] for name in known if why.get(known[name])}
    way = route(address)
    through = f" through {way}" if way else ""
    if len(silent) == len(known):
        causes = "; ".join(dict.fromkeys(silent.values()))
        # Whether it is the proxy shows without it.
        command = f"{unsetting(variable_in_force(address))} && videogen doctor"
        raise VideogenError(f"Nothing answers{through}: {causes}", command=command if way else "")
    told = f"answers from {', '.join(name for name in known if name not in silent)}{through}"
    return f"{told}; no answer from {', '.join(silent)}" if silent else told
