"""Which setting came from where, secrets masked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from videogen.settings import VARIABLES

_PREFIX, _SECRET = "VIDEOGEN_", "_KEY"


@dataclass(frozen=True, slots=True)
class Origin:
    """A setting that differs from its default; `value` is masked where it is a secret."""

    name: str
    value: str
    where: Literal["environment", ".env"]


def origins(variables: Mapping[str, str]) -> tuple[Origin, ...]:
    """Return the settings among the variables in force, by name."""
    return tuple(_origins(variables))


def _origins(variables: Mapping[str, str]) -> Iterator[Origin]:
    for name in sorted(variables):
        if name.upper() in VARIABLES or name.startswith(_PREFIX):
            where: Literal["environment", ".env"] = (
                "environment" if os.environ.get(name) else ".env"
            )
            yield Origin(name, _masked(name, variables[name]), where)


def _masked(name: str, value: str) -> str:
    if name.endswith(_SECRET):
        return f"{len(value)} characters"
    try:
        parts = urlsplit(value)
        secret = parts.password
    except ValueError:
        return "unreadable"
    # A proxy's or a database server's address may hold a password.
    return value.replace(f":{secret}@", ":…@") if secret else value
