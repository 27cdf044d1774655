"""The sources that a run asks: those it names, those that fit its topic, the one that always works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Self

from videogen.domain.footage import CARDS
from videogen.errors import SourceUnavailable, UsageError
from videogen.footage.sight import Sight
from videogen.footage.sources import SOURCES, provider_of
from videogen.footage.sources.base import FootageSource
from videogen.footage.sources.provider import FootageOptions, Setup, Untrusted
from videogen.footage.thumbnails import thumbnail_client
from videogen.http.limits import Budget
from videogen.language.meaning import read
from videogen.settings import Settings

AUTO = "auto"
# How near a topic has to be to a field, as a cosine of meanings.
_NEAR = 0.17


@dataclass(frozen=True, slots=True)
class Chain:
    """Sources, the one that always works, why others were left out, and what looks at pictures."""

    sources: tuple[FootageSource, ...]
    last_resort: FootageSource
    left_out: tuple[str, ...]
    sight: Sight | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def by_name(self) -> Mapping[str, FootageSource]:
        """All sources by their names."""
        return {source.name: source for source in (*self.sources, self.last_resort)}

    def close(self) -> None:
        """Close every source; safe to call twice and while others still use them."""
        for source in (*self.sources, self.last_resort):
            source.close()
        if self.sight:
            self.sight.close()


def open_chain(names: Iterable[str], settings: Settings, options: FootageOptions) -> Chain:
    """Open the named sources, leaving out those that can't work here.

    `auto` stands for all that fit the topic and that nothing is missing for.

    Raises:
        UsageError: a name is unknown.
    """
    wanted = list(dict.fromkeys(names))
    if unknown := [name for name in wanted if name not in (*SOURCES, AUTO)]:
        raise UsageError(
            f"Unknown footage source: {', '.join(unknown)}",
            cure=f"Known are {', '.join(SOURCES)}.",
        )
    setup = Setup(settings, options, Budget(options.timeout))
    last_resort = provider_of(CARDS).open(setup)
    sources: list[FootageSource] = []
    left_out: list[str] = []
    for name in _expanded(wanted, options.topic):
        try:
            sources.append(provider_of(name).open(setup))
        except SourceUnavailable as exc:
            # What nobody asked for by name may be missing without a word, but not for want of theirs.
            if name in wanted or isinstance(exc, Untrusted):
                left_out.append(f"{name}: {exc.what}. {exc.cure}".strip())
    sight = None
    if settings.vision_model:
        sight = Sight(settings.vision_model, thumbnail_client(setup.budget), options.clips)
    return Chain(tuple(sources), last_resort, tuple(left_out), sight)


def open_source(name: str, settings: Settings, options: FootageOptions) -> FootageSource:
    """Open one source by its name.

    Raises:
        SourceUnavailable: it can't work here.
    """
    return provider_of(name).open(Setup(settings, options, Budget(options.timeout)))


def _expanded(names: Iterable[str], topic: str) -> list[str]:
    """Return the names of sources to search, with those that `auto` stands for."""
    automatic = [name for name in SOURCES if _suits(name, topic)]
    found = chain.from_iterable(automatic if name == AUTO else [name] for name in names)
    return [name for name in dict.fromkeys(found) if name != CARDS]


def _suits(name: str, topic: str) -> bool:
    field = provider_of(name).field
    return not field or float(read(topic).whole @ read(field).whole) >= _NEAR
