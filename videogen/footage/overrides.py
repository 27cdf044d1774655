"""Clips that the user asks for by name, and clips never to show."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from videogen.errors import UsageError
from videogen.footage.judge import Key


@dataclass(frozen=True, slots=True)
class ClipOverrides:
    """Pins are clips for a scene, by its number and in showing order; bans are never shown."""

    pins: Mapping[int, Sequence[Key]] = field(default_factory=dict)
    bans: frozenset[Key] = frozenset()


def parse_overrides(
    pins: Iterable[str], bans: Iterable[str], sources: Collection[str]
) -> ClipOverrides:
    """Read pins such as `3=dvids:949873` and bans such as `nasa:KSC-2021`.

    Raises:
        UsageError: one is written otherwise, or names a source that is not in use.
    """
    pinned: dict[int, list[Key]] = defaultdict(list)
    for text in pins:
        number, _, clip = text.partition("=")
        if not re.fullmatch(r"[1-9]\d{0,5}", number.strip(), re.ASCII):
            raise UsageError(f"A pin names no scene: {text!r}", cure="Write it as 3=dvids:949873.")
        pinned[int(number)].append(_key(clip, sources))
    return ClipOverrides(dict(pinned), frozenset(_key(text, sources) for text in bans))


def _key(text: str, sources: Collection[str]) -> Key:
    source, _, identifier = text.strip().partition(":")
    if not identifier:
        raise UsageError(f"A clip has no name: {text!r}", cure="Write it as dvids:949873.")
    if source not in sources:
        raise UsageError(
            f"The clip {text!r} needs {source} among the sources",
            cure=f"In use are {', '.join(sources)}: add it with --footage.",
        )
    return source, identifier
