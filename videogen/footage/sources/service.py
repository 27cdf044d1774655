"""What sources share that ask a service over HTTP."""

from __future__ import annotations

from abc import ABC, abstractmethod

from videogen.domain.footage import Candidate, Clip
from videogen.footage.fetch.clips import ClipFetcher, Recording
from videogen.http.client import Client


class ServiceSource(ABC):
    """A source that finds by one client and fetches by another; a child searches, looks up, locates."""

    is_remote = True
    tells_lengths = True

    def __init__(self, client: Client, fetcher: ClipFetcher) -> None:
        self._client = client
        self._fetcher = fetcher

    @abstractmethod
    def _locate(self, candidate: Candidate) -> Recording:
        """Return where a candidate's files lie."""

    def fetch(self, candidate: Candidate, seconds: float, take: int = 0) -> Clip:
        """Fetch a piece of the smallest file that covers the output, or the picture."""
        return self._fetcher.fetch(candidate, seconds, take, lambda: self._locate(candidate))

    def close(self) -> None:
        """End all calls."""
        self._client.close()
        self._fetcher.close()
