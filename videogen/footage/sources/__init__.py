"""Footage sources by name; each is made only when a run names it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from videogen.errors import SourceUnavailable, UsageError
from videogen.footage.licenses import LICENSES
from videogen.footage.sources.base import FootageSource
from videogen.http.limits import Budget
from videogen.settings import Settings

if TYPE_CHECKING:
    from videogen.footage.fetch.clips import ClipFetcher
    from videogen.http.client import Client

LAST_RESORT = "cards"


@dataclass(frozen=True, slots=True)
class FootageOptions:
    """What a run asks of its sources.

    Output pixels, the licences that may be shown, the user's own folder of clips, and the seconds that services may take in all.
    """

    width: int
    height: int
    licenses: frozenset[str] = LICENSES
    clips: Path | None = None
    timeout: float = 600.0


@dataclass(frozen=True, slots=True)
class _Setup:
    settings: Settings
    options: FootageOptions
    budget: Budget

    @property
    def folder(self) -> Path:
        return self.settings.cache_folder / "footage"

    def guarded(self, source: FootageSource) -> FootageSource:
        from videogen.footage.sources.answers import RememberingSource
        from videogen.footage.sources.breaker import CircuitBreaker

        return RememberingSource(CircuitBreaker(source), self.folder, self.options.licenses)

    def fetcher(self, client: Client) -> ClipFetcher:
        from videogen.footage.fetch.cache import PieceCache
        from videogen.footage.fetch.clips import ClipFetcher

        return ClipFetcher(client, PieceCache(self.folder), self.options.width, self.options.height)


@dataclass(frozen=True, slots=True)
class Chain:
    """Sources in failover order, the one that always works, and why others were left out."""

    sources: tuple[FootageSource, ...]
    last_resort: FootageSource
    left_out: tuple[str, ...]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

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
    setup = _Setup(settings, options, Budget(options.timeout))
    last_resort = FACTORIES[LAST_RESORT](setup)
    sources: list[FootageSource] = []
    left_out: list[str] = []
    for name in wanted:
        if name == LAST_RESORT:
            sources.append(last_resort)
            continue
        try:
            sources.append(FACTORIES[name](setup))
        except SourceUnavailable as exc:
            left_out.append(f"{name}: {exc.what}. {exc.cure}".strip())
    return Chain(tuple(sources), last_resort, tuple(left_out))


def _cards(_setup: _Setup) -> FootageSource:
    from videogen.footage.sources.cards import CardSource

    return CardSource()


def _local(setup: _Setup) -> FootageSource:
    from videogen.footage.sources.local import LocalSource

    if setup.options.clips is None:
        raise SourceUnavailable("No folder of clips is given", cure="Name one with --clips.")
    return LocalSource(setup.options.clips)


def _dvids(setup: _Setup) -> FootageSource:
    from videogen.footage.fetch.client import footage_client
    from videogen.footage.sources.dvids import DvidsSource

    settings = setup.settings
    if not settings.dvids_api_key:
        raise SourceUnavailable("There is no key", cure="Set DVIDS_API_KEY.")
    client = footage_client(
        settings.dvids_base_url, setup.budget, {"api_key": settings.dvids_api_key}
    )
    return setup.guarded(DvidsSource(client, setup.fetcher(client)))


def _dvids_mcp(setup: _Setup) -> FootageSource:
    from videogen.footage.fetch.client import footage_client
    from videogen.footage.sources.dvids_mcp import DvidsMcpSource, read_command
    from videogen.footage.sources.mcp_session import McpSession

    settings = setup.settings
    session = McpSession(read_command(settings.root, settings.dvids_api_key))
    client = footage_client(settings.dvids_base_url, setup.budget)
    return setup.guarded(DvidsMcpSource(session, setup.budget, client, setup.fetcher(client)))


def _nasa(setup: _Setup) -> FootageSource:
    from videogen.footage.fetch.client import footage_client
    from videogen.footage.sources.nasa import NasaSource

    client = footage_client(setup.settings.nasa_base_url, setup.budget)
    return setup.guarded(NasaSource(client, setup.fetcher(client)))


FACTORIES: Mapping[str, Callable[[_Setup], FootageSource]] = {
    "dvids": _dvids,
    "dvids-mcp": _dvids_mcp,
    "nasa": _nasa,
    "local": _local,
    "cards": _cards,
}
