"""Cards: the scene's key phrase over a moving background; needs nothing and never runs out."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import cycle, islice

from videogen.domain import Candidate, Card, Clip
from videogen.footage.sources.base import ShotRequest

_LICENSE = "Made by videogen"


class CardSource:
    """Offers as many cards as a scene has shots, no two alike in the whole video."""

    name = "cards"
    is_remote = False

    def search(self, query: str, request: ShotRequest) -> Sequence[Candidate]:  # noqa: ARG002
        """Return a card a shot: the scene's phrases in their order, again where they run out."""
        return [
            self._candidate(f"{request.scene.number}-{shot}", phrase)
            for shot, phrase in enumerate(islice(cycle(request.phrases), request.shots), start=1)
        ]

    def lookup(self, identifier: str) -> Candidate:
        """Return a card that says what a user wrote."""
        return self._candidate(identifier, identifier)

    def fetch(self, candidate: Candidate, seconds: float, take: int = 0) -> Clip:
        """Return the card, to be drawn when the video is assembled."""
        # Cards of one scene differ in the last digits: a checksum spreads them over all seeds.
        seed = zlib.crc32(f"{candidate.id}/{take}".encode())
        card = Card(candidate.title, seed)
        return Clip(candidate, card, start=0.0, offset=0.0, duration=seconds)

    def close(self) -> None:
        """Nothing is held."""

    def _candidate(self, identifier: str, phrase: str) -> Candidate:
        return Candidate(self.name, identifier, phrase, credit="", license=_LICENSE, url="")
