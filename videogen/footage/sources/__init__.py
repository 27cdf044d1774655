"""Footage sources by name; each is made only when a run names it."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from videogen.errors import SourceUnavailable
from videogen.footage.fetch.cache import PieceCache
from videogen.footage.fetch.client import footage_client
from videogen.footage.fetch.clips import ClipFetcher
from videogen.footage.licenses import LICENSES
from videogen.footage.sources.answers import RememberingSource
from videogen.footage.sources.base import FootageSource
from videogen.footage.sources.breaker import CircuitBreaker
from videogen.http.client import Client
from videogen.http.limits import Budget
from videogen.settings import Settings


class Untrusted(SourceUnavailable):
    """A source would start what a folder names that the user has not trusted."""


@dataclass(frozen=True, slots=True)
class FootageOptions:
    """What a run asks of its sources.

    Output pixels, the video's topic, the licences that may be shown, the user's own folder of
    clips, and the seconds that services may take in all.
    """

    width: int
    height: int
    topic: str = ""
    licenses: frozenset[str] = LICENSES
    clips: Path | None = None
    timeout: float = 600.0


@dataclass(frozen=True, slots=True)
class Setup:
    """What every source is made from."""

    settings: Settings
    options: FootageOptions
    budget: Budget

    @property
    def folder(self) -> Path:
        """Where answers and pieces of clips are kept."""
        return self.settings.cache_folder / "footage"

    def guarded(self, source: FootageSource) -> FootageSource:
        """Return the source as one that remembers its answers and rests after failures."""
        return RememberingSource(CircuitBreaker(source), self.folder, self.options.licenses)

    def fetcher(self, client: Client) -> ClipFetcher:
        """Return what fetches clips over the client, as large as they are shown."""
        return ClipFetcher(client, PieceCache(self.folder), self.options.width, self.options.height)


def _cards(_setup: Setup) -> FootageSource:
    from videogen.footage.sources.cards import CardSource

    return CardSource()


def _local(setup: Setup) -> FootageSource:
    from videogen.footage.sources.local import LocalSource

    if setup.options.clips is None:
        raise SourceUnavailable("No folder of clips is given", cure="Name one with --clips.")
    return LocalSource(setup.options.clips)


def _dvids_client(setup: Setup) -> Client:
    settings = setup.settings
    site = settings.dvids_origin.rstrip("/")
    return footage_client(
        settings.dvids_base_url,
        setup.budget,
        {"api_key": settings.dvids_api_key} if settings.dvids_api_key else None,
        headers={"Origin": site, "Referer": f"{site}/"} if site else None,
    )


def _check_key(name: str, given: str) -> None:
    if not given:
        cure = f"Set it: export {name}=your-own-key"
        raise SourceUnavailable("There is no key", cure=cure)


def _dvids(setup: Setup) -> FootageSource:
    from videogen.footage.sources.dvids import DvidsSource

    _check_key("DVIDS_API_KEY", setup.settings.dvids_api_key)
    client = _dvids_client(setup)
    return setup.guarded(DvidsSource(client, setup.fetcher(client)))


def _dvids_mcp(setup: Setup) -> FootageSource:
    from videogen.footage.sources.dvids_mcp import DvidsMcpSource
    from videogen.footage.sources.mcp_config import read_command
    from videogen.footage.sources.mcp_session import McpSession

    settings = setup.settings
    command = read_command(settings.root, settings.dvids_api_key)
    if not settings.trusts_root:
        raise Untrusted(
            "Its command is the folder's own, and you have not said that you trust the folder",
            cure=f"If you trust it, run: videogen trust {shlex.quote(str(settings.root))}",
        )
    session = McpSession(command)
    client, budget = _dvids_client(setup), setup.budget
    source = DvidsMcpSource(settings.root, session, budget, client, setup.fetcher(client))
    return setup.guarded(source)


def _nasa(setup: Setup) -> FootageSource:
    from videogen.footage.sources.nasa import NasaSource

    client = footage_client(setup.settings.nasa_base_url, setup.budget)
    return setup.guarded(NasaSource(client, setup.fetcher(client)))


def _pexels(setup: Setup) -> FootageSource:
    from videogen.footage.sources.pexels import PexelsSource

    settings = setup.settings
    _check_key("PEXELS_API_KEY", settings.pexels_api_key)
    # Its limit counts by the hour and names no time: who waits, waits in vain.
    client = footage_client(
        settings.pexels_base_url,
        setup.budget,
        headers={"Authorization": settings.pexels_api_key},
        patience=10.0,
    )
    return setup.guarded(PexelsSource(client, setup.fetcher(client)))


def _pixabay(setup: Setup) -> FootageSource:
    from videogen.footage.sources.pixabay import PixabaySource

    settings = setup.settings
    _check_key("PIXABAY_API_KEY", settings.pixabay_api_key)
    client = footage_client(
        settings.pixabay_base_url, setup.budget, {"key": settings.pixabay_api_key}, pace=0.6
    )
    return setup.guarded(PixabaySource(client, setup.fetcher(client)))


def _commons(setup: Setup) -> FootageSource:
    from videogen.footage.sources.commons import CommonsSource

    client = footage_client(setup.settings.commons_base_url, setup.budget)
    return setup.guarded(CommonsSource(client, setup.fetcher(client), setup.options.licenses))


def _archive(setup: Setup) -> FootageSource:
    from videogen.footage.sources.archive import ArchiveSource

    address = setup.settings.archive_base_url
    client = footage_client(address, setup.budget)
    licenses = setup.options.licenses
    return setup.guarded(ArchiveSource(address, client, setup.fetcher(client), licenses))


def _openverse(setup: Setup) -> FootageSource:
    from videogen.footage.sources.openverse import PACE_SECONDS, OpenverseSource

    client = footage_client(setup.settings.openverse_base_url, setup.budget, pace=PACE_SECONDS)
    return setup.guarded(OpenverseSource(client, setup.fetcher(client), setup.options.licenses))


FACTORIES: Mapping[str, Callable[[Setup], FootageSource]] = {
    "dvids": _dvids,
    "dvids-mcp": _dvids_mcp,
    "nasa": _nasa,
    "pexels": _pexels,
    "pixabay": _pixabay,
    "commons": _commons,
    "archive": _archive,
    "openverse": _openverse,
    "local": _local,
    "cards": _cards,
}
