"""Footage sources by name; each is made only when a run names it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from videogen.errors import SourceUnavailable, UsageError
from videogen.providers.base import FootageSource
from videogen.settings import Settings

LAST_RESORT = "cards"


@dataclass(frozen=True, slots=True)
class FootageOptions:
    """What a run asks of its sources: output pixels and the user's own folder of clips."""

    width: int
    height: int
    clips: Path | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """Sources in failover order, the one that always works, and why others were left out."""

    sources: tuple[FootageSource, ...]
    last_resort: FootageSource
    left_out: tuple[str, ...]

    def close(self) -> None:
        """Close every source; safe to call twice and while others still use them."""
        for source in (*self.sources, self.last_resort):
            source.close()


def open_chain(names: Iterable[str], settings: Settings, options: FootageOptions) -> Chain:
    """Open the named sources in order, leaving out those that can't work here.

    Raises:
        UsageError: a name is unknown.
    """
    wanted = list(dict.fromkeys(names))
    if unknown := [name for name in wanted if name not in FACTORIES]:
        raise UsageError(
            f"Unknown footage source: {', '.join(unknown)}",
            cure=f"Known are {', '.join(FACTORIES)}.",
        )
    last_resort = FACTORIES[LAST_RESORT](settings, options)
    sources: list[FootageSource] = []
    left_out: list[str] = []
    for name in wanted:
        if name == LAST_RESORT:
            sources.append(last_resort)
            continue
        try:
            sources.append(FACTORIES[name](settings, options))
        except SourceUnavailable as exc:
            left_out.append(f"{name}: {exc.what}. {exc.cure}".strip())
    return Chain(tuple(sources), last_resort, tuple(left_out))


def _cards(settings: Settings, options: FootageOptions) -> FootageSource:  # noqa: ARG001
    from videogen.providers.footage.cards import CardSource

    return CardSource()


def _local(settings: Settings, options: FootageOptions) -> FootageSource:  # noqa: ARG001
    from videogen.providers.footage.local import LocalSource

    if options.clips is None:
        raise SourceUnavailable("No folder of clips is given", cure="Name one with --clips.")
    return LocalSource(options.clips)


FACTORIES: Mapping[str, Callable[[Settings, FootageOptions], FootageSource]] = {
    "local": _local,
    "cards": _cards,
}
