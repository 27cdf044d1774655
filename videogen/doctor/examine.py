"""Everything that a run may need, tried side by side where it waits for the network."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import get_args

from videogen.doctor import machine, record, services, voice
from videogen.doctor.checks import Area, Check, Probe
from videogen.settings import Settings


def examine(settings: Settings) -> tuple[Check, ...]:
    """Return what was found, area by area; what fails alone stops nothing."""
    asked = tuple(services.probes(settings))
    near = (*machine.probes(settings), *voice.probes(settings), *record.probes(settings))
    with ThreadPoolExecutor(len(asked)) as threads:
        answers = threads.map(Probe.check, asked)
        found = [*map(Probe.check, near), *answers]
    areas = get_args(Area)
    return tuple(sorted(found, key=lambda check: areas.index(check.area)))
