"""The database: there, whole, writable, of the shape that a run needs."""

from __future__ import annotations

from collections.abc import Iterator

from videogen.db import drift
from videogen.db.engine import connect
from videogen.doctor.checks import Probe
from videogen.errors import DatabaseError, DriftError
from videogen.settings import Settings

_RESTORE = "Stop the app and restore the file from a copy, or: sqlite3 FILE .recover"


def probes(settings: Settings) -> Iterator[Probe]:
    """Yield what a run needs of the database."""
    url = settings.database_url
    yield Probe("database", "writable", lambda: _writable(url), required=True)
    yield Probe("database", "whole", lambda: _whole(url), required=True)
    yield Probe("database", "schema", lambda: _schema(url), required=True)


def _writable(url: str) -> str:
    return connect(url).name


def _whole(url: str) -> str:
    if found := drift.damage(url):
        raise DatabaseError(f"It is damaged: {found}", cure=_RESTORE)
    return "no page is damaged"


def _schema(url: str) -> str:
    lost = [one for one in drift.check(url) if one.severity != "note"]
    if lost:
        told = "; ".join(f"{one.where}: {one.what}" for one in lost)
        raise DriftError(told, cure="videogen check")
    return "no drift"
