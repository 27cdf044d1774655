"""The database: there, whole, writable, of the shape that a run needs."""

from __future__ import annotations

from collections.abc import Iterator

from videogen.db import drift
from videogen.db.cures import FILE, checking, recovery
from videogen.db.engine import connect
from videogen.doctor.checks import Probe
from videogen.errors import DatabaseError, DriftError
from videogen.settings import Settings


def probes(settings: Settings) -> Iterator[Probe]:
    """Yield what a run needs of the database."""
    url = settings.database_url
    look = checking(url.removeprefix(FILE))
    yield Probe("database", "writable", lambda: _writable(url), look, required=True)
    yield Probe("database", "whole", lambda: _whole(url), look, required=True)
    yield Probe("database", "schema", lambda: _schema(url), look, required=True)


def _writable(url: str) -> str:
    return connect(url).name


def _whole(url: str) -> str:
    if found := drift.damage(url):
        raise DatabaseError(f"It is damaged: {found}", command=recovery(url.removeprefix(FILE)))
    return "no page is damaged"


def _schema(url: str) -> str:
    lost = [one for one in drift.check(url) if one.severity != "note"]
    if lost:
        told = "; ".join(f"{one.where}: {one.what}" for one in lost)
        raise DriftError(told)
    return "no drift"
