"""Footage sources by name; each is made only when a run names it."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Self

from videogen.domain.footage import CARDS
from videogen.errors import SourceUnavailable, UsageError
from videogen.footage.licenses import LICENSES
from videogen.footage.sources.base import FootageSource
from videogen.http.limits import Budget
from videogen.settings import Settings

if TYPE_CHECKING:
    from videogen.footage.fetch.clips import ClipFetcher
    from videogen.http.client import Client

LAST_RESORT = CARDS
AUTO = "auto"
# Why a clip is shown that no program chose.
PERSONS_CHOICE = "a person's choice"
_FORCES = "soldiers, war, armed forces, navy ships, fighter aircraft, disaster relief"
# What collections of one field are about: asked unbidden only where the topic is near.
_FIELDS = {
    "nasa": "space flight, astronomy, planets, rockets, satellites and the Earth seen from orbit",
    "dvids": _FORCES,
    "dvids-mcp": _FORCES,
}
_NEAR = 0.17


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
    """Sources, the one that always works, and why others were left out."""

    sources: tuple[FootageSource, ...]
    last_resort: FootageSource
    left_out: tuple[str, ...]

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


def open_chain(names: Iterable[str], settings: Settings, options: FootageOptions) -> Chain:
    """Open the named sources, leaving out those that can't work here.

    `auto` stands for all that fit the topic and that nothing is missing for.

    Raises:
        UsageError: a name is unknown.
    """
    wanted = list(dict.fromkeys(names))
    if unknown := [name for name in wanted if name not in (*FACTORIES, AUTO)]:
        raise UsageError(
            f"Unknown footage source: {', '.join(unknown)}",
            cure=f"Known are {', '.join(FACTORIES)}.",
        )
    setup = _Setup(settings, options, Budget(options.timeout))
    last_resort = FACTORIES[LAST_RESORT](setup)
    sources: list[FootageSource] = []
    left_out: list[str] = []
    for name in _expanded(wanted, options.topic):
        try:
            sources.append(FACTORIES[name](setup))
        except SourceUnavailable as exc:
            # What nobody asked for by name may be missing without a word, but not for want of theirs.
            if name in wanted or isinstance(exc, Untrusted):
                left_out.append(f"{name}: {exc.what}. {exc.cure}".strip())
    return Chain(tuple(sources), last_resort, tuple(left_out))


def open_source(name: str, settings: Settings, options: FootageOptions) -> FootageSource:
    """Open one source by its name.

    Raises:
        SourceUnavailable: it can't work here.
    """
    return FACTORIES[name](_Setup(settings, options, Budget(options.timeout)))


def _expanded(names: Iterable[str], topic: str) -> list[str]:
    """Return the names of sources to search, with those that `auto` stands for."""
    automatic = [name for name in FACTORIES if name not in _FIELDS or _is_near(topic, name)]
    found = chain.from_iterable(automatic if name == AUTO else [name] for name in names)
    return [name for name in dict.fromkeys(found) if name != LAST_RESORT]


def _is_near(topic: str, name: str) -> bool:
    from videogen.language.meaning import read

    return float(read(topic).whole @ read(_FIELDS[name]).whole) >= _NEAR


def _cards(_setup: _Setup) -> FootageSource:
    from videogen.footage.sources.cards import CardSource

    return CardSource()


def _local(setup: _Setup) -> FootageSource:
    from videogen.footage.sources.local import LocalSource

    if setup.options.clips is None:
        raise SourceUnavailable("No folder of clips is given", cure="Name one with --clips.")
    return LocalSource(setup.options.clips)


def _dvids_client(setup: _Setup) -> Client:
    from videogen.footage.fetch.client import footage_client

    settings = setup.settings
    site = settings.dvids_origin.rstrip("/")
    return footage_client(
        settings.dvids_base_url,
        setup.budget,
        {"api_key": settings.dvids_api_key} if settings.dvids_api_key else None,
        headers={"Origin": site, "Referer": f"{site}/"} if site else None,
    )


def _dvids(setup: _Setup) -> FootageSource:
    from videogen.footage.sources.dvids import DvidsSource

    if not setup.settings.dvids_api_key:
        raise SourceUnavailable("There is no key", cure="Set DVIDS_API_KEY.")
    client = _dvids_client(setup)
    return setup.guarded(DvidsSource(client, setup.fetcher(client)))


def _dvids_mcp(setup: _Setup) -> FootageSource:
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


def _nasa(setup: _Setup) -> FootageSource:
    from videogen.footage.fetch.client import footage_client
    from videogen.footage.sources.nasa import NasaSource

    client = footage_client(setup.settings.nasa_base_url, setup.budget)
    return setup.guarded(NasaSource(client, setup.fetcher(client)))


def _pexels(setup: _Setup) -> FootageSource:
    from videogen.footage.fetch.client import footage_client
    from videogen.footage.sources.pexels import PexelsSource

    settings = setup.settings
    if not settings.pexels_api_key:
        raise SourceUnavailable("There is no key", cure="Set PEXELS_API_KEY.")
    # Its limit counts by the hour and names no time: who waits, waits in vain.
    client = footage_client(
        settings.pexels_base_url,
        setup.budget,
        headers={"Authorization": settings.pexels_api_key},
        patience=10.0,
    )
    return setup.guarded(PexelsSource(client, setup.fetcher(client)))


def _pixabay(setup: _Setup) -> FootageSource:
    from videogen.footage.fetch.client import footage_client
    from videogen.footage.sources.pixabay import PixabaySource

    settings = setup.settings
    if not settings.pixabay_api_key:
        raise SourceUnavailable("There is no key", cure="Set PIXABAY_API_KEY.")
    client = footage_client(
        settings.pixabay_base_url, setup.budget, {"key": settings.pixabay_api_key}, pace=0.6
    )
    return setup.guarded(PixabaySource(client, setup.fetcher(client)))


def _commons(setup: _Setup) -> FootageSource:
    from videogen.footage.fetch.client import footage_client
    from videogen.footage.sources.commons import CommonsSource

    client = footage_client(setup.settings.commons_base_url, setup.budget)
    return setup.guarded(CommonsSource(client, setup.fetcher(client), setup.options.licenses))


def _archive(setup: _Setup) -> FootageSource:
    from videogen.footage.fetch.client import footage_client
    from videogen.footage.sources.archive import ArchiveSource

    address = setup.settings.archive_base_url
    client = footage_client(address, setup.budget)
    licenses = setup.options.licenses
    return setup.guarded(ArchiveSource(address, client, setup.fetcher(client), licenses))


def _openverse(setup: _Setup) -> FootageSource:
    from videogen.footage.fetch.client import footage_client
    from videogen.footage.sources.openverse import PACE_SECONDS, OpenverseSource

    client = footage_client(setup.settings.openverse_base_url, setup.budget, pace=PACE_SECONDS)
    return setup.guarded(OpenverseSource(client, setup.fetcher(client), setup.options.licenses))


FACTORIES: Mapping[str, Callable[[_Setup], FootageSource]] = {
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
