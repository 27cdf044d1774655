"""Which setting came from where, secrets masked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from videogen.footage.sources import SOURCES
from videogen.footage.sources import provider_of as source_of
from videogen.provider import Variable
from videogen.script.writers import WRITERS
from videogen.script.writers import provider_of as writer_of
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


def known_variables() -> tuple[Variable, ...]:
    """Return all that has no option of its own: the writers', the sources', and what all share."""
    providers = (*map(writer_of, WRITERS), *map(source_of, SOURCES))
    return (*(one for provider in providers for one in provider.variables), *VARIABLES)


def _origins(variables: Mapping[str, str]) -> Iterator[Origin]:
    known = {one.name for one in known_variables()}
    for name in sorted(variables):
        if name.upper() in known or name.startswith(_PREFIX):
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
