"""Finding as services do: what shares a word with a query, in an order of their own, and noise."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def found_by(query: str, items: Sequence[T], text_of: Callable[[T], str]) -> list[T]:
    """Return the items with a word of the query, the most words first; each third is another."""
    asked = _words(query)

    def shared(item: T) -> int:
        return len(asked & _words(text_of(item)))

    def by_chance(item: T) -> int:
        return zlib.crc32(f"{query} {text_of(item)}".encode())

    hits = sorted(filter(shared, items), key=lambda item: (-shared(item), by_chance(item)))
    noise = sorted((item for item in items if not shared(item)), key=by_chance)
    found: list[T] = []
    for place, hit in enumerate(hits):
        found.append(hit)
        if place % 2 and noise:
            found.append(noise.pop(0))
    return found


def _words(text: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"[^\W_]+", text.casefold())}
