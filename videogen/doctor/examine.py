"""Everything that a run may need, tried side by side where it waits for the network."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import get_args

from videogen.doctor import machine, network, record, services, voice
from videogen.doctor.checks import Area, Check, Probe
from videogen.settings import Settings


def examine(settings: Settings) -> tuple[Check, ...]:
    """Return what was found, area by area; what fails alone stops nothing."""
    asked = tuple(services.probes(settings))
    near = (*machine.probes(settings), *voice.probes(settings), *record.probes(settings))
    with ThreadPoolExecutor(len(asked)) as threads:
        # Asked first, so that they answer meanwhile.
        coming = threads.map(Probe.check, asked)
        found = list(map(Probe.check, near))
        answers = list(coming)
    way = map(Probe.check, network.probes(settings, answers))
    found += [*way, *answers]
    areas = get_args(Area)
    return tuple(sorted(found, key=lambda check: areas.index(check.area)))
