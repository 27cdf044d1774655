"""Cards: the scene's key phrase over a moving background; needs nothing and never runs out."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from videogen.domain.footage import CARDS, Candidate, Card, Clip, Suggestion
from videogen.footage.sources.base import Query
from videogen.footage.sources.provider import FootageProvider

_LICENSE = "Made by videogen"


class CardSource:
    """Offers cards; those with another name or of another take look otherwise."""

    name = CARDS
    is_remote = False
    tells_lengths = True

    def search(self, query: Query) -> Sequence[Candidate]:
        """Return a card that says the words."""
        return [self.lookup(query.words)]

    def lookup(self, identifier: str) -> Candidate:
        """Return a card that says what a user wrote."""
        return _candidate(identifier, identifier)

    def fetch(self, candidate: Candidate, seconds: float, take: int = 0) -> Clip:
        """Return the card, to be drawn when the video is assembled."""
        # Cards of one scene differ in the last digits: a checksum spreads them over all seeds.
        seed = zlib.crc32(f"{candidate.id}/{take}".encode())
        card = Card(candidate.title, seed)
        return Clip(candidate, card, start=0.0, offset=0.0, duration=seconds)

    def close(self) -> None:
        """Nothing is held."""


def card_of(number: int, phrases: Sequence[str], shot: int, why: str) -> Suggestion:
    """Return the card of a scene's shot, counted from 0: its phrases in order, then again."""
    phrase = phrases[shot % len(phrases)]
    card = _candidate(f"{number}-{shot + 1}", phrase)
    return Suggestion(card, "", relevance=0.0, score=0.0, reasons=(why,))


def _candidate(identifier: str, phrase: str) -> Candidate:
    return Candidate(CardSource.name, identifier, phrase, credit="", license=_LICENSE, url="")


PROVIDER = FootageProvider(
    open=lambda _setup: CardSource(),
    probe=None,
    needs="nothing",
    gives="what is being said, drawn: a number, bars, dates, a quotation, a list, a map, steps, an icon "
    "with its phrase; where nothing fits",
)
