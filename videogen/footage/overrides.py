"""Clips that the user asks for by name, and clips never to show."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count

from videogen.errors import UsageError
from videogen.footage.origin import Key

# Why a clip is shown that no program chose.
PERSONS_CHOICE = "a person's choice"

ShotNumber = tuple[int, int]  # of a scene, and of a shot in it; both from 1

_SHOT = re.compile(r"([1-9]\d{0,5})(?:\.([1-9]\d{0,2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ClipOverrides:
    """Pins are clips for shots; bans are never shown."""

    pins: Mapping[ShotNumber, Key] = field(default_factory=dict)
    bans: frozenset[Key] = frozenset()


def parse_overrides(
    pins: Iterable[str], bans: Iterable[str], sources: Collection[str]
) -> ClipOverrides:
    """Read pins such as `3=dvids:949873` or `3.2=local:a.mp4`, and bans such as `nasa:KSC-2021`.

    A pin without a shot takes the scene's next free one.

    Raises:
        UsageError: one is written otherwise, or names a source that is not in use.
    """
    pinned: dict[ShotNumber, Key] = {}
    for text in pins:
        place, _, clip = text.partition("=")
        scene, shot = shot_number(place.strip())
        free = (number for number in count(1) if (scene, number) not in pinned)
        pinned[scene, shot or next(free)] = clip_key(clip, sources)
    return ClipOverrides(pinned, frozenset(clip_key(text, sources) for text in bans))


def shot_number(text: str) -> tuple[int, int | None]:
    """Read `SCENE` or `SCENE.SHOT`.

    Raises:
        UsageError: it is neither.
    """
    found = _SHOT.fullmatch(text)
    if found is None:
        raise UsageError(f"This names no scene: {text!r}", cure="Write it as 3, or 3.2 for a shot.")
    return int(found[1]), int(found[2]) if found[2] else None


def clip_key(text: str, sources: Collection[str]) -> Key:
    """Read `SOURCE:ID`.

    Raises:
        UsageError: it is written otherwise, or the source is not in use.
    """
    source, _, identifier = text.strip().partition(":")
    if not identifier:
        raise UsageError(f"A clip has no name: {text!r}", cure="Write it as dvids:949873.")
    if source not in sources:
        raise UsageError(
            f"The clip {text!r} needs {source} among the sources",
            cure=f"In use are {', '.join(sources)}: add it with --footage.",
        )
    return source, identifier
