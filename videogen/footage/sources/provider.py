"""What a source tells of itself: how it is opened, tried and asked unbidden; what all are opened with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from videogen.errors import SourceUnavailable
from videogen.footage.fetch.cache import PieceCache
from videogen.footage.fetch.clips import ClipFetcher
from videogen.footage.licenses import LICENSES
from videogen.footage.sources.answers import RememberingSource
from videogen.footage.sources.base import FootageSource, Query
from videogen.footage.sources.breaker import CircuitBreaker
from videogen.http.client import Client
from videogen.http.limits import Budget
from videogen.provider import Provider, Variable
from videogen.settings import Settings

_WORD = "sea"


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

    def key(self, variable: Variable) -> str:
        """Return the user's key.

        Raises:
            SourceUnavailable: there is none.
        """
        if key := self.settings.value_of(variable):
            return key
        raise SourceUnavailable("There is no key", cure="Set it", command=variable.setting)

    def guarded(self, source: FootageSource) -> FootageSource:
        """Return the source as one that remembers its answers and rests after failures."""
        return RememberingSource(CircuitBreaker(source), self.folder, self.options.licenses)

    def fetcher(self, client: Client) -> ClipFetcher:
        """Return what fetches clips over the client, as large as they are shown."""
        return ClipFetcher(client, PieceCache(self.folder), self.options.width, self.options.height)


def finds(source: FootageSource) -> str:
    """Try a source by the smallest search; return what came of it."""
    count = len(source.search(Query(_WORD, 5.0, 1920, 1080)))
    return f"{count} found for “{_WORD}”"


@dataclass(frozen=True, slots=True, kw_only=True)
class FootageProvider(Provider):
    """A source of footage.

    `probe` is None where nobody is asked. A collection of one `field` is asked unbidden only where the
    topic is near to it.
    """

    key_word = "free"

    open: Callable[[Setup], FootageSource]
    probe: Callable[[FootageSource], str] | None = finds
    field: str = ""
