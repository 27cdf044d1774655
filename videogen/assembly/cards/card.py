"""A card as a clip: a moving background, and its phrase that enters line by line."""

from __future__ import annotations

import hashlib

import numpy as np
from av import VideoFrame

from videogen.assembly.cards.background import PALETTES, Background
from videogen.assembly.cards.layout import Entrance, entrances
from videogen.assembly.cards.motifs import MOTIFS
from videogen.domain import Card, Format


class CardFootage:
    """Draws a card at the cut's size and rate; the same card is drawn the same way."""

    def __init__(self, card: Card, output: Format) -> None:
        seed = hashlib.sha256(f"{card.seed}:{card.phrase}".encode()).digest()
        chance = np.random.default_rng(int.from_bytes(seed[:8], "big"))
        self._rate = output.rate
        # Seeds that follow each other give pairs of palette and motif that all differ.
        palette = PALETTES[card.seed % len(PALETTES)]
        motif = MOTIFS[(card.seed + card.seed // len(PALETTES)) % len(MOTIFS)]
        self._start = chance.uniform(0, 60)
        self._background = Background(palette, motif, output.size, chance)
        self._entrances: tuple[Entrance, ...] = entrances(card, palette, output.size, chance)

    def frame(self, index: int) -> VideoFrame:
        """Return the card `index` frames after it appeared."""
        seconds = float(index / self._rate)
        frame = self._background.frame(self._start + seconds)
        for entrance in self._entrances:
            entrance.draw(frame, seconds)
        return frame

    def close(self) -> None:
        """Nothing is held open."""
